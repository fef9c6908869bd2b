// Where one begins: the device's own place, read only when asked for, or the
// centre of the map.

import { h, pictogram, pictograms } from '../ui/dom';
import type { Card } from './panel';
import { whereAmI } from './parts';
import { writePlace } from './task';

/** Two buttons that choose a starting point; chosen gets lon,lat and what it is called. */
export function startButtons(card: Card, chosen: (place: string, name: string) => void, id = 'start'): HTMLElement {
  const { say, context } = card;
  const locate = h('button', { type: 'button', class: 'button', id: `${id}-me`, onclick: () => {
    locate.setAttribute('aria-busy', 'true');
    whereAmI().then((place) => {
      context.view.showPosition(place, place.metres);
      chosen(writePlace(place), say('myLocation'));
    }, () => context.announce(context.store.state.language === 'id' ? 'Lokasi tidak ditemukan.' : 'Your location could not be found.', true)).finally(() => locate.removeAttribute('aria-busy'));
  } }, pictogram(pictograms.locate), say('myLocation'));
  const centre = h('button', { type: 'button', class: 'button', id: `${id}-centre`, onclick: () => {
    const { lon, lat } = context.view.view();
    chosen(writePlace({ lon, lat }), say('mapCentre'));
  } }, pictogram(pictograms.near), say('mapCentre'));
  return h('div', { class: 'start' }, h('div', { class: 'actions' }, locate, centre), h('p', { class: 'privacy' }, say('privacy')));
}
