// The ranking of villages by the planner's own weights, with what is missing and
// how much it hangs on the weights.

import { h } from '../ui/dom';
import { basisButton } from './about-numbers';
import type { Desk, Panel } from './desk';
import { formatOf } from './format';
import { askJSON } from './request';
import { parametersOf } from './state';
import { Table } from './table';
import { trouble } from './trouble';
import type { Provenance, Threshold } from './types';
import type { DeskWord } from './words';

interface Ranked {
  readonly rank: number;
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly score: number;
  readonly weight_used: number;
  readonly stability: number;
  readonly missing?: readonly string[];
}

interface Answer {
  readonly rows: readonly Ranked[];
  readonly weights: Readonly<Record<string, number>>;
  readonly top?: number;
  readonly threshold?: Threshold;
  readonly provenance: Provenance;
}

/** The usual weights, in hundredths, as the method writes them. */
const usualWeights: Readonly<Record<string, number>> = { gap: 40, places: 15, road_km: 10, tower_km: 10, fibre_km: 10, official: 15 };

export function prioritiesPanel(desk: Desk, root: HTMLElement): Panel {
  const weights: Record<string, number> = { ...usualWeights };
  const status = h('div', { role: 'status' });
  const sliders = h('fieldset', { class: 'desk-sliders' });
  const result = h('div');
  let answer: Answer | undefined;
  let asked = '';
  let timer = 0;
  let request: AbortController | undefined;

  const query = () => {
    const q = parametersOf(desk.state.question);
    q.delete('by');
    q.set('weights', Object.entries(weights).filter(([, w]) => w > 0).map(([name, w]) => `${name}:${w / 100}`).join(','));
    return q;
  };
  const load = () => {
    asked = query().toString();
    request?.abort();
    const { signal } = (request = new AbortController());
    status.replaceChildren(h('p', { class: 'loading' }, desk.say('computing')));
    askJSON<Answer>(`/api/coverage/priorities?${asked}`, { signal }).then((got) => {
      answer = got;
      status.replaceChildren();
      show();
    }).catch((error: unknown) => {
      if (!signal.aborted) status.replaceChildren(trouble(error, desk.say, load));
    });
  };
  const show = () => {
    const { say, language } = desk;
    if (!answer) return;
    const known = answer;
    const f = formatOf(language);
    const number = (x: number) => x.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
    const basis = () => ({ provenance: known.provenance, threshold: known.threshold, permalink: `/api/coverage/priorities?${asked}` });
    const table = new Table<Ranked>({
      say, label: say('panelPriorities'), sort: 'rank', key: (r) => r.code, text: (r) => `${r.name} ${r.district} ${r.code}`,
      columns: [
        { id: 'name', title: say('name'), value: (r) => r.name, cell: (r) => h('span', {}, h('strong', {}, r.name), h('span', { class: 'desk-quiet' }, r.district)) },
        { id: 'rank', title: say('rank'), numeric: true, value: (r) => r.rank },
        { id: 'score', title: say('score'), numeric: true, value: (r) => r.score, cell: (r) => number(r.score) },
        { id: 'weight_used', title: say('weightUsed'), numeric: true, value: (r) => r.weight_used, cell: (r) => f.share(r.weight_used) },
        { id: 'stability', title: say('stability'), numeric: true, value: (r) => r.stability, cell: (r) => f.share(r.stability) },
        { id: 'missing', title: say('missing'), value: (r) => (r.missing ?? []).join(', ') || null, cell: (r) => (r.missing ?? []).map((m) => say(`w_${m}` as DeskWord)).join(', ') || '–' },
      ],
      open: (r) => {
        const place = desk.context.places.find('villages', r.code);
        if (!place) return desk.context.open('villages', r.code);
        desk.context.view.goTo(place, 12);
        desk.set({ at: `${place.lon.toFixed(6)},${place.lat.toFixed(6)}` });
      },
      mark: (r) => desk.context.view.hover(r && { collection: 'villages', id: r.code }),
    });
    table.set(known.rows);
    result.replaceChildren(h('p', { class: 'desk-about' }, say('stabilityHelp', { top: known.top ?? 20 }), basisButton(say('panelPriorities'), undefined, basis, say, language)), table.element);
  };
  const render = () => {
    const { say } = desk;
    if (!root.contains(sliders)) root.replaceChildren(h('p', { class: 'desk-about' }), sliders, status, result);
    root.querySelector('.desk-about')!.textContent = say('prioritiesAbout');
    sliders.replaceChildren(h('legend', {}, say('weights')), ...Object.keys(weights).map((name) => slider(`w-${name}`, say(`w_${name}` as DeskWord), weights[name]!, (value) => {
      weights[name] = value;
      clearTimeout(timer);
      timer = window.setTimeout(load, 250);
    })));
    if (query().toString() !== asked) load();
    else show();
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
