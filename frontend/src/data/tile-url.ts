// The address of slim tiles: only the collections that exist at the zoom, only
// the properties that styling needs, an extent fit for a screen.

import { collectionById, extentAt, ground, tileProperties } from '../schema/collections';
import type { AppInfo } from './app-info';
import type { TileURL } from './tile-fetch';

/** Makes tile addresses for the version of the data that version() names at that moment. */
export function tileURL(version: () => string): TileURL {
  return (address, collections) => {
    const properties = new Set(collections.flatMap((id) => tileProperties[id] ?? []));
    const query = `properties=${[...properties].sort().join(',')}&extent=${extentAt(address.z)}&v=${encodeURIComponent(version())}`;
    return `/tiles/${collections.join(',')}/${address.z}/${address.x}/${address.y}.mvt?${query}`;
  };
}

/** The collections that the map needs to show some of what the server has. */
export function wantedOf(app: AppInfo, shown: Iterable<string>): string[] {
  return [...new Set([...ground, 'villages', 'districts', ...shown])].filter((id) => app.collections.has(id) && collectionById.has(id));
}

/** The collections among the wanted ones that tiles of a zoom carry. */
export function carriedAt(zoom: number, wanted: readonly string[]): string[] {
  return wanted.filter((id) => zoom >= (collectionById.get(id)?.minZoom ?? 0));
}
