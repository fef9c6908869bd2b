// Joins saved areas to the page: tiles come from them when they are of the data of
// now, or when the server cannot be reached; so do the answers to questions.

import { answerWith } from '../data/api';
import type { Before } from '../data/tile-fetch';
import { anySaved } from './note';
import type { Saved } from './saved';

let opened: Promise<Saved> | undefined;

/** The saved areas, opened once; undefined while there are none. */
export function savedNow(): Promise<Saved> | undefined {
  if (!anySaved()) return undefined;
  return (opened ??= import('./saved').then(({ Saved }) => new Saved()));
}

/** Areas came or went. */
export async function savedChanged(): Promise<void> {
  (await opened)?.reload();
}

/** Lets saved areas answer; served is told the day of what they said. */
export function answerOffline(served: (date: string) => void): void {
  answerWith(async (path) => {
    const saved = await savedNow();
    if (!saved) return undefined;
    const { answerFrom } = await import('./answers');
    return answerFrom(saved, path, served);
  });
}

/** Puts saved areas before the server. snapshot names the data of now. */
export function savedBefore(snapshot: () => string, served: (date: string) => void): Before {
  return (server) => async (address, collections, signal) => {
    const saved = await savedNow()?.catch(() => undefined);
    if (!saved) return server(address, collections, signal);
    const fresh = await saved.tile(address, collections, snapshot()).catch(() => undefined);
    if (fresh) return fresh.layers;
    try {
      return await server(address, collections, signal);
    } catch (error) {
      const old = signal.aborted ? undefined : await saved.tile(address, collections).catch(() => undefined);
      if (!old) throw error;
      served(old.area.saved);
      return old.layers;
    }
  };
}
