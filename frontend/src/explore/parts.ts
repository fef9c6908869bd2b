// Parts that several cards have: chips, the vehicle, and what went wrong.

import { RequestError } from '../data/api';
import { h } from '../ui/dom';
import type { Card } from './panel';

export const vehicles = ['motorcycle', 'car', 'walk'] as const;
export type Vehicle = (typeof vehicles)[number];

/** The vehicle chosen: by motorcycle unless another is. */
export const vehicleOf = (text: string | undefined): Vehicle => vehicles.find((v) => v === text) ?? 'motorcycle';

/** A button that is on or off. The id lets the focus come back to it. */
export function chip(id: string, label: string, on: boolean, toggle: () => void): HTMLButtonElement {
  return h('button', { type: 'button', id, class: 'filter', 'aria-pressed': String(on), onclick: toggle }, label);
}

/** A row of chips that scrolls sideways on a narrow screen. */
export function chips(label: string, ...all: HTMLElement[]): HTMLElement {
  return h('div', { class: 'filters', role: 'group', 'aria-label': label }, ...all);
}

export function vehicleChips(card: Card): HTMLElement {
  const chosen = vehicleOf(card.values['by']);
  return chips(card.say('vehicle'), ...vehicles.map((v) => chip(`by-${v}`, card.say(v), v === chosen, () => card.set({ by: v }))));
}

/** Says why there is no answer: the server's own words when it gave some. */
export function trouble(error: unknown, card: Card, again: () => void): HTMLElement {
  const refused = error instanceof RequestError && error.detail !== '';
  return h('div', {},
    h('p', { class: 'failed', role: 'alert' }, refused ? error.detail : card.say(error instanceof RequestError && error.status > 0 ? 'failed' : 'needsNetwork')),
    !refused && h('button', { type: 'button', class: 'button', onclick: again }, card.say('retry')));
}

/** Asks the device where it is; rejects when it will not say. */
export function whereAmI(): Promise<{ lon: number; lat: number; metres: number }> {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) reject(new Error('no geolocation'));
    else navigator.geolocation.getCurrentPosition(({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, metres: coords.accuracy }), reject,
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 });
  });
}
