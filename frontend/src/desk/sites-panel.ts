// Where to build: how many or for how much, what counts, the progress of the
// search, and its answer with a certificate of how good it is.

import { h } from '../ui/dom';
import { basisButton } from './about-numbers';
import type { Desk, Panel } from './desk';
import { writeDraft } from './draft';
import { formatOf } from './format';
import { slider } from './priorities-panel';
import { ask } from './request';
import { readEvents } from './stream';
import { Table } from './table';
import { trouble } from './trouble';
import type { Provenance, Row, Threshold } from './types';
import type { DeskWord } from './words';

interface Site {
  readonly rank: number;
  readonly lon: number;
  readonly lat: number;
  readonly village_code: string;
  readonly village: string;
  readonly district: string;
  readonly gain: Row;
  readonly cumulative: Row;
  readonly cost_per_person_idr?: number | null;
}

interface Answer {
  readonly sites: readonly Site[];
  readonly certificate: { readonly ratio: number; readonly value: number; readonly upper_bound: number; readonly unit: string; readonly method: string; readonly proven: boolean };
  readonly evaluations: number;
  readonly candidates: number;
  readonly considered: number;
  readonly threshold: Threshold;
  readonly provenance: Provenance;
}

const colour = '#b3261e';

export function sitesPanel(desk: Desk, root: HTMLElement): Panel {
  const weights: Record<string, number> = { people: 100, places: 0, road_km: 0, tourists: 0, official: 0 };
  const values: Record<string, string> = { count: '5', budget: '10', lattice: '1000', road: '', spacing: '2000', height: '', frequency: '' };
  let byBudget = false;
  let answer: Answer | undefined;
  let request: AbortController | undefined;
  const form = h('form', { class: 'desk-sites' });
  const status = h('div', { role: 'status' });
  const result = h('div');
  root.replaceChildren(form, status, result);

  const body = () => {
    const q = desk.state.question;
    const n = (name: string) => (values[name] ? Number(values[name]) : undefined);
    const parameters = Object.fromEntries(Object.entries({ preset: q.min_rsrp ? '' : q.preset, min_rsrp: q.min_rsrp, district: q.district, near_road: q.near_road, road_class: q.near_road ? q.road_class : '', poi: q.poi, season: q.season }).filter(([, v]) => v !== ''));
    return {
      ...(byBudget ? { budget_idr: (n('budget') ?? 0) * 1e9 } : { count: n('count') ?? 0 }),
      technology: q.technology, operator: q.operator, evidence: q.evidence, parameters,
      candidates: { lattice_m: n('lattice'), near_road: n('road') }, min_spacing_m: n('spacing'), height_m: n('height'), frequency_mhz: n('frequency'),
      weights: Object.fromEntries(Object.entries(weights).filter(([, w]) => w > 0)),
    };
  };
  const search = async () => {
    const { say } = desk;
    request?.abort();
    const { signal } = (request = new AbortController());
    const bar = h('progress', { 'aria-label': say('computing') });
    const text = h('p', {}, say('computing'));
    status.replaceChildren(h('div', { class: 'desk-searching' }, text, bar, h('button', { type: 'button', class: 'button', onclick: () => request?.abort() }, say('cancel'))));
    try {
      const response = await ask('/api/coverage/sites', { method: 'POST', body: body(), signal, accept: 'text/event-stream, application/json;q=0.5' });
      let got: Answer | undefined;
      if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) got = (await response.json()) as Answer;
      else {
        await readEvents(response, (event, data) => {
          const said = JSON.parse(data) as Record<string, unknown>;
          if (said['sites'] && said['certificate']) got = said as unknown as Answer;
          else if (event === 'error' || event === 'problem') throw new Error(String(said['detail'] ?? said['title'] ?? data));
          else if (typeof said['stage'] === 'string') {
            const f = formatOf(desk.language);
            const stage = say(`stage_${said['stage']}` as DeskWord) || said['stage'];
            text.textContent = say('stage', { stage, done: f.whole(Number(said['done'])), of: f.whole(Number(said['of'])) });
            [bar.max, bar.value] = [Number(said['of']) || 1, Number(said['done'])];
          }
        });
      }
      if (!got) throw new Error('the stream ended early');
      answer = got;
      status.replaceChildren();
      show();
    } catch (error) {
      status.replaceChildren(signal.aborted ? h('p', {}, say('cancelled')) : trouble(error, say, () => void search()));
    }
  };
  const show = (chosen = -1) => {
    const { say, language } = desk;
    if (!answer) return;
    const known = answer;
    const f = formatOf(language);
    const c = known.certificate;
    desk.spots.show(known.sites.map((s) => ({ lon: s.lon, lat: s.lat, text: String(s.rank), colour })), chosen);
    if (known.sites.length === 0) return result.replaceChildren(h('p', { class: 'empty' }, say('noSites')));
    const basis = () => ({ provenance: known.provenance, threshold: known.threshold });
    const table = new Table<Site>({
      say, label: say('panelSites'), sort: 'rank', key: (s) => String(s.rank), text: (s) => `${s.village} ${s.district}`,
      columns: [
        { id: 'village', title: say('name'), value: (s) => s.village, cell: (s) => h('span', {}, h('strong', {}, `${s.rank}. ${s.village}`), h('span', { class: 'desk-quiet' }, s.district)) },
        { id: 'rank', title: say('rank'), numeric: true, value: (s) => s.rank },
        { id: 'gain', title: say('gains'), numeric: true, value: (s) => s.gain.people.covered || s.gain.people.total, cell: (s) => f.people(s.gain.people.covered || s.gain.people.total) },
        { id: 'cumulative', title: say('cumulative'), numeric: true, value: (s) => s.cumulative.people.covered || s.cumulative.people.total, cell: (s) => f.people(s.cumulative.people.covered || s.cumulative.people.total) },
        { id: 'places', title: say('w_places'), numeric: true, value: (s) => s.gain.places.covered || s.gain.places.total, cell: (s) => f.whole(s.gain.places.covered || s.gain.places.total) },
        { id: 'road', title: say('w_road_km'), numeric: true, value: (s) => s.gain.road_km.covered || s.gain.road_km.total, cell: (s) => f.km(s.gain.road_km.covered || s.gain.road_km.total) },
        { id: 'cost', title: say('costPerPerson'), numeric: true, value: (s) => s.cost_per_person_idr ?? null, cell: (s) => (s.cost_per_person_idr ? f.rupiah(s.cost_per_person_idr) : '–') },
        { id: 'dossier', title: say('dossier'), value: () => null, cell: (s) => h('a', { href: `/dossier?${new URLSearchParams({ lon: s.lon.toFixed(5), lat: s.lat.toFixed(5), technology: desk.state.question.technology })}`, target: '_blank', rel: 'noopener' }, say('dossier')) },
      ],
      open: (s) => {
        desk.spots.show(known.sites.map((x) => ({ lon: x.lon, lat: x.lat, text: String(x.rank), colour })), known.sites.indexOf(s));
        desk.context.view.goTo(s, 12);
      },
      mark: (s) => desk.context.view.hover(s && { collection: 'villages', id: s.village_code }),
    });
    table.set(known.sites);
    result.replaceChildren(
      h('div', { class: 'desk-certificate' }, h('p', {}, h('strong', {}, c.proven ? say('proven') : say('certificate', { ratio: f.share(Math.floor(c.ratio * 1000) / 1000) })), basisButton(say('panelSites'), undefined, basis, say, language)),
        h('p', { class: 'desk-quiet' }, say('certificateMore', { value: f.whole(c.value), bound: f.whole(c.upper_bound), unit: c.unit, method: c.method, considered: f.whole(known.considered), candidates: f.whole(known.candidates), evaluations: f.whole(known.evaluations) }))),
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button', onclick: () => desk.set({ panel: 'scenarios', scenarios: [], draft: writeDraft({ towers: known.sites.map((s) => ({ lon: s.lon, lat: s.lat, height: Number(values['height']), frequency: Number(values['frequency']) })), removed: [] }) }) }, say('toScenario'))),
      table.element);
  };
  const render = () => {
    const { say } = desk;
    const field = (name: string, word: DeskWord, min: number, max: number, step = 1) => h('label', {}, say(word), h('input', { type: 'number', id: `site-${name}`, min, max, step: step || 'any', value: values[name], oninput: (event) => (values[name] = (event.target as HTMLInputElement).value) }));
    const way = (budget: boolean, word: DeskWord) => h('label', { class: 'desk-check' }, h('input', { type: 'radio', name: 'site-way', checked: byBudget === budget, onchange: () => {
      byBudget = budget;
      render();
    } }), say(word));
    form.replaceChildren(
      h('p', { class: 'desk-about' }, say('sitesAbout')),
      h('fieldset', { class: 'desk-way' }, h('legend', { class: 'visually-hidden' }, say('sitesAbout')), way(false, 'byCount'), way(true, 'byBudget')),
      h('div', { class: 'desk-fields' },
        byBudget ? field('budget', 'siteBudget', 0.1, 10_000, 0) : field('count', 'siteCount', 1, 200), field('spacing', 'spacing', 0, 100_000), field('lattice', 'lattice', 100, 20_000), field('road', 'siteNearRoad', 1, 10_000),
        field('height', 'height', 5, 300, 0), field('frequency', 'frequency', 150, 6000, 0)),
      h('fieldset', { class: 'desk-sliders' }, h('legend', {}, say('weights')), ...Object.keys(weights).map((name) => slider(`s-${name}`, say(`w_${name}` as DeskWord), weights[name]!, (value) => (weights[name] = value)))),
      h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, say('search'))));
    show();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void search();
  });
  let drawn = '';
  return {
    render: () => {
      if (drawn !== desk.language) render();
      drawn = desk.language;
    },
    point: (place) => {
      const at = desk.spots.at(desk.context.view.map, place);
      if (at < 0) return false;
      show(at);
      return true;
    },
    close: () => request?.abort(),
  };
}
