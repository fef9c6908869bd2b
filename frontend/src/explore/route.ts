// The route card: from where, over what, to where and how; then the ways found.

import type { Feature } from '../data/api';
import { chip, chips, trouble, vehicleChips } from './parts';
import type { Card } from './panel';
import { getRoute } from './route-data';
import { showRoute } from './route-card';
import { startButtons } from './start';
import { maxStops, placedStops, readStops, writeStops, type Stop } from './stops';
import { readPlace, writePlace, type Values } from './task';
import { h, pictogram, pictograms } from '../ui/dom';
import { SearchBox } from '../ui/search-box';

export async function renderRoute(root: HTMLElement, card: Card): Promise<void> {
  const { say, values } = card;
  const out = h('div', { class: 'route-out' });
  root.replaceChildren(form(card), out);
  const [from, to] = [readPlace(values['from']), readPlace(values['to'])];
  card.draw({ dots: [...placedStops(values).map(({ lon, lat }) => ({ at: [lon, lat] as const, colour: '#6b4fa0' })), ...(from ? [{ at: [from.lon, from.lat] as const, colour: '#1a66d6' }] : []), ...(to ? [{ at: [to.lon, to.lat] as const, colour: '#b3261e' }] : [])] });
  if (!from || !to) return;
  out.replaceChildren(h('p', { class: 'loading' }, say('loading')));
  try {
    const route = await getRoute(values, card.context.store.state.language, card.signal);
    if (!card.signal.aborted) showRoute(out, route, card);
  } catch (error) {
    if (!card.signal.aborted) out.replaceChildren(trouble(error, card, () => void renderRoute(root, card)));
  }
}

function form(card: Card): HTMLElement {
  const { say, values } = card;
  const stops = readStops(values);
  const back = writeStops([...stops].reverse());
  const swapped: Values = { from: values['to'] ?? '', fromName: values['toName'] ?? '', to: values['from'] ?? '', toName: values['fromName'] ?? '', ...back };
  const change = (next: readonly Stop[], focus?: string) => {
    card.set(writeStops(next));
    if (focus) setTimeout(() => document.getElementById(focus)?.focus(), 50); // once the form is drawn anew
  };
  return h('div', { class: 'route-form' },
    field(card, 'from', say('from'), values['from'] ?? '', values['fromName'] ?? '', (at, name) => card.set({ from: at, fromName: name })),
    ...stops.map((stop, i) => h('div', { class: 'via' },
      field(card, `via-${i + 1}`, say('stop', { n: i + 1 }), stop.at, stop.name, (at, name) => change(stops.map((s, k) => (k === i ? { at, name } : s)))),
      i > 0 && h('button', { type: 'button', class: 'icon-button', id: `up-via-${i + 1}`, 'aria-label': say('upVia', { n: i + 1 }), onclick: () => change(moved(stops, i, i - 1), `route-via-${i}`) }, pictogram(pictograms.up)),
      h('button', { type: 'button', class: 'icon-button', id: `remove-via-${i + 1}`, 'aria-label': say('removeVia', { n: i + 1 }), onclick: () => change(stops.filter((_, k) => k !== i), 'add-via') }, pictogram(pictograms.close)))),
    field(card, 'to', say('to'), values['to'] ?? '', values['toName'] ?? '', (at, name) => card.set({ to: at, toName: name })),
    !values['from'] && startButtons(card, (place, name) => card.set({ from: place, fromName: name }), 'route-start'),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', id: 'swap', onclick: () => card.set(swapped) }, pictogram(pictograms.swap), say('swap')),
      stops.length < maxStops && h('button', { type: 'button', class: 'button', id: 'add-via', onclick: () => change([...stops, { at: '', name: '' }], `route-via-${stops.length + 1}`) }, pictogram(pictograms.plus), say('addVia'))),
    vehicleChips(card),
    chips(say('preferSignal'), chip('prefer-signal', say('preferSignal'), values['signal'] === '1', () => card.set({ signal: values['signal'] ? '' : '1' }))));
}

function moved(stops: readonly Stop[], from: number, to: number): Stop[] {
  const all = [...stops];
  all.splice(to, 0, ...all.splice(from, 1));
  return all;
}

/** A field that finds a place by name, address or coordinates. */
function field(card: Card, name: string, label: string, at: string, called: string, chosen: (at: string, name: string) => void): HTMLElement {
  const box = new SearchBox(card.context, {
    id: `route-${name}`, label, placeholder: card.say('findPlace'), value: called || at.replace(',', ', '),
    chosen: (feature) => {
      const place = placeOf(feature);
      if (place) chosen(place, String(feature.properties['name'] ?? ''));
    },
  });
  return h('div', { class: 'route-field' }, h('label', { for: `route-${name}` }, label), box.element);
}

function placeOf(feature: Feature): string | undefined {
  const [lon, lat] = (feature.geometry?.coordinates as [number, number] | undefined) ?? [];
  return typeof lon === 'number' && typeof lat === 'number' ? writePlace({ lon, lat }) : undefined;
}
