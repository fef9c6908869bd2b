// Keeps the address and the state equal: the view, layers, filter, selection and
// language are in the link at any moment, and a changed link changes them.

import { readHash, writeHash } from '../data/hash';
import type { Store } from '../data/state';
import type { MapView } from '../map/map-view';
import { initialLayers } from '../schema/collections';

export function syncAddress(store: Store, view: MapView): void {
  let written = location.hash;
  const write = () => {
    const { layers, technology, operator, selection, language, desk, task } = store.state;
    written = writeHash({ view: view.view(), layers: [...layers], technology, operator, language, desk, task, ...(selection ? { selection } : {}) });
    history.replaceState(null, '', written);
  };
  view.map.on('moveend', write);
  store.listen(write);
  addEventListener('hashchange', () => {
    if (location.hash === written) return;
    const a = readHash(location.hash);
    if (a.view) view.map.setView([a.view.lat, a.view.lon], a.view.zoom);
    store.set({
      layers: new Set(a.layers ?? initialLayers), technology: a.technology ?? '', operator: a.operator ?? '',
      selection: a.selection, language: a.language ?? 'id', desk: a.desk ?? '', task: a.task ?? '',
    });
  });
}
