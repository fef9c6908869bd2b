// Where things are: points of marks from their table of attributes, points of
// villages from the tiles that were drawn. Lists, labels and flights use it.

import type { Row } from './csv';
import { placeOf, type Place } from './mercator';
import type { TileAddress } from './mercator';
import type { TileLayers } from './tile-source';

interface Known extends Place {
  /** How well it is known: the zoom of the tile it was read from. */
  readonly zoom: number;
}

export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** A point written for labels is better than the middle of a clipped polygon. */
const labelBonus = 100;

export class Places {
  private readonly known = new Map<string, Map<string, Known>>();
  private read = new WeakSet<object>();

  /** Learns where villages are from a tile; a deeper tile knows better. */
  learn(address: TileAddress, layers: TileLayers): void {
    for (const [name, bonus] of [['villages', 0], ['villages_label', labelBonus]] as const) {
      const layer = layers.get(name);
      if (!layer || this.read.has(layer)) continue;
      this.read.add(layer);
      for (const shape of layer) {
        const [minX, minY, maxX, maxY] = shape.bounds;
        this.keep('villages', shape.id, { ...placeOf(address, (minX + maxX) / 2, (minY + maxY) / 2), zoom: address.z + bonus });
      }
    }
  }

  /** Learns where a collection's points are from their lon and lat. */
  learnRows(collection: string, rows: Iterable<Row>): void {
    this.known.delete(collection);
    for (const row of rows) {
      if (!row['lon'] || !row['lat']) continue;
      this.keep(collection, row['id'] ?? '', { lon: Number(row['lon']), lat: Number(row['lat']), zoom: Infinity });
    }
  }

  /** Forgets what the tiles of changed collections said. */
  forget(collections: readonly string[]): void {
    if (!collections.includes('villages') && !collections.includes('villages_label')) return;
    this.known.delete('villages');
    this.read = new WeakSet();
  }

  /** The point of a feature, or undefined. */
  find(collection: string, id: string): Place | undefined {
    return this.known.get(collection)?.get(id);
  }

  /** All points of a collection. */
  all(collection: string): ReadonlyMap<string, Place> {
    return this.known.get(collection) ?? new Map<string, Known>();
  }

  /** Ids of a collection's points inside bounds. */
  within(collection: string, b: Bounds): string[] {
    const found: string[] = [];
    for (const [id, p] of this.all(collection)) {
      if (p.lon >= b.west && p.lon <= b.east && p.lat >= b.south && p.lat <= b.north) found.push(id);
    }
    return found;
  }

  private keep(collection: string, id: string, place: Known): void {
    let points = this.known.get(collection);
    if (!points) this.known.set(collection, (points = new Map()));
    if ((points.get(id)?.zoom ?? -1) < place.zoom) points.set(id, place);
  }
}
