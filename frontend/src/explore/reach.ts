// Within reach: what can be reached from a place in 15, 30 and 60 minutes.

import { getJSON } from '../data/api';
import { darkness } from '../ui/night';
import { h } from '../ui/dom';
import { number } from './measure';
import type { Position } from './overlay';
import type { Card } from './panel';
import { trouble, vehicleChips, vehicleOf } from './parts';
import { startButtons } from './start';
import { readPlace } from './task';

interface Reach {
  readonly rings: readonly { readonly minutes: number; readonly road_km: number }[];
  readonly features: readonly { readonly geometry: { readonly coordinates: readonly (readonly Position[])[] }; readonly properties: { readonly minutes: number } }[];
}

const times = [60, 30, 15];

export async function renderReach(root: HTMLElement, card: Card): Promise<void> {
  const { say, values, context } = card;
  const at = readPlace(values['at']);
  const out = h('div', { class: 'reach-list' });
  root.replaceChildren(startButtons(card, (place, name) => card.set({ at: place, name })),
    at ? h('p', { class: 'start-name' }, `${say('from')}: ${values['name'] || values['at']!.replace(',', ', ')}`) : h('p', { class: 'hint' }, say('chooseStart')),
    vehicleChips(card), out);
  if (!at) return;
  out.replaceChildren(h('p', { class: 'loading' }, say('loading')));
  try {
    const answer = await getJSON<Reach>(`/api/reach?lon=${at.lon.toFixed(5)}&lat=${at.lat.toFixed(5)}&minutes=${times.join(',')}&vehicle=${vehicleOf(values['by'])}`, card.signal);
    const strength = (minutes: number) => ['2e', '3d', '55'][times.indexOf(minutes)] ?? '40';
    const colour = darkness.matches ? '#6fd3d9' : '#0f5c63';
    card.draw({
      areas: answer.features.map((f) => ({ rings: f.geometry.coordinates, fill: colour + strength(f.properties.minutes), stroke: colour })),
      dots: [{ at: [at.lon, at.lat], colour: '#1a66d6' }],
    });
    out.replaceChildren(h('ul', { class: 'reach' }, ...[...answer.rings].reverse().map((ring) => h('li', {},
      say('reachSpoken', { minutes: ring.minutes, km: number(Math.round(ring.road_km), context.store.state.language) })))));
    context.announce(out.textContent ?? '');
    const b = { west: at.lon, east: at.lon, south: at.lat, north: at.lat };
    for (const f of answer.features) for (const [lon, lat] of f.geometry.coordinates[0] ?? []) {
      b.west = Math.min(b.west, lon);
      b.east = Math.max(b.east, lon);
      b.south = Math.min(b.south, lat);
      b.north = Math.max(b.north, lat);
    }
    card.fit(b, JSON.stringify(values));
  } catch (error) {
    if (!card.signal.aborted) out.replaceChildren(trouble(error, card, () => void renderReach(root, card)));
  }
}
