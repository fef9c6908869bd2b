// The buttons over the map: zoom, the whole region, my location.

import { type Context, speaker } from './context';
import { h, pictogram, pictograms } from './dom';

/** Makes the buttons; the second value writes their words in the language of now. */
export function makeControls(context: Context): readonly [HTMLElement, () => void] {
  const { view } = context;
  const zoomIn = h('button', { type: 'button', class: 'map-button', onclick: () => view.map.zoomIn() }, pictogram(pictograms.plus));
  const zoomOut = h('button', { type: 'button', class: 'map-button', onclick: () => view.map.zoomOut() }, pictogram(pictograms.minus));
  const home = h('button', { type: 'button', class: 'map-button', onclick: () => view.home() }, pictogram(pictograms.home));
  const locate = h('button', { type: 'button', class: 'map-button locate', onclick: () => findMe(context, locate) }, pictogram(pictograms.locate));
  const words = () => {
    const say = speaker(context.store);
    for (const [button, word] of [[zoomIn, 'zoomIn'], [zoomOut, 'zoomOut'], [home, 'home'], [locate, 'locate']] as const) {
      button.setAttribute('aria-label', say(word));
      button.title = say(word);
    }
  };
  words();
  return [h('div', { class: 'controls' }, locate, home, h('div', { class: 'pair' }, zoomIn, zoomOut)), words];
}

/** Asks the device where it is. The answer stays on this page. */
function findMe(context: Context, button: HTMLElement): void {
  const say = speaker(context.store);
  if (!navigator.geolocation) {
    context.announce(say('locateFailed'), true);
    return;
  }
  button.setAttribute('aria-busy', 'true');
  context.announce(say('locating'), true);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.removeAttribute('aria-busy');
      context.view.showPosition({ lon: coords.longitude, lat: coords.latitude }, coords.accuracy);
      context.announce(say('located', { metres: Math.round(coords.accuracy) }), true);
    },
    (error) => {
      button.removeAttribute('aria-busy');
      context.announce(say(error.code === error.PERMISSION_DENIED ? 'locateDenied' : 'locateFailed'), true);
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}
