// The route card: from where, over what, to where and how; then the ways found.

import type { Feature } from '../data/api';
import { chip, chips, trouble, vehicleChips } from './parts';
import type { Card } from './panel';
import { getRoute } from './route-data';
import { showRoute } from './route-card';
import { startButtons } from './start';
import { readPlace, writePlace, type Values } from './task';
import { h, pictogram, pictograms } from '../ui/dom';
import { SearchBox } from '../ui/search-box';

export async function renderRoute(root: HTMLElement, card: Card): Promise<void> {
  const { say, values } = card;
  const out = h('div', { class: 'route-out' });
  root.replaceChildren(form(card), out);
  const [from, to] = [readPlace(values['from']), readPlace(values['to'])];
  card.draw({ dots: [...(from ? [{ at: [from.lon, from.lat] as const, colour: '#1a66d6' }] : []), ...(to ? [{ at: [to.lon, to.lat] as const, colour: '#b3261e' }] : [])] });
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
  const swapped: Values = { from: values['to'] ?? '', fromName: values['toName'] ?? '', to: values['from'] ?? '', toName: values['fromName'] ?? '' };
  const stops = 'via' in values;
  return h('div', { class: 'route-form' },
    field(card, 'from'),
    stops && h('div', { class: 'via' }, field(card, 'via'), h('button', { type: 'button', class: 'icon-button', id: 'remove-via', 'aria-label': say('removeVia'), onclick: () => card.set({ via: '', viaName: '' }) }, pictogram(pictograms.close))),
    field(card, 'to'),
    !values['from'] && startButtons(card, (place, name) => card.set({ from: place, fromName: name }), 'route-start'),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', id: 'swap', onclick: () => card.set(swapped) }, pictogram(pictograms.swap), say('swap')),
      !stops && h('button', { type: 'button', class: 'button', id: 'add-via', onclick: () => card.set({ via: ' ' }) }, pictogram(pictograms.plus), say('addVia'))),
    vehicleChips(card),
    chips(say('preferSignal'), chip('prefer-signal', say('preferSignal'), values['signal'] === '1', () => card.set({ signal: values['signal'] ? '' : '1' }))));
}

/** A field that finds a place by name, address or coordinates. */
function field(card: Card, name: 'from' | 'via' | 'to'): HTMLElement {
  const { say, values } = card;
  const box = new SearchBox(card.context, {
    id: `route-${name}`, label: say(name), placeholder: say('findPlace'),
    value: values[`${name}Name`] || (values[name] ?? '').replace(',', ', ').trim(),
    chosen: (feature) => {
      const place = placeOf(feature);
      if (place) card.set({ [name]: place, [`${name}Name`]: String(feature.properties['name'] ?? '') });
    },
  });
  return h('div', { class: 'route-field' }, h('label', { for: `route-${name}` }, say(name)), box.element);
}

function placeOf(feature: Feature): string | undefined {
  const [lon, lat] = (feature.geometry?.coordinates as [number, number] | undefined) ?? [];
  return typeof lon === 'number' && typeof lat === 'number' ? writePlace({ lon, lat }) : undefined;
}
