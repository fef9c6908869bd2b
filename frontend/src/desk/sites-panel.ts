// Where to build: the plan, the progress of the search, and its answer with a
// certificate of how good it is.

import { h } from '../ui/dom';
import { Areas, polygonOf, readAreas, writeAreas, type Ring } from './areas';
import type { Desk, Panel } from './desk';
import { writeDraft } from './draft';
import { formatOf } from './format';
import { ask, Problem } from './request';
import { certificate, siteFiles, sitesTable, type Site, type SitesAnswer } from './sites-result';
import { sitesForm, siteWeights, type Drawing } from './sites-form';
import type { Option } from './state';
import { readEvents } from './stream';
import { trouble } from './trouble';
import type { DeskWord } from './words';

const colour = '#b3261e';

export function sitesPanel(desk: Desk, root: HTMLElement): Panel {
  const { map } = desk.context.view;
  const areas = new Areas();
  areas.addTo(map);
  let open: Ring | undefined;
  let answer: SitesAnswer | undefined;
  let request: AbortController | undefined;
  const form = h('form', { class: 'desk-sites' });
  const status = h('div', { role: 'status' });
  const result = h('div');
  root.replaceChildren(form, status, result);

  const option = (name: string) => desk.state.options[`s-${name}` as Option];
  const rings = () => readAreas(option('not'));
  const draw = (corners: Ring | undefined) => {
    open = corners;
    render();
  };
  const drawing = (): Drawing => ({
    rings: rings(), open,
    begin: () => draw([]),
    corner: () => draw([...open!, { lat: map.getCenter().lat, lon: map.getCenter().lng }]),
    undo: () => draw(open!.length > 0 ? open!.slice(0, -1) : undefined),
    finish: () => {
      const all = [...rings(), open!];
      open = undefined;
      desk.option({ 's-not': writeAreas(all) });
    },
    remove: (at) => desk.option({ 's-not': writeAreas(rings().filter((_, i) => i !== at)) }),
  });

  const body = () => {
    const q = desk.state.question;
    const n = (name: string) => (option(name) ? Number(option(name)) : undefined);
    const parameters = Object.fromEntries(Object.entries({ preset: q.min_rsrp ? '' : q.preset, min_rsrp: q.min_rsrp, district: q.district, near_road: q.near_road, road_class: q.near_road ? q.road_class : '', poi: q.poi, season: q.season }).filter(([, v]) => v !== ''));
    const exclude = rings().map(polygonOf);
    return {
      ...(option('way') === 'budget' ? { budget_idr: (n('budget') ?? 0) * 1e9 } : { count: n('count') ?? 0 }),
      technology: q.technology, operator: q.operator, evidence: q.evidence, parameters,
      candidates: { lattice_m: n('lattice'), near_road: n('road'), on: option('on') || undefined, except: option('except') || undefined, ...(exclude.length > 0 ? { exclude } : {}) },
      min_spacing_m: n('spacing'), height_m: n('height'), frequency_mhz: n('frequency'),
      weights: Object.fromEntries(siteWeights.flatMap((name) => (n(name) ? [[name, n(name)]] : []))),
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
      let got: SitesAnswer | undefined;
      await readEvents(response, (event, data) => {
        const said = JSON.parse(data) as Record<string, unknown>;
        if (event === 'result') got = said as unknown as SitesAnswer;
        else if (event === 'problem') throw new Problem(Number(said['status']), String(said['title']), String(said['detail'] ?? ''), (said['allowed'] as string[] | undefined) ?? []);
        else {
          const f = formatOf(desk.language);
          text.textContent = say('stage', { stage: say(`stage_${said['stage'] as string}` as DeskWord), done: f.whole(Number(said['done'])), of: f.whole(Number(said['of'])) });
          [bar.max, bar.value] = [Number(said['of']) || 1, Number(said['done'])];
        }
      });
      if (!got) throw new Error('the stream ended early');
      answer = got;
      status.replaceChildren();
      show();
    } catch (error) {
      status.replaceChildren(signal.aborted ? h('p', {}, say('cancelled')) : trouble(error, say, () => void search()));
    }
  };
  const spots = (sites: readonly Site[], chosen = -1) => desk.spots.show(sites.map((s) => ({ lon: s.lon, lat: s.lat, text: String(s.rank), colour })), chosen);
  const show = (chosen = -1) => {
    const { say } = desk;
    if (!answer) return;
    const { sites } = answer;
    spots(sites, chosen);
    if (sites.length === 0) return result.replaceChildren(h('p', { class: 'empty' }, say('noSites')));
    const table = sitesTable(desk, answer, (s) => {
      spots(sites, sites.indexOf(s));
      desk.context.view.goTo(s, 12);
    });
    if (chosen >= 0) table.choose(String(sites[chosen]!.rank));
    result.replaceChildren(certificate(desk, answer),
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button', onclick: () => desk.set({ panel: 'scenarios', scenarios: [], draft: writeDraft({ towers: sites.map((s) => ({ lon: s.lon, lat: s.lat, height: Number(option('height')), frequency: Number(option('frequency')) })), removed: [] }) }) }, say('toScenario')), ...siteFiles(answer)),
      table.element);
  };
  const render = () => {
    const focused = document.activeElement?.id;
    areas.show(rings(), open ?? []);
    form.replaceChildren(...sitesForm(desk, drawing()));
    if (focused?.startsWith('s')) document.getElementById(focused)?.focus();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void search();
  });
  let drawn = '';
  return {
    render: () => {
      // What is typed or slid stands in the form already.
      const key = [desk.language, option('way'), option('not'), desk.context.app().version].join('/');
      if (drawn === key) return;
      const spoken = drawn.slice(0, 2);
      drawn = key;
      render();
      if (spoken !== desk.language) show();
    },
    point: (place) => {
      if (open) {
        draw([...open, { lon: place.lon, lat: place.lat }]);
        return true;
      }
      const at = desk.spots.at(map, place);
      if (at < 0) return false;
      show(at);
      return true;
    },
    close: () => {
      request?.abort();
      areas.remove();
    },
  };
}
