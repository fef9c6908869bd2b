// Saving an area: its size first, then one request; what is saved, how old it is and
// how much room it takes; update and delete.

import { getJSON, RequestError } from '../data/api';
import { lowData, setLowData } from '../data/low-data';
import { date, number, size } from '../explore/measure';
import type { Card } from '../explore/panel';
import { trouble } from '../explore/parts';
import { h } from '../ui/dom';
import { savedChanged } from './begin';
import type { Box } from './pack';
import { keepArea, removeArea, savedAreas, type SavedArea } from './store';
import { keepProgram } from './worker';

interface Offer {
  readonly bbox: Box;
  readonly zooms: readonly [number, number];
  readonly bytes: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly pack: string;
}

export async function renderSave(root: HTMLElement, card: Card): Promise<void> {
  const { say, context, values } = card;
  if (!('indexedDB' in globalThis)) {
    root.replaceChildren(h('p', { class: 'failed' }, say('cannotSave')));
    return;
  }
  const offer = h('div', { class: 'offer' });
  const list = h('div', { class: 'saved-list' });
  const view = context.view.bounds();
  const whole = context.app().bounds;
  const text = (b: { west: number; south: number; east: number; north: number }) => [b.west, b.south, b.east, b.north].map((d) => d.toFixed(2)).join(',');
  const choose = (box: string, name: string) => void showOffer(offer, list, box, name, card);
  root.replaceChildren(
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', id: 'save-view', onclick: () => choose(text(view), say('thisView')) }, say('thisView')),
      h('button', { type: 'button', class: 'button', id: 'save-all', onclick: () => choose(text(whole), context.app().title || say('wholeRegency')) }, say('wholeRegency'))),
    offer, list, lowDataSwitch(card));
  if (values['box']) choose(values['box'], say('saveWay'));
  await showList(list, card);
}

async function showOffer(root: HTMLElement, list: HTMLElement, box: string, name: string, card: Card, tries = 60): Promise<void> {
  const { say, context } = card;
  const { language } = context.store.state;
  root.replaceChildren(h('p', { class: 'loading', role: 'status' }, say('sizing')));
  try {
    const offer = await getJSON<Offer>(`/api/offline?bbox=${box}`, card.signal);
    const places = ['villages', 'destinations', 'products'].reduce((sum, id) => sum + (offer.counts[id] ?? 0), 0);
    const button = h('button', { type: 'button', class: 'button primary', id: 'save-now', onclick: () => void save(root, list, offer, name, card) }, say('saveSize', { size: size(offer.bytes, language) }));
    root.replaceChildren(h('p', {}, h('strong', {}, name)),
      h('p', { class: 'hint' }, say('saveWhat', { zoom: offer.zooms[1], places: number(places, language), roads: number(offer.counts['road_edges'] ?? 0, language) })), button);
    context.announce(`${name}: ${size(offer.bytes, language)}`);
    const [west, south, east, north] = offer.bbox;
    card.draw({ areas: [{ rings: [[[west, south], [east, south], [east, north], [west, north]]], fill: '#0f5c6318', stroke: '#0f5c63' }] });
  } catch (error) {
    if (card.signal.aborted) return;
    const status = error instanceof RequestError ? error.status : 0;
    if (status === 503 && tries > 0) { // roads or signal are being prepared
      setTimeout(() => card.signal.aborted || void showOffer(root, list, box, name, card, tries - 1), 3000);
      return;
    }
    root.replaceChildren(status === 400 ? h('p', { class: 'failed', role: 'alert' }, say('tooLarge')) : trouble(error, card, () => void showOffer(root, list, box, name, card)));
  }
}

