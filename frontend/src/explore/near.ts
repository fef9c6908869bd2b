// Places nearby: by time on the roads from a starting point, filtered by chips. The
// list is the same as the numbers on the map; Enter on an entry opens it there.

import { getJSON, type Feature } from '../data/api';
import { badgeOf } from '../map/badge';
import { categories, categoryOf } from '../schema/categories';
import { formatValue } from '../schema/fields';
import { h } from '../ui/dom';
import { badgeSwatch } from '../ui/swatches';
import { date, distance, number } from './measure';
import type { Card } from './panel';
import { chip, chips, trouble, vehicleChips, vehicleOf } from './parts';
import { startButtons } from './start';
import { readPlace } from './task';

interface Nearby {
  readonly features: readonly Feature[];
  readonly offline?: string;
}

/** Times offered as filters, in minutes, and prices in rupiah. */
const times = ['30', '60', '120'];
const cheap = 15_000;
const shown = 40;

export async function renderNear(root: HTMLElement, card: Card): Promise<void> {
  const { say, values } = card;
  const at = readPlace(values['at']);
  const list = h('div', { class: 'near-list' });
  root.replaceChildren(
    startButtons(card, (place, name) => card.set({ at: place, name })),
    at ? h('p', { class: 'start-name' }, `${say('from')}: ${values['name'] || values['at']!.replace(',', ', ')}`) : h('p', { class: 'hint' }, say('chooseStart')),
    filters(card), list);
  card.draw(at ? { dots: [{ at: [at.lon, at.lat], colour: '#1a66d6' }] } : {});
  if (!at) return;
  list.replaceChildren(h('p', { class: 'loading' }, say('loading')));
  try {
    const answer = await getJSON<Nearby>(`/api/nearby?${query(card)}`, card.signal);
    const found = answer.features.filter((f) => f.geometry && (card.values['signal'] !== 'no' || f.properties['signal'] === 'not covered'));
    list.replaceChildren(
      h('p', { class: 'near-count', role: 'status' }, found.length === 1 ? say('nearOne') : found.length > 0 ? say('nearCount', { count: found.length }) : say('nearNone')),
      answer.offline ? h('p', { class: 'hint' }, say('offlineAnswer', { date: date(answer.offline, card.context.store.state.language, true) })) : '',
      h('ul', { class: 'entries' }, ...found.slice(0, shown).map((f, i) => h('li', {}, entry(f, i, card)))));
    card.draw({
      dots: [{ at: [at.lon, at.lat], colour: '#1a66d6' }, ...found.slice(0, shown).map((f, i) => {
        const [lon, lat] = f.geometry!.coordinates as [number, number];
        return { at: [lon, lat] as const, colour: categoryOf(f.properties['category']).colour, ...(i < 20 ? { label: String(i + 1) } : {}) };
      })],
    });
    fit(found.slice(0, 12), at, card);
  } catch (error) {
    if (!card.signal.aborted) list.replaceChildren(trouble(error, card, () => void renderNear(root, card)));
  }
}

function query({ values }: Card): string {
  const at = readPlace(values['at'])!;
  const q = new URLSearchParams({ lon: at.lon.toFixed(5), lat: at.lat.toFixed(5), vehicle: vehicleOf(values['by']), limit: '200' });
  if (values['kind']) q.set('category', values['kind']);
  if (values['min']) q.set('max_minutes', values['min']);
  if (values['open']) q.set('open_at', 'now');
  if (values['price']) q.set('price', values['price'] === 'free' ? '0' : String(cheap));
  if (values['signal'] === 'yes') q.set('signal', 'any');
  return q.toString();
}

function filters(card: Card): HTMLElement {
  const { say, values, context } = card;
  const { language } = context.store.state;
  const present = new Set([...context.attributes.table('destinations').values()].map((row) => row['category']));
  const one = (name: string, value: string) => () => card.set({ [name]: values[name] === value ? '' : value });
  return h('div', { class: 'near-filters' },
    chips(say('category'), ...categories.filter((c) => present.size === 0 || present.has(c.id)).map((c) => chip(`kind-${c.id}`, c.title[language], values['kind'] === c.id, one('kind', c.id)))),
    chips(say('filters'),
      chip('open-now', say('openNow'), values['open'] === '1', one('open', '1')),
      chip('price-free', say('free'), values['price'] === 'free', one('price', 'free')),
      chip('price-cheap', say('cheap', { price: number(cheap, language) }), values['price'] === 'cheap', one('price', 'cheap')),
      ...times.map((t) => chip(`within-${t}`, say('within', { minutes: t }), values['min'] === t, one('min', t))),
      chip('signal-yes', say('hasSignal'), values['signal'] === 'yes', one('signal', 'yes')),
      chip('signal-no', say('noSignal'), values['signal'] === 'no', one('signal', 'no'))),
    vehicleChips(card));
}

function entry(f: Feature, i: number, card: Card): HTMLElement {
  const { say, context } = card;
  const { language } = context.store.state;
  const p = f.properties;
  const id = String(f.id ?? p['id']).replace(/^destinations\//, '');
  const name = String((language === 'en' && p['name_en']) || p['name'] || '');
  const minutes = typeof p['minutes'] === 'number' ? say('minutes', { m: Math.round(p['minutes']) }) : '';
  const button = h('button', { type: 'button', class: 'entry', onclick: () => context.open('destinations', id) },
    h('span', { class: 'rank' }, String(i + 1)), badgeSwatch(badgeOf('destinations', p['category'])),
    h('span', { class: 'entry-text' },
      h('span', { class: 'entry-title' }, name),
      h('span', { class: 'entry-subtitle' }, [minutes, distance(Number(p['distance_m'] ?? 0), language), openWord(p['open'], card), formatValue('category', p['category'] ?? '', language), signalWord(p['signal'], card)].filter(Boolean).join(' · '))));
  button.addEventListener('focus', () => context.view.hover({ collection: 'destinations', id }));
  button.addEventListener('blur', () => context.view.hover(undefined));
  return button;
}

const openWord = (open: unknown, { say }: Card): string => (open === 'open' ? say('open') : open === 'closed' ? say('shut') : '');

function signalWord(signal: unknown, { say }: Card): string {
  return signal === 'covered' ? say('hasSignal') : signal === 'not covered' ? say('noSignal') : '';
}

function fit(found: readonly Feature[], at: { lon: number; lat: number }, card: Card): void {
  const b = { west: at.lon, east: at.lon, south: at.lat, north: at.lat };
  for (const f of found) {
    const [lon, lat] = f.geometry!.coordinates as [number, number];
    b.west = Math.min(b.west, lon);
    b.east = Math.max(b.east, lon);
    b.south = Math.min(b.south, lat);
    b.north = Math.max(b.north, lat);
  }
  if (found.length > 0) card.fit(b, JSON.stringify(card.values));
}

