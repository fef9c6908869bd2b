// Tiles by address and collection: fetched once, kept decoded, forgotten when
// long unused or when their collection changed. One request carries all the
// collections that an address lacks; requests for the same are shared; a
// request that nobody waits for any more is aborted.

import type { DecodedLayer } from './decode';
import type { TileAddress } from './mercator';
import type { TileFetch } from './tile-fetch';

/** What is known of one tile now: a collection without features is an empty list. */
export type TileLayers = ReadonlyMap<string, DecodedLayer>;

/** A wish for a tile; release it when the tile is no longer wanted. */
export interface Ticket {
  readonly ready: Promise<void>;
  release(): void;
}

interface Entry {
  readonly layers: Map<string, DecodedLayer>;
  readonly stale: Set<string>;
  readonly loads: Set<Load>;
}

interface Load {
  readonly collections: readonly string[];
  readonly done: Promise<void>;
  readonly abort: AbortController;
  waiting: number;
}

export const keyOf = (a: TileAddress): string => `${a.z}/${a.x}/${a.y}`;

export class TileSource {
  private readonly entries = new Map<string, Entry>();
  /** Called with true when a tile arrived, with false when the server failed. */
  onAnswer: (ok: boolean) => void = () => {};

  constructor(private readonly from: TileFetch, private readonly limit = 160) {}

  /** What is at hand for an address, or undefined. */
  get(address: TileAddress): TileLayers | undefined {
    const key = keyOf(address);
    const entry = this.entries.get(key);
    if (!entry || entry.layers.size === 0) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.layers;
  }

  /** Asks for collections of a tile; ready settles once all of them are at hand. */
  request(address: TileAddress, collections: readonly string[]): Ticket {
    const entry = this.entry(address);
    const loads: Load[] = [];
    let missing = collections.filter((c) => !entry.layers.has(c) || entry.stale.has(c));
    for (const load of entry.loads) {
      if (!missing.some((c) => load.collections.includes(c))) continue;
      loads.push(load);
      missing = missing.filter((c) => !load.collections.includes(c));
    }
    if (missing.length > 0) loads.push(this.load(address, entry, missing));
    for (const load of loads) load.waiting++;
    let released = false;
    return {
      ready: Promise.all(loads.map((load) => load.done)).then(() => undefined),
      release: () => {
        if (released) return;
        released = true;
        for (const load of loads) if (--load.waiting === 0) load.abort.abort();
      },
    };
  }

  /** Marks collections as changed: still drawn, but fetched anew when asked for. */
  refresh(collections: readonly string[]): void {
    for (const entry of this.entries.values()) {
      for (const c of collections) if (entry.layers.has(c)) entry.stale.add(c);
      for (const load of entry.loads) if (load.collections.some((c) => collections.includes(c))) entry.loads.delete(load);
    }
  }

  private entry(address: TileAddress): Entry {
    const key = keyOf(address);
    let entry = this.entries.get(key);
    if (entry) {
      this.entries.delete(key);
    } else {
      entry = { layers: new Map(), stale: new Set(), loads: new Set() };
    }
    this.entries.set(key, entry);
    if (this.entries.size > this.limit) {
      const oldest = this.entries.keys().next().value;
      if (oldest !== undefined) this.entries.delete(oldest);
    }
    return entry;
  }

  private load(address: TileAddress, entry: Entry, collections: readonly string[]): Load {
    const abort = new AbortController();
    const load: Load = {
      collections,
      abort,
      waiting: 0,
      done: this.fetch(address, collections, abort.signal).then((layers) => {
        const current = entry.loads.delete(load);
        for (const c of collections) {
          if (!current && entry.layers.has(c) && !entry.stale.has(c)) continue;
          entry.layers.set(c, layers.get(c) ?? []);
          if (current) entry.stale.delete(c);
        }
      }, (error: unknown) => {
        entry.loads.delete(load);
        throw error;
      }),
    };
    load.done.catch(() => undefined);
    entry.loads.add(load);
    return load;
  }

  private async fetch(address: TileAddress, collections: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, DecodedLayer>> {
    try {
      const layers = await this.from(address, collections, signal);
      this.onAnswer(true);
      return layers;
    } catch (error) {
      if (!signal.aborted) this.onAnswer(false);
      throw error;
    }
  }
}
