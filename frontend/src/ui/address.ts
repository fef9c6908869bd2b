// Keeps the address and the state equal: the view, layers, filter, selection and
// language are in the link at any moment, and a changed link changes them.

import { readHash, writeHash } from '../data/hash';
import type { Store } from '../data/state';
import type { MapView } from '../map/map-view';
import { initialLayers } from '../schema/collections';

/** How long the map must rest before its view is written, in ms. */
const rest = 200;

/** began is the address that the state was read from. */
export function syncAddress(store: Store, view: MapView, began: string): void {
  let written = began;
  const write = () => {
    if (location.hash !== written) return; // a link was followed, and is about to be obeyed
    const { layers, technology, operator, selection, language, desk, task } = store.state;
    written = writeHash({ view: view.view(), layers: [...layers], technology, operator, language, desk, task, ...(selection ? { selection } : {}) });
    history.replaceState(null, '', written);
    written = location.hash;
  };
  // Writing costs a phone tens of ms: a moving map does not wait for it.
  let timer = 0;
  view.map.on('moveend', () => {
    clearTimeout(timer);
    timer = window.setTimeout(write, rest);
  });
  store.listen(write);
  const follow = () => {
    if (location.hash === written) return;
    written = location.hash;
    const a = readHash(location.hash);
    if (a.view) view.map.setView([a.view.lat, a.view.lon], a.view.zoom);
    store.set({
      layers: new Set(a.layers ?? initialLayers), technology: a.technology ?? '', operator: a.operator ?? '',
      selection: a.selection, language: a.language ?? 'id', desk: a.desk ?? '', task: a.task ?? '',
    });
  };
  addEventListener('hashchange', follow);
  follow();
}
