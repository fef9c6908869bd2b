// The ranking of villages by the planner's own weights, with what is missing and
// how much it hangs on the weights.

import { h } from '../ui/dom';
import { basisButton } from './about-numbers';
import type { Desk, Panel } from './desk';
import { fileButton, writeCSV } from './files';
import { formatOf } from './format';
import { askJSON, givenUp } from './request';
import { parametersOf, type Option } from './state';
import { Table } from './table';
import { trouble } from './trouble';
import type { Provenance, Threshold } from './types';
import type { DeskWord } from './words';

const criteria = ['gap', 'places', 'road_km', 'tower_km', 'fibre_km', 'official'] as const;
type Criterion = (typeof criteria)[number];

interface Ranked {
  readonly rank: number;
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly score: number;
  readonly weight_used: number;
  readonly stability: number;
  readonly values: Readonly<Record<Criterion, number | null>>;
  readonly scaled: Readonly<Record<Criterion, number | null>>;
  readonly missing: readonly Criterion[];
}

interface Answer {
  readonly rows: readonly Ranked[];
  readonly weights: Readonly<Record<Criterion, number>>;
  readonly top: number;
  readonly threshold?: Threshold;
  readonly provenance: Provenance;
}

export function prioritiesPanel(desk: Desk, root: HTMLElement): Panel {
  const status = h('div', { role: 'status' });
  const controls = h('div');
  const result = h('div');
  let answer: Answer | undefined;
  let asked = '';
  let timer = 0;
  let request: AbortController | undefined;

  const option = (name: string) => desk.state.options[`p-${name}` as Option];
  const query = () => {
    const q = parametersOf(desk.state.question);
    q.set('by', option('by'));
    q.set('limit', '10000');
    if (option('top') !== '20') q.set('top', option('top'));
    q.set('weights', criteria.flatMap((name) => (Number(option(name)) > 0 ? [`${name}:${Number(option(name)) / 100}`] : [])).join(',') || 'gap:0');
    return q;
  };
  const keyOf = () => `${query()}#${desk.context.app().version}`;
  const load = () => {
    request?.abort();
    const { signal } = (request = new AbortController());
    result.setAttribute('aria-busy', 'true');
    if (!answer) status.replaceChildren(h('p', { class: 'loading' }, desk.say('computing')));
    askJSON<Answer>(`/api/coverage/priorities?${query()}`, { signal }).then((got) => {
      answer = got;
      status.replaceChildren();
      show();
    }).catch((error: unknown) => {
      if (!signal.aborted && !givenUp(error)) status.replaceChildren(trouble(error, desk.say, load));
    }).finally(() => result.toggleAttribute('aria-busy', request?.signal !== signal));
  };
  const show = () => {
    const { say, language } = desk;
    if (!answer) return;
    const known = answer;
    const f = formatOf(language);
    const number = (x: number) => x.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
    const write: Readonly<Record<Criterion, (v: number) => string>> = { gap: f.people, places: f.whole, road_km: f.km, tower_km: f.km, fibre_km: f.km, official: (v) => say(v ? 'yes' : 'no') };
    const basis = () => ({ provenance: known.provenance, threshold: known.threshold, permalink: `/api/coverage/priorities?${query()}` });
    const counted = criteria.filter((name) => known.weights[name] > 0);
    const missing = counted.map((name) => [name, known.rows.filter((r) => r.missing.includes(name)).length] as const).filter(([, n]) => n > 0);
    // What is missing everywhere is said above the table, once.
    const told = counted.filter((name) => known.rows.some((r) => !r.missing.includes(name)));
    const table = new Table<Ranked>({
      say, label: say('panelPriorities'), sort: 'rank', key: (r) => r.code, text: (r) => `${r.name} ${r.district} ${r.code}`,
      columns: [
        { id: 'name', title: option('by') === 'district' ? say('districtName') : say('name'), value: (r) => r.name, cell: (r) => h('span', {}, h('strong', {}, r.name), option('by') !== 'district' && h('span', { class: 'desk-quiet' }, r.district)) },
        { id: 'rank', title: say('rank'), numeric: true, value: (r) => r.rank },
        { id: 'score', title: say('score'), numeric: true, value: (r) => r.score, cell: (r) => h('span', {}, number(r.score), r.weight_used < 0.9995 && h('span', { class: 'desk-quiet' }, say('ofWeight', { share: f.share(r.weight_used) }))) },
        { id: 'stability', title: say('stability'), numeric: true, value: (r) => r.stability, cell: (r) => f.share(r.stability) },
        ...told.map((name) => ({
          id: name, title: say(`w_${name}` as DeskWord), numeric: true, value: (r: Ranked) => r.values[name],
          cell: (r: Ranked) => { const v = r.values[name]; return v === null ? say('missingOne') : write[name](v); },
        })),
      ],
      open: (r) => {
        const place = option('by') === 'district' ? undefined : desk.context.places.find('villages', r.code);
        if (!place) return desk.context.open(option('by') === 'district' ? 'districts' : 'villages', r.code);
        desk.context.view.goTo(place, 12);
        desk.set({ at: `${place.lon.toFixed(6)},${place.lat.toFixed(6)}` });
      },
      mark: (r) => desk.context.view.hover(r && { collection: option('by') === 'district' ? 'districts' : 'villages', id: r.code }),
    });
    table.set(known.rows);
    const columns = ['rank', 'code', 'name', 'district', 'score', 'weight_used', 'stability'] as const;
    result.replaceChildren(
      h('div', { class: 'desk-about' }, h('p', {}, say('stabilityHelp', { top: known.top })), basisButton(say('panelPriorities'), 'howPriorities', basis, say, language)),
      ...missing.map(([name, n]) => h('p', { class: 'note desk-missing' }, say('missingInput', { what: say(`w_${name}` as DeskWord), count: f.whole(n), total: f.whole(known.rows.length) }))),
      table.element,
      h('div', { class: 'actions' }, fileButton('CSV', 'priorities.csv', 'text/csv', () => writeCSV([[...columns, ...counted.flatMap((c) => [c, `${c}_scaled`])], ...known.rows.map((r) => [...columns.map((c) => r[c]), ...counted.flatMap((c) => [r.values[c], r.scaled[c]])])])),
        h('a', { class: 'button', href: basis().permalink, target: '_blank', rel: 'noopener' }, 'API')));
  };
  const renderControls = () => {
    const { say } = desk;
    const put = (name: string, to: string) => desk.option({ [`p-${name}`]: to });
    controls.replaceChildren(
      h('p', { class: 'desk-about' }, say('prioritiesAbout')),
      h('fieldset', { class: 'desk-sliders' }, h('legend', {}, say('weights')), ...criteria.map((name) => slider(`w-${name}`, say(`w_${name}` as DeskWord), Number(option(name)), (to) => put(name, String(to))))),
      h('div', { class: 'desk-fields' },
        h('label', {}, say('by'), h('select', { id: 'priorities-by', onchange: (event) => put('by', (event.target as HTMLSelectElement).value) }, ...([['village', 'village'], ['district', 'districtUnit']] as const).map(([v, word]) => h('option', { value: v, selected: v === option('by') }, say(word))))),
        h('label', {}, say('topCount'), h('input', { type: 'number', id: 'priorities-top', min: 1, max: 1000, value: option('top'), onchange: (event) => put('top', (event.target as HTMLInputElement).value || '20') }))));
  };
  let drawn = '';
  const render = () => {
    if (!root.contains(controls)) root.replaceChildren(controls, status, result);
    if (drawn !== desk.language) {
      renderControls();
      drawn = desk.language;
      show();
    }
    const key = keyOf();
    if (key === asked) return;
    clearTimeout(timer);
    timer = window.setTimeout(load, asked === '' ? 0 : 150);
    asked = key;
  };
  return { render, close: () => (clearTimeout(timer), request?.abort(), desk.context.view.hover(undefined)) };
}

/** A weight from 0 to 100 with its number beside it. */
export function slider(id: string, title: string, value: number, changed: (value: number) => void): HTMLElement {
  const output = h('output', { for: id }, String(value));
  const input = h('input', { type: 'range', id, min: 0, max: 100, step: 5, value });
  input.addEventListener('input', () => {
    output.textContent = input.value;
    changed(Number(input.value));
  });
  return h('div', { class: 'desk-slider' }, h('label', { for: id }, title), input, output);
}
