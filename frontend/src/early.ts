// The first script of the page: asks the server what it has, and for the tiles of the
// first view, before the application has come. On a weak link they come beside its
// script, not after it. The scripts of the page around the map come after both.

import { readAppInfo, type AppInfo } from './data/app-info';
import { firstHash, readHash } from './data/hash';
import { carriedAt, tileURL, wantedOf } from './data/tile-url';
import { firstTiles } from './map/first-tiles';
import { anySaved } from './offline/note';
import { initialLayers } from './schema/collections';
import { mapSize, padding, peeking } from './map/measures';

/** After how many milliseconds the page says that it loads. */
const patience = 300;

export interface Early {
  /** The answer of /api/app.json. */
  readonly info: Promise<Response>;
  /** Answers to come by the address of the tile; each is taken once. */
  readonly tiles: Map<string, Promise<Response>>;
}

function askEarly(): Early {
  const info = fetch('/api/app.json', { headers: { Accept: 'application/json' } });
  const tiles: Early['tiles'] = new Map();
  void info.then((answer) => answer.clone().json()).then((said) => askTiles(readAppInfo(said), tiles)).catch(() => undefined); // the application asks again, and tells
  return { info, tiles };
}

export const early = askEarly();

/** Says that the map is on its way if it does not come soon. A phone takes 200 ms to set its first words: the map does not wait for that. */
setTimeout(() => document.querySelector('.splash')?.removeAttribute('hidden'), patience);

function askTiles(app: AppInfo, tiles: Early['tiles']): void {
  const { view, layers, desk, selection, task } = readHash(firstHash());
  if (desk || selection || task) fetchPage();
  // They may come from elsewhere, or others are wanted. Reading the note takes long: nothing is saved without a worker.
  if (desk || app.archive || (navigator.serviceWorker?.controller && anySaved())) return;
  const url = tileURL(() => app.version);
  const wanted = wantedOf(app, layers ?? initialLayers);
  for (const address of firstTiles(view, app.bounds, mapSize(), padding(peeking))) {
    const path = url(address, carriedAt(address.z, wanted));
    const answer = fetch(path);
    answer.catch(() => undefined);
    tiles.set(path, answer);
  }
}

/** Fetches the scripts of the page around the map, that the page names, without running them. */
export function fetchPage(): void {
  const meta = document.querySelector<HTMLMetaElement>('meta[name=page]');
  for (const href of meta?.content.split(' ') ?? []) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = href;
    meta?.after(link);
  }
}
