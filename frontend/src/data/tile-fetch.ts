// Where tiles come from: the server, or a static archive that the operator named
// with the server behind it.

import { decode, type DecodedLayer } from './decode';
import type { PMTiles } from './pmtiles';
import { RequestError } from './api';
import type { TileAddress } from './mercator';

/** Gets collections of a tile; those without features may be absent. */
export type TileFetch = (address: TileAddress, collections: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, DecodedLayer>>;
export type TileURL = (address: TileAddress, collections: readonly string[]) => string;

/** Asks a server for the tile at an address; a missing one is empty. early are answers
 * to come that were asked for already; each is taken once. */
export function fromServer(url: TileURL, early: Map<string, Promise<Response>> = new Map()): TileFetch {
  return async (address, collections, signal) => {
    const path = url(address, collections);
    const asked = early.get(path)?.catch(() => undefined);
    early.delete(path);
    const response = (await asked) ?? await fetch(path, { signal });
    if (response.status === 204 || response.status === 404) return new Map();
    if (!response.ok) throw new RequestError(response.status, path);
    return decode(await response.arrayBuffer());
  };
}

/** Puts something before a server. */
export type Before = (server: TileFetch) => TileFetch;

/** Puts a PMTiles archive before a server. What it does not have, deeper zooms and
 * other collections, the server is asked for; so is everything from the first
 * failure of the archive on, of which failed() is told. */
export function archiveBefore(url: string, failed: (error: unknown) => void): Before {
  let archive: Promise<PMTiles> | undefined;
  let works = true;
  const read = async (server: TileFetch, ...[address, collections, signal]: Parameters<TileFetch>) => {
    const opened = await (archive ??= import('./pmtiles').then(({ openPMTiles }) => openPMTiles(url)));
    const has = (collection: string) => address.z <= opened.maxZoom && opened.layers.has(collection);
    const others = collections.filter((c) => !has(c));
    const [bytes, rest] = await Promise.all([
      others.length < collections.length ? opened.tile(address, signal) : undefined,
      others.length > 0 ? server(address, others, signal) : [],
    ]);
    return new Map([...(bytes ? decode(bytes, collections.filter(has)) : []), ...rest]);
  };
  return (server) => async (address, collections, signal) => {
    if (works) {
      try {
        return await read(server, address, collections, signal);
      } catch (error) {
        if (signal.aborted || error instanceof RequestError) throw error;
        if (works) failed(error);
        works = false;
      }
    }
    return server(address, collections, signal);
  };
}
