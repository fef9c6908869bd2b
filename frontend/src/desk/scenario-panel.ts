// Trying towers: they are clicked onto the map, dragged, changed and taken away,
// and the difference is there at once. Scenarios are kept, opened, forked and
// compared.

import { session } from '../edit/session';
import { Pin } from '../edit/pin';
import { h, pictogram, pictograms } from '../ui/dom';
import type { Desk, Panel } from './desk';
import { renderDifference } from './difference';
import { dossierOf, dossierOfTower } from './dossier-link';
import { planOf, readDraft, writeDraft, type Draft, type DraftTower } from './draft';
import { formatOf } from './format';
import { Latest } from './latest';
import { ask, askJSON, Problem } from './request';
import { classesOf, Comparison } from './scenario-compare';
import { signInForm } from './sign-in';
import { trouble } from './trouble';
import type { Listed, Scenario } from './scenario-types';

const root = '/api/coverage/scenarios';

export function scenarioPanel(desk: Desk, panel: HTMLElement): Panel {
  let pins: Pin[] = [];
  let etag = '';
  let opened: Scenario | undefined;
  let current: Scenario | undefined;
  let name = '';
  /** The draft as the opened scenario is kept: its towers have dossiers of their own. */
  let keptAs = '';
  let worked = '';
  let listed: readonly Listed[] | undefined;
  const editor = h('section', { class: 'desk-scenario' });
  const result = h('div', { class: 'desk-live' });
  const comparison = new Comparison(desk);
  const said = h('p', { class: 'visually-hidden', role: 'status' });
  const kept = h('section');
  /** While a pin is dragged: the address follows when it rests. */
  let live: Draft | undefined;
  let resting = 0;
  const draft = (): Draft => live ?? readDraft(desk.state.draft);
  const change = (d: Draft) => {
    clearTimeout(resting); // what was dragged is in d: a later word of it would undo what came since
    live = undefined;
    desk.set({ draft: writeDraft(d) });
  };
  const edit = (i: number, part: Partial<DraftTower>) => change({ ...draft(), towers: draft().towers.map((t, k) => (k === i ? { ...t, ...part } : t)) });

  const latest = new Latest<object>(async (plan, signal) => {
    const began = performance.now();
    try {
      current = await askJSON<Scenario>(`${root}?save=false`, { method: 'POST', body: plan, signal });
      show(performance.now() - began);
    } catch (error) {
      if (signal.aborted) return;
      result.removeAttribute('aria-busy');
      worked = '';
      current = undefined;
      if (!comparison.open) desk.overlay(undefined);
      result.replaceChildren(trouble(error, desk.say, work));
    }
  });
  /** Asks what the draft does, unless that is known. */
  const work = () => {
    const d = draft();
    const plan = planOf(d, '', desk.state.question);
    const key = JSON.stringify([plan, desk.context.app().version]);
    if (key === worked) return;
    worked = key;
    if (d.towers.length + d.removed.length === 0) {
      latest.stop();
      current = undefined;
      if (!comparison.open) desk.overlay(undefined);
      result.replaceChildren();
      result.removeAttribute('aria-busy');
      return;
    }
    result.setAttribute('aria-busy', 'true');
    if (!current) result.replaceChildren(h('p', { class: 'loading' }, desk.say('computing')));
    latest.want(plan);
  };
  const show = (took: number) => {
    if (!current) return;
    result.removeAttribute('aria-busy');
    said.textContent = `${desk.say('peopleGap')}: ${formatOf(desk.language).people(current.difference.after.people.gap)} (${formatOf(desk.language).people(current.difference.delta.people.gap)})`;
    result.replaceChildren(renderDifference(current, took, (code) => desk.context.open('villages', code), desk.say, desk.language));
    overlay();
  };
  const overlay = () => {
    if (!comparison.open) desk.overlay(current && { left: undefined, right: classesOf(current), names: [desk.say('before'), desk.say('after')] });
  };

  const renderPins = () => {
    for (const pin of pins) pin.remove();
    pins = draft().towers.map((t, i) => {
      const pin = new Pin(desk.context.view.map, desk.say('towerNumber', { n: i + 1 }), (place) => {
        const d = draft();
        live = { ...d, towers: d.towers.map((t, k) => (k === i ? { ...t, lon: place.lon, lat: place.lat } : t)) };
        work();
        clearTimeout(resting);
        resting = window.setTimeout(() => {
          const moved = live;
          [live, moving] = [undefined, i];
          if (moved) change(moved);
        }, 300);
      });
      pin.put(t);
      return pin;
    });
  };
  let moving = -1;

  const dossier = (t: DraftTower, d: Draft): string => {
    const { technology, operator } = desk.state.question;
    const n = d.towers.filter((x) => !x.id).indexOf(t) + 1;
    return opened?.id && keptAs === desk.state.draft && n > 0 ? dossierOfTower(opened.id, n, desk.language) : dossierOf({ ...t, technology, operator }, desk.language);
  };
  const renderEditor = () => {
    const { say } = desk;
    const focused = document.activeElement?.id;
    const d = draft();
    const number = (i: number, part: 'height' | 'frequency', min: number, max: number, value: number, usual: string) => h('label', {}, say(part === 'height' ? 'height' : 'frequency'),
      h('input', { type: 'number', id: `tower-${i}-${part}`, min, max, step: 'any', value: value || '', placeholder: usual, onchange: (event) => edit(i, { [part]: Number((event.target as HTMLInputElement).value) }) }));
    editor.replaceChildren(
      h('p', { class: 'desk-about' }, say('scenarioAbout')),
      h('h2', {}, say('towersAdded')),
      d.towers.length === 0 ? h('p', { class: 'desk-quiet' }, say('noneAdded')) : h('ol', { class: 'desk-towers' }, ...d.towers.map((t, i) => h('li', {},
        h('div', { class: 'desk-tower-head' }, h('strong', {}, t.id ?? say('towerNumber', { n: i + 1 })), h('span', { class: 'desk-quiet' }, `${t.lat.toFixed(5)}, ${t.lon.toFixed(5)}`),
          t.id !== undefined && h('button', { type: 'button', class: 'desk-link', onclick: () => change({ towers: d.towers.filter((_, k) => k !== i), removed: [...d.removed, t.id!] }) }, say('removeId')),
          h('button', { type: 'button', class: 'icon-button', 'aria-label': say('removeTower', { n: i + 1 }), onclick: () => change({ ...d, towers: d.towers.filter((_, k) => k !== i) }) }, pictogram(pictograms.close))),
        h('p', {}, h('a', { href: dossier(t, d), target: '_blank', rel: 'noopener' }, say('dossier'))),
        h('div', { class: 'edit-pair' }, number(i, 'height', 5, 300, t.height, '40'), number(i, 'frequency', 150, 6000, t.frequency, ''))))),
      ...(d.removed.length === 0 ? [] : [h('div', {}, h('h2', {}, say('removed')), h('ul', { class: 'desk-removed' }, ...d.removed.map((id) => h('li', {}, id, ' ', h('button', { type: 'button', class: 'icon-button', 'aria-label': say('cancel'), onclick: () => change({ ...d, removed: d.removed.filter((r) => r !== id) }) }, pictogram(pictograms.close))))))]),
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'button', onclick: () => {
          const { lat, lng } = desk.context.view.map.getCenter();
          add({ lat, lon: lng });
        } }, pictogram(pictograms.plus), say('addCentre')),
        (d.towers.length > 0 || opened) && h('button', { type: 'button', class: 'button', onclick: () => {
          [opened, etag, name] = [undefined, '', ''];
          desk.set({ draft: '', scenarios: [] });
          renderEditor();
        } }, say('scenarioNew'))),
      ...(d.towers.length + d.removed.length > 0 ? [saveForm()] : []));
    if (focused?.startsWith('tower-')) document.getElementById(focused)?.focus();
  };

  const saveForm = () => {
    const { say } = desk;
    const input = h('input', { id: 'scenario-name', required: true, maxlength: 200, value: name, oninput: (event) => (name = (event.target as HTMLInputElement).value) });
    const alert = h('div');
    const form = h('form', { class: 'desk-save' }, h('label', { for: 'scenario-name' }, say('scenarioName')), input, h('button', { type: 'submit', class: 'button primary' }, say('save')), alert);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void save(alert);
    });
    return form;
  };
  const save = async (alert: HTMLElement) => {
    const { say } = desk;
    if (!session.token) return void alert.replaceChildren(signInForm(desk.language, say('signInFirst'), () => void save(alert)));
    try {
      const body = planOf(draft(), name.trim(), desk.state.question);
      const response = await ask(opened?.id ? `${root}/${opened.id}` : root, { method: opened?.id ? 'PUT' : 'POST', body, signed: true, ...(etag ? { etag } : {}) });
      etag = response.headers.get('ETag') ?? '';
      opened = (await response.json()) as Scenario;
      keptAs = desk.state.draft;
      alert.replaceChildren();
      desk.context.announce(say('saved'), true);
      desk.set({ scenarios: [opened.id!] });
      renderEditor();
      void list();
    } catch (error) {
      refused(alert, error, () => void save(alert));
    }
  };
  /** Says what was refused, and asks who it is where that is the reason. */
  const refused = (place: HTMLElement, error: unknown, again: () => void) => {
    const unknown = error instanceof Problem && (error.status === 401 || error.status === 403);
    if (unknown) session.token = '';
    place.replaceChildren(trouble(error, desk.say), ...(unknown ? [signInForm(desk.language, desk.say('signInFirst'), again)] : []));
  };

  const open = async (id: string) => {
    try {
      const response = await ask(`${root}/${id}`);
      opened = (await response.json()) as Scenario;
      etag = response.headers.get('ETag') ?? `"${opened.version}"`;
      name = opened.name;
      const tower = (t: NonNullable<Scenario['add']>[number]): DraftTower => ({ lon: t.lon ?? 0, lat: t.lat ?? 0, height: t.height_m ?? 0, frequency: t.frequency_mhz ?? 0 });
      const towers = [...(opened.add ?? []).map(tower), ...(opened.move ?? []).map((t) => ({ ...tower(t), id: t.id! }))];
      const { technology, operator, evidence } = { ...desk.state.question, ...opened.question };
      keptAs = writeDraft({ towers, removed: opened.remove ?? [] });
      desk.set({ draft: keptAs, scenarios: [id], question: { ...desk.state.question, technology, operator, evidence } });
      renderEditor();
    } catch (error) {
      kept.append(trouble(error, desk.say));
    }
  };
  const list = async () => {
    if (!session.token) return renderKept();
    try {
      listed = (await askJSON<{ scenarios: Listed[] }>(root, { signed: true })).scenarios;
      renderKept();
    } catch (error) {
      refused(kept, error, () => void list());
    }
  };
  const send = async (path: string, how: Parameters<typeof ask>[1]) => {
    try {
      await ask(path, { ...how, signed: true });
      void list();
    } catch (error) {
      kept.append(trouble(error, desk.say));
    }
  };
  const renderKept = () => {
    const { say, state } = desk;
    const heading = h('h2', {}, say('scenarioList'));
    if (!session.token) return kept.replaceChildren(heading, signInForm(desk.language, say('signInFirst'), () => void list()));
    kept.replaceChildren(heading, (listed ?? []).length === 0 ? h('p', { class: 'desk-quiet' }, say('scenarioNone')) : h('ul', { class: 'desk-kept' }, ...(listed ?? []).map((s) => h('li', {},
      h('label', { class: 'desk-check' }, h('input', { type: 'checkbox', 'aria-label': `${say('compareIt')}: ${s.name}`, checked: state.scenarios.includes(s.id), onchange: (event) => {
        const on = (event.target as HTMLInputElement).checked;
        desk.set({ scenarios: on ? [...desk.state.scenarios, s.id] : desk.state.scenarios.filter((id) => id !== s.id) });
      } }), h('strong', {}, s.name)),
      h('span', { class: 'desk-quiet' }, `${s.technology.toUpperCase()} · +${s.added} ~${s.moved} −${s.removed} · ${s.owner} · ${s.updated.slice(0, 10)}`),
      h('span', { class: 'desk-kept-actions' },
        h('button', { type: 'button', class: 'desk-link', onclick: () => void open(s.id) }, say('openIt')),
        h('button', { type: 'button', class: 'desk-link', onclick: () => void send(`${root}/${s.id}/fork`, { method: 'POST', body: {} }) }, say('fork')),
        h('a', { class: 'desk-link', href: `${root}/${s.id}?f=csv`, download: `${s.name}.csv` }, 'CSV'),
        h('a', { class: 'desk-link', href: `${root}/${s.id}?f=geojson`, download: `${s.name}.geojson` }, 'GeoJSON'),
        h('button', { type: 'button', class: 'desk-link', 'aria-label': `${say('remove')}: ${s.name}`, onclick: () => void send(`${root}/${s.id}`, { method: 'DELETE', etag: `"${s.version}"` }) }, say('remove')))))));
  };
  const add = ({ lon, lat }: { lon: number; lat: number }) => change({ ...draft(), towers: [...draft().towers, { lon, lat, height: 0, frequency: 0 }] });
  const nearTower = (place: { lon: number; lat: number }): string | undefined => {
    const { map } = desk.context.view;
    const at = map.latLngToLayerPoint([place.lat, place.lon]);
    const known = [...desk.context.places.all('towers')].map(([id, p]) => ({ id, away: map.latLngToLayerPoint([p.lat, p.lon]).distanceTo(at) })).sort((a, b) => a.away - b.away)[0];
    return known && known.away < 12 && map.getZoom() >= 12 ? known.id : undefined;
  };

  let drawn = '';
  panel.replaceChildren(editor, said, result, comparison.element, kept);
  const first = desk.state.scenarios[0];
  if (first && !desk.state.draft && !comparison.open) void open(first);
  void list();
  return {
    render: () => {
      const key = `${desk.language}/${desk.state.draft}`;
      if (drawn !== key) {
        const language = drawn.slice(0, 2);
        drawn = key;
        renderEditor();
        if (moving < 0) renderPins();
        moving = -1;
        if (language !== desk.language) {
          renderKept();
          show(0);
        }
      }
      work();
      comparison.render(overlay);
    },
    point: (place) => {
      const id = nearTower(place);
      const d = draft();
      if (!id) add(place);
      else if (!d.removed.includes(id) && !d.towers.some((t) => t.id === id)) change({ ...d, towers: [...d.towers, { id, ...desk.context.places.find('towers', id)!, height: 0, frequency: 0 }] });
      return true;
    },
    close: () => {
      clearTimeout(resting);
      latest.stop();
      comparison.close();
      for (const pin of pins) pin.remove();
      desk.overlay(undefined);
    },
  };
}