/** Fetches a pack and keeps it, with the whole program. What is half there is never kept. */
async function save(root: HTMLElement, list: HTMLElement, offer: Pick<Offer, 'pack' | 'bytes'>, name: string, card: Card): Promise<void> {
  const { say, context } = card;
  const bar = h('progress', { max: 100, value: 0, 'aria-label': say('saving', { percent: 0 }) });
  const words = h('p', { role: 'status' }, say('saving', { percent: 0 }));
  root.replaceChildren(words, bar);
  try {
    const bytes = await fetchAll(offer.pack, offer.bytes, (percent) => {
      bar.value = percent;
      words.textContent = say('saving', { percent });
    });
    await keepArea(bytes, name, new Date().toISOString());
    await keepProgram();
    await navigator.storage?.persist?.().catch(() => false);
    await savedChanged();
    root.replaceChildren(h('p', { class: 'note good', role: 'status' }, say('savedNow')));
    context.announce(say('savedNow'));
    await showList(list, card);
  } catch (error) {
    const full = (error as Error).name === 'QuotaExceededError';
    root.replaceChildren(full ? h('p', { class: 'failed', role: 'alert' }, say('storageFull')) : trouble(error, card, () => void save(root, list, offer, name, card)));
  }
}

async function fetchAll(path: string, expected: number, progress: (percent: number) => void): Promise<ArrayBuffer> {
  const response = await fetch(path);
  if (!response.ok || !response.body) throw new RequestError(response.status, path);
  const parts: Uint8Array[] = [];
  let got = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    got += value.byteLength;
    progress(Math.min(99, Math.round((100 * got) / Math.max(1, expected))));
  }
  return new Blob(parts as BlobPart[]).arrayBuffer();
}

async function showList(root: HTMLElement, card: Card): Promise<void> {
  const { say, context } = card;
  const { language } = context.store.state;
  const areas = await savedAreas().catch(() => [] as SavedArea[]);
  const used = areas.reduce((sum, a) => sum + a.size, 0);
  root.replaceChildren(h('h3', {}, say('savedAreas')),
    areas.length === 0 ? h('p', { class: 'hint' }, say('noneSaved')) : h('ul', { class: 'saved' }, ...areas.map((a) => entry(root, a, card))),
    areas.length > 0 ? h('p', { class: 'hint' }, say('storage', { used: size(used, language) })) : '');
}

function entry(root: HTMLElement, area: SavedArea, card: Card): HTMLElement {
  const { say, context } = card;
  const { language } = context.store.state;
  // Without the server nobody knows whether there are newer data.
  const state = context.app().saved || !navigator.onLine ? 'unchecked' : area.snapshot === context.app().version ? 'fresh' : 'stale';
  const word = { fresh: 'upToDate', stale: 'outOfDate', unchecked: 'notCompared' } as const;
  const [west, south, east, north] = area.box;
  const progress = h('div');
  return h('li', {}, h('strong', {}, area.name),
    h('p', {}, say('savedOn', { date: date(area.saved, language, true), built: date(area.built, language), size: size(area.size, language) })),
    h('p', { class: state }, `${say(word[state])} · ${age(area.saved, say)}`),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', onclick: () => context.view.fit({ west, south, east, north }) }, say('show')),
      h('button', { type: 'button', class: 'button', onclick: () => void save(progress, root, { pack: `/api/offline/pack?bbox=${area.box.join(',')}`, bytes: area.size }, area.name, card) }, say('update')),
      h('button', { type: 'button', class: 'button danger', onclick: () => void removeArea(area.id).then(savedChanged).then(() => {
        context.announce(say('removed'), true);
        return showList(root, card);
      }) }, say('remove'))), progress);
}

/** How long ago something was saved, in days. */
function age(saved: string, say: Card['say']): string {
  const days = Math.floor((Date.now() - Date.parse(saved)) / 86_400_000);
  return days < 1 ? say('savedToday') : days === 1 ? say('savedYesterday') : say('savedDays', { days });
}

function lowDataSwitch({ say }: Card): HTMLElement {
  const input = h('input', { type: 'checkbox', id: 'low-data', checked: lowData(), onchange: () => setLowData(input.checked) });
  return h('div', {}, h('label', { class: 'switch', for: 'low-data' }, input, h('span', { class: 'track' }), h('span', { class: 'layer-title' }, say('lowData'))), h('p', { class: 'hint' }, say('lowDataText')));
}
