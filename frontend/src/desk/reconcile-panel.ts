// What sources say against each other, village by village, and how the official
// list changed over time.

import type { Language } from '../schema/language';
import { h } from '../ui/dom';
import { basisButton } from './about-numbers';
import type { Desk, Panel } from './desk';
import { formatOf } from './format';
import { askJSON } from './request';
import { saidIn } from './said';
import { parametersOf } from './state';
import { Table } from './table';
import { trouble } from './trouble';
import type { Provenance, Threshold } from './types';
import type { DeskSay, DeskWord } from './words';

const kinds = ['STALE_LIST', 'MODEL_OR_LIST', 'NON_ALIGNED', 'UNDER_CLAIMED'] as const;

interface Contradiction {
  readonly type: (typeof kinds)[number];
  readonly village_code: string;
  readonly village: string;
  readonly district: string;
  readonly unit: string;
  readonly id?: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly operator: string;
  readonly cells: number;
  readonly people: number;
  readonly thin: boolean;
  readonly evidence: readonly { readonly kind: string; readonly says: string; readonly count: number; readonly date?: string }[];
}

/** One number over the years, in one unit. */
interface Progress {
  readonly metric: string;
  readonly unit: string;
  readonly kind: string;
  readonly points: readonly { readonly date: string; readonly value: number; readonly change: number | null; readonly source: string; readonly source_url?: string; readonly note?: string }[];
}

interface Answer {
  readonly threshold: Threshold;
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly Contradiction[];
  readonly progress?: readonly Progress[];
  readonly provenance: Provenance;
}

export function reconcilePanel(desk: Desk, root: HTMLElement): Panel {
  const chosen = () => new Set(desk.state.options.kinds.split(',').filter(Boolean));
  let answer: Answer | undefined;
  let error: unknown;
  let asked = '';
  let request: AbortController | undefined;

  const query = () => {
    const all = parametersOf(desk.state.question);
    return new URLSearchParams([...all].filter(([name]) => ['technology', 'preset', 'min_rsrp', 'min_down', 'district', 'season'].includes(name)));
  };
  const load = () => {
    asked = `${query()}/${desk.context.app().version}`;
    request?.abort();
    const { signal } = (request = new AbortController());
    askJSON<Answer>(`/api/coverage/reconcile?${query()}`, { signal }).then((got) => {
      [answer, error] = [got, undefined];
      render();
    }).catch((e: unknown) => {
      if (signal.aborted) return;
      error = e;
      render();
    });
  };

  const render = () => {
    const { say, language } = desk;
    if (asked !== `${query()}/${desk.context.app().version}`) {
      [answer, error] = [undefined, undefined];
      load();
    }
    if (error) return root.replaceChildren(trouble(error, say, load));
    if (!answer) return root.replaceChildren(h('p', { class: 'loading', role: 'status' }, say('computing')));
    const known = answer;
    const f = formatOf(language);
    const basis = () => ({ provenance: known.provenance, threshold: known.threshold, permalink: `/api/coverage/reconcile?${query()}` });
    const only = chosen();
    const thin = desk.state.options.thin === '1';
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['kind'] : undefined;
    const filters = h('div', { class: 'desk-filters', role: 'group', 'aria-label': say('kind') }, ...kinds.map((kind) => h('button', {
      type: 'button', class: 'button', 'aria-pressed': String(only.has(kind)), 'data-kind': kind,
      onclick: () => {
        const kinds = chosen();
        if (!kinds.delete(kind)) kinds.add(kind);
        desk.option({ kinds: [...kinds].join(',') });
      },
    }, say(kind), ' ', h('strong', {}, f.whole(known.counts[kind] ?? 0)))),
    h('label', { class: 'desk-check' }, h('input', { type: 'checkbox', checked: thin, onchange: (event) => desk.option({ thin: (event.target as HTMLInputElement).checked ? '1' : '0' }) }), say('thinOnly')));
    const rows = known.rows.filter((r) => (only.size === 0 || only.has(r.type)) && (thin || !r.thin));
    const table = new Table<Contradiction>({
      say, label: say('panelReconcile'), sort: '-people',
      key: (r) => [r.type, r.village_code, r.operator, r.id ?? ''].join('/'), text: (r) => `${r.village} ${r.district} ${r.operator} ${say(r.type)}`,
      columns: [
        { id: 'village', title: say('name'), value: (r) => r.village, cell: (r) => h('span', {}, h('strong', {}, r.village || '–'), h('span', { class: 'desk-quiet' }, r.district)) },
        { id: 'type', title: say('kind'), value: (r) => say(r.type), cell: (r) => h('span', { class: 'desk-wrap' }, say(r.type), h('span', { class: 'desk-quiet' }, [r.operator === 'any' ? say('anyOperator') : r.operator, r.thin && say('thin')].filter(Boolean).join(' · '))) },
        { id: 'people', title: say('peopleTotal'), numeric: true, value: (r) => r.people, cell: (r) => f.people(r.people) },
        { id: 'cells', title: say('cellCount'), numeric: true, value: (r) => r.cells, cell: (r) => f.whole(r.cells) },
        { id: 'evidence', title: say('says'), value: (r) => r.evidence.map((e) => e.kind).join(), cell: (r) => h('ul', { class: 'desk-evidence' }, ...r.evidence.map((e) => h('li', {}, h('strong', {}, say(e.kind === 'official' ? 'officialList' : (e.kind as DeskWord))), `: ${saidIn(language, e.says)} (${f.whole(e.count)}${e.date ? `, ${e.date}` : ''})`))) },
      ],
      open: (r) => {
        const place = r.lon !== null && r.lat !== null ? { lon: r.lon, lat: r.lat } : desk.context.places.find('villages', r.village_code);
        if (!place) return desk.context.open('villages', r.village_code);
        desk.context.view.goTo(place, 12);
        desk.set({ at: `${place.lon.toFixed(6)},${place.lat.toFixed(6)}` });
      },
      mark: (r) => desk.context.view.hover(r && { collection: 'villages', id: r.village_code }),
    });
    table.set(rows);
    root.replaceChildren(h('div', { class: 'desk-about' }, h('p', {}, say('reconcileAbout')), basisButton(say('panelReconcile'), 'howReconcile', basis, say, language)), filters,
      known.rows.length === 0 ? h('p', { class: 'empty' }, say('reconcileNone')) : table.element, ...renderProgress(known.progress ?? [], say, language),
      h('div', { class: 'actions' }, h('a', { class: 'button', href: `/api/coverage/reconcile?${query()}&f=csv`, download: 'contradictions.csv' }, 'CSV'), h('a', { class: 'button', href: `/api/coverage/reconcile?${query()}`, target: '_blank', rel: 'noopener' }, 'API')));
    if (focused) root.querySelector<HTMLElement>(`[data-kind=${focused}]`)?.focus();
  };

  return { render, close: () => (request?.abort(), desk.context.view.hover(undefined)) };
}

