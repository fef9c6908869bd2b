// The scoreboard: which villages have a product, a destination, signal and a fair
// road. The table, the tint of the map and the file have the same rows.

import { getJSON } from '../data/api';
import { h } from '../ui/dom';
import { number } from './measure';
import type { Card } from './panel';
import { chip, chips, trouble } from './parts';

interface Row {
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly products: number;
  readonly destinations: number;
  readonly signal_class: string;
  readonly road_condition: string | null;
  readonly missing: readonly string[];
}

const things = ['product', 'destination', 'signal', 'road'] as const;
const shown = 100;
/** By how much is missing; light to dark, with the map's roads and names still seen through. */
const tints = ['#fdf3dde0', '#f6d49ae0', '#e8a85ae0', '#c77426e0', '#8f4a0ce0'];

export async function renderScore(root: HTMLElement, card: Card): Promise<void> {
  const { say } = card;
  if (!root.querySelector('table')) root.replaceChildren(h('p', { class: 'loading' }, say('loading')));
  try {
    const { rows } = await getJSON<{ rows: readonly Row[] }>('/api/villages/scoreboard', card.signal);
    if (!card.signal.aborted) show(root, rows, card);
  } catch (error) {
    if (!card.signal.aborted) root.replaceChildren(trouble(error, card, () => void renderScore(root, card)));
  }
}

function show(root: HTMLElement, all: readonly Row[], card: Card): void {
  const { say, values, context } = card;
  const { language } = context.store.state;
  const districts = [...new Set(all.map((r) => r.district))].sort((a, b) => a.localeCompare(b, language));
  const rows = all.filter((r) => (!values['in'] || r.district === values['in']) && (!values['no'] || r.missing.includes(values['no'])));
  const complete = all.filter((r) => r.missing.length === 0).length;
  const choose = h('select', { id: 'score-district', onchange: () => card.set({ in: choose.value }) },
    h('option', { value: '' }, say('allDistricts')), ...districts.map((d) => h('option', { value: d, selected: d === values['in'] }, d)));
  card.draw({ tints: new Map(rows.map((r) => [r.code, tints[Math.min(r.missing.length, 4)]!])) });
  const cell = (r: Row, what: (typeof things)[number], more = '') => {
    const lacks = r.missing.includes(what);
    return h('td', { class: lacks ? 'lacks' : 'has' }, lacks ? say('no') : more || say('yes'));
  };
  root.replaceChildren(
    h('p', { class: 'hint' }, say('scoreIntro')),
    h('p', {}, h('strong', {}, say('scoreTotals', { complete: number(complete, language), total: number(all.length, language) }))),
    h('div', { class: 'choice' }, h('label', { for: 'score-district' }, say('byDistrict')), choose),
    chips(say('missingWhat'), ...things.map((t) => chip(`no-${t}`, `${say(t)}: ${say('no')}`, values['no'] === t, () => card.set({ no: values['no'] === t ? '' : t })))),
    h('div', { class: 'actions' }, h('a', { class: 'button', href: `/api/villages/scoreboard?f=csv`, download: 'petadesa-desa.csv' }, say('csv'))),
    h('p', { class: 'near-count', role: 'status' }, say('rowsShown', { count: number(rows.length, language) })),
    h('div', { class: 'score-scroll', tabindex: '0', role: 'region', 'aria-label': say('score') },
      h('table', { class: 'score' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, say('village')), ...things.map((t) => h('th', { scope: 'col' }, say(t))))),
        h('tbody', {}, ...rows.slice(0, shown).map((r) => h('tr', {},
          h('th', { scope: 'row' }, h('button', { type: 'button', class: 'link', onclick: () => context.open('villages', r.code) }, r.name), h('span', {}, r.district)),
          cell(r, 'product', r.products > 0 ? number(r.products, language) : ''), cell(r, 'destination', r.destinations > 0 ? number(r.destinations, language) : ''), cell(r, 'signal'), cell(r, 'road')))))),
    rows.length > shown ? h('p', { class: 'hint' }, `… +${number(rows.length - shown, language)}`) : '');
}
