// What a scenario does, in numbers: before, after, and by how much.

import type { Language } from '../schema/language';
import { h } from '../ui/dom';
import { basisButton, type Basis } from './about-numbers';
import { formatOf, type Format } from './format';
import { saidIn } from './said';
import type { Compared, Scenario } from './scenario-types';
import { Table } from './table';
import type { Row } from './types';
import type { DeskSay, DeskWord } from './words';

type Measure = readonly [word: DeskWord, pick: (r: Row) => number, write: (f: Format) => (n: number) => string];
const measures: readonly Measure[] = [
  ['peopleGap', (r) => r.people.gap, (f) => f.people], ['peopleCovered', (r) => r.people.covered, (f) => f.people], ['unknown', (r) => r.people.unknown, (f) => f.people],
  ['areaGap', (r) => r.area_km2.gap, (f) => f.km2], ['placesGap', (r) => r.places.gap, (f) => f.whole], ['roadGap', (r) => r.road_km.gap, (f) => f.km],
];
const signed = (n: number, write: (n: number) => string) => (n > 0 ? '+' : '') + write(n);

/** The sums of a scenario and the villages that it changes. */
export function renderDifference(s: Scenario, took: number, open: (code: string) => void, say: DeskSay, language: Language): HTMLElement {
  const f = formatOf(language);
  const { before, after, delta, cells_gained, cells_lost } = s.difference;
  const basis = () => ({ provenance: s.provenance, threshold: s.threshold, permalink: s.permalink });
  const cost = s.cost.towers > 0 && h('p', {}, h('strong', {}, say('cost')), `: ${f.rupiah(s.cost.capex_idr)}`, s.cost.cost_per_person_idr !== null ? `; ${say('costPerPerson').toLowerCase()} ${f.rupiah(s.cost.cost_per_person_idr)}` : '', ' ', h('span', { class: 'desk-quiet' }, saidIn(language, s.cost.source)));
  const table = new Table<Scenario['rows'][number]>({
    say, label: say('difference'), sort: 'delta', key: (r) => r.code, text: (r) => `${r.name} ${r.district}`, open: (r) => open(r.code),
    columns: [
      { id: 'name', title: say('name'), value: (r) => r.name, cell: (r) => h('span', {}, h('strong', {}, r.name), h('span', { class: 'desk-quiet' }, r.district)) },
      { id: 'before', title: say('before'), numeric: true, value: (r) => r.before.people.gap, cell: (r) => f.people(r.before.people.gap) },
      { id: 'after', title: say('after'), numeric: true, value: (r) => r.after.people.gap, cell: (r) => f.people(r.after.people.gap) },
      { id: 'delta', title: say('difference'), numeric: true, value: (r) => r.delta.people.gap, cell: (r) => signed(r.delta.people.gap, f.people) },
      { id: 'places', title: say('placesGap'), numeric: true, value: (r) => r.delta.places.gap, cell: (r) => signed(r.delta.places.gap, f.whole) },
      { id: 'road', title: say('roadGap'), numeric: true, value: (r) => r.delta.road_km.gap, cell: (r) => signed(r.delta.road_km.gap, f.km) },
    ],
  });
  table.set(s.rows);
  return h('div', { class: 'desk-difference' },
    h('table', { class: 'desk-plain' },
      h('thead', {}, h('tr', {}, h('td', {}, basisButton(say('difference'), 'howPeople', basis, say, language)), ...(['before', 'after', 'difference'] as const).map((w) => h('th', { scope: 'col' }, say(w))))),
      h('tbody', {}, ...measures.map(([word, pick, write]) => h('tr', { 'data-measure': word }, h('th', { scope: 'row' }, say(word)), h('td', {}, write(f)(pick(before))), h('td', {}, write(f)(pick(after))), h('td', {}, h('strong', {}, signed(pick(delta), write(f)))))))),
    h('p', { class: 'desk-quiet' }, say('cellsGained', { gained: f.whole(cells_gained), lost: f.whole(cells_lost) }), took > 0 ? `; ${say('computedIn', { ms: f.whole(took) })}` : ''),
    cost, s.rows.length > 0 && table.element);
}

/** Scenarios side by side: their sums, and the villages that any of them changes. */
export function renderCompared(c: Compared, open: (code: string) => void, say: DeskSay, language: Language): HTMLElement {
  const f = formatOf(language);
  const first = c.scenarios[0]!;
  const basis = () => ({ provenance: c.provenance, threshold: first.threshold, permalink: `/api/coverage/scenarios/compare?ids=${c.scenarios.map((s) => s.id).join(',')}` });
  const sums = h('table', { class: 'desk-plain desk-compared' },
    h('thead', {}, h('tr', {}, h('td', {}, c.provenance && basisButton(say('compareIt'), 'howPeople', basis as () => Basis, say, language)), h('th', { scope: 'col' }, say('before')), ...c.scenarios.map((s) => h('th', { scope: 'col' }, s.name)))),
    h('tbody', {}, ...measures.map(([word, pick, write]) => h('tr', {}, h('th', { scope: 'row' }, say(word)), h('td', {}, write(f)(pick(first.difference.before))),
      ...c.scenarios.map((s) => h('td', {}, write(f)(pick(s.difference.after)), h('span', { class: 'desk-quiet' }, ` (${signed(pick(s.difference.delta), write(f))})`))))),
    h('tr', {}, h('th', { scope: 'row' }, say('cost')), h('td', {}, '–'), ...c.scenarios.map((s) => h('td', {}, f.rupiah(s.cost.capex_idr)))),
    h('tr', {}, h('th', { scope: 'row' }, say('costPerPerson')), h('td', {}, '–'), ...c.scenarios.map((s) => h('td', {}, s.cost.cost_per_person_idr === null ? '–' : f.rupiah(s.cost.cost_per_person_idr))))));
  const table = new Table<Compared['rows'][number]>({
    say, label: say('compareIt'), sort: first.id, key: (r) => r.code, text: (r) => `${r.name} ${r.district}`, open: (r) => open(r.code),
    columns: [
      { id: 'name', title: say('name'), value: (r) => r.name, cell: (r) => h('span', {}, h('strong', {}, r.name), h('span', { class: 'desk-quiet' }, r.district)) },
      ...c.scenarios.map((s) => ({ id: s.id, title: `${s.name}: ${say('peopleGap').toLowerCase()}`, numeric: true, value: (r: Compared['rows'][number]) => r.deltas[s.id]?.people.gap ?? 0, cell: (r: Compared['rows'][number]) => { const d = r.deltas[s.id]; return d ? signed(d.people.gap, f.people) : '–'; } })),
    ],
  });
  table.set(c.rows);
  return h('div', { class: 'desk-difference' }, h('div', { class: 'desk-scroll' }, sums), c.rows.length > 0 && table.element);
}