const unitWords: Readonly<Record<string, DeskWord>> = { point: 'unitPoint', points: 'unitPoint', village: 'unitVillage', villages: 'unitVillage', desa: 'unitVillage', district: 'unitDistrict', districts: 'unitDistrict', kecamatan: 'unitDistrict' };

/** What a series counts: blank villages, weak points. */
function metricTitle({ metric, unit }: Progress, say: DeskSay): string {
  const word = unitWords[unit];
  return say(/weak/.test(metric) ? 'countWeak' : /resolved/.test(metric) ? 'countResolved' : 'countBlank', { unit: word ? say(word) : unit });
}

/** How official numbers changed, each unit on its own. */
function renderProgress(series: readonly Progress[], say: DeskSay, language: Language): HTMLElement[] {
  if (series.length === 0) return [];
  const f = formatOf(language);
  return [h('h2', {}, say('progress')), ...series.map((s) => {
    const most = Math.max(1, ...s.points.map((p) => p.value));
    return h('section', { class: 'desk-series' }, h('h3', {}, metricTitle(s, say), ' ', h('span', { class: 'desk-quiet' }, say(s.kind === 'published' ? 'published' : 'records'))),
      h('ul', { class: 'desk-progress' }, ...s.points.map((p) => h('li', {},
        h('span', { title: p.note }, `${p.date || '–'}: `, h('strong', {}, f.whole(p.value)), p.change ? ` (${p.change > 0 ? '+' : ''}${f.whole(p.change)})` : '', ' ',
          h('span', { class: 'desk-quiet' }, p.source_url ? h('a', { href: p.source_url, rel: 'noopener', target: '_blank' }, p.source) : p.source)),
        h('meter', { min: 0, max: most, value: p.value, 'aria-label': `${metricTitle(s, say)} ${p.date}` })))));
  }), h('p', { class: 'desk-quiet' }, say('progressNote'))];
}
