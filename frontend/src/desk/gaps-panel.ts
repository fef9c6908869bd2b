// The answer: totals, the table linked to the map, comparison, downloads.

import { boundsOf, getFeature } from '../data/api';
import { h } from '../ui/dom';
import { gapColumns } from './columns';
import type { Desk, Panel } from './desk';
import { renderExports } from './exports';
import { formatOf } from './format';
import { sentence } from './sentence';
import type { Question } from './state';
import { Table } from './table';
import { renderTotals } from './totals';
import { trouble } from './trouble';
import type { Row } from './types';
import { renderMissing } from './missing';

export function gapsPanel(desk: Desk, root: HTMLElement): Panel {
  const status = h('div', { class: 'desk-status' });
  const summary = h('div');
  const compare = h('div', { class: 'desk-compare' });
  const answer = h('div');
  const foot = h('div', { class: 'desk-foot' });
  root.replaceChildren(status, summary, compare, answer, foot);
  let table: Table<Row> | undefined;
  let drawn = '';

  const render = () => {
    const { say, language, state } = desk;
    const known = desk.answer;
    status.replaceChildren();
    answer.setAttribute('aria-busy', String(desk.loading));
    answer.classList.toggle('desk-stale', desk.loading || !!desk.error);
    if (desk.error) status.append(trouble(desk.error, say, () => desk.load()));
    else if (desk.loading) status.append(h('p', { class: 'loading', role: 'status' }, say('computing'), known ? ' ' + say('stale') : ''));
    if (!known) return;
    const basis = () => desk.answer && { provenance: desk.answer.provenance, threshold: desk.answer.threshold, permalink: desk.answer.permalink };
    status.append(...renderMissing(known, desk.context, say, language));
    summary.replaceChildren(renderTotals(known.totals, basis, say, language));
    renderCompare(desk, compare);
    const by = known.by;
    const key = `${by}/${language}/${state.sort}`;
    if (key !== drawn) {
      drawn = key;
      table = new Table<Row>({
        columns: gapColumns(by, say, language), say, sort: state.sort,
        label: say('tableOf', { by: say(by === 'village' ? 'village' : by === 'district' ? 'districtUnit' : 'regencyUnit') }),
        key: (row) => row.code, text: (row) => `${row.name} ${row.district} ${row.code}`,
        open: (row) => openRow(desk, row),
        mark: (row) => desk.context.view.hover(row && collectionOf(by) ? { collection: collectionOf(by), id: row.code } : undefined),
        sorted: (sort) => {
          drawn = `${by}/${language}/${sort}`;
          desk.set({ sort });
        },
      });
      answer.replaceChildren(table.element);
    }
    table!.set(state.classes.length > 0 ? known.rows.filter((r) => state.classes.includes(r.class)) : known.rows);
    foot.replaceChildren(renderExports(desk, known));
  };
  return { render, close: () => desk.context.view.hover(undefined) };
}

const collectionOf = (by: string): string => (by === 'village' ? 'villages' : by === 'district' ? 'districts' : '');

/** Brings a row's area into view, and explains its middle. */
function openRow(desk: Desk, row: Row): void {
  const { view, places } = desk.context;
  const collection = collectionOf(row.code === '' ? '' : desk.answer?.by ?? '');
  if (!collection) return view.home();
  const place = places.find(collection, row.code);
  if (collection === 'villages' && place) {
    view.goTo(place, 12);
    desk.set({ at: `${place.lon.toFixed(6)},${place.lat.toFixed(6)}` });
    return;
  }
  void getFeature(collection, row.code).then((feature) => {
    const [west, south, east, north] = feature.bbox ?? boundsOf(feature.geometry) ?? [0, 0, 0, 0];
    view.fit({ west, south, east, north });
    view.select({ collection, id: row.code });
    if (collection === 'villages') desk.set({ at: `${((west + east) / 2).toFixed(6)},${((south + north) / 2).toFixed(6)}` });
  }).catch((error: unknown) => console.warn(error));
}

function renderCompare(desk: Desk, root: HTMLElement): void {
  const { say, state, language } = desk;
  if (!state.against) {
    root.replaceChildren(h('button', { type: 'button', class: 'button', onclick: () => desk.set({ against: { technology: state.question.technology === '4g' ? '2g' : '4g' } }) }, say('compare')));
    return;
  }
  const focused = document.activeElement?.id;
  const merged = { ...state.question, ...state.against };
  const change = (part: Partial<Question>) => {
    const next = { ...merged, ...part };
    const changed = Object.fromEntries((Object.keys(next) as (keyof Question)[]).filter((k) => next[k] !== state.question[k]).map((k) => [k, next[k]]));
    desk.set({ against: Object.keys(changed).length > 0 ? changed : { technology: next.technology } });
  };
  const f = formatOf(language);
  const [a, b] = [desk.answer?.totals, desk.against?.totals];
  const line = (title: string, pick: (r: Row) => number, write: (n: number) => string) => a && b && h('tr', {}, h('th', { scope: 'row' }, title),
    h('td', {}, write(pick(a))), h('td', {}, write(pick(b))), h('td', {}, (pick(b) > pick(a) ? '+' : '') + write(pick(b) - pick(a))));
  root.replaceChildren(h('div', { class: 'desk-against' },
    h('p', { class: 'desk-quiet' }, say('compareHelp')),
    h('p', {}, h('strong', {}, say('compareRight'))), sentence(say('sentence'), desk.context, say, merged, 'r', change),
    a && b && h('table', { class: 'desk-plain' }, h('thead', {}, h('tr', {}, h('td'), ...(['left', 'right', 'difference'] as const).map((w) => h('th', { scope: 'col' }, say(w))))),
      h('tbody', {}, line(say('peopleGap'), (r) => r.people.gap, f.people), line(say('unknown'), (r) => r.people.unknown, f.people), line(say('areaGap'), (r) => r.area_km2.gap, f.km2), line(say('placesGap'), (r) => r.places.gap, f.whole), line(say('roadGap'), (r) => r.road_km.gap, f.km))),
    h('button', { type: 'button', class: 'button', onclick: () => desk.set({ against: undefined }) }, say('compareStop'))));
  if (focused?.startsWith('r-')) document.getElementById(focused)?.focus();
}
