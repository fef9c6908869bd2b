// The saved areas while the page runs: opened once each, asked for tiles, places
// and roads. What they answer says how old it is.

import type { Feature } from '../data/api';
import { decode } from '../data/decode';
import { openPMTiles, type PMTiles } from '../data/pmtiles';
import type { TileAddress } from '../data/mercator';
import { readPack, readPlaces, unzip, type Pack, type PlacesOf } from './pack';
import { readRoads, type Graph } from './roads';
import { savedAreas, type SavedArea } from './store';
import { Finder } from './find';
import { childOf } from './overzoom';
import type { DecodedLayer } from '../data/decode';

interface Opened {
  readonly area: SavedArea;
  readonly pack: Pack;
  tiles?: Promise<PMTiles>;
  places?: Promise<PlacesOf>;
  roads?: Promise<Graph | undefined>;
}

export class Saved {
  private all: Promise<Opened[]> = this.open();
  private finder: Promise<Finder> | undefined;

  /** Forgets what was opened: areas came or went. */
  reload(): void {
    this.all = this.open();
    this.finder = undefined;
  }

  private async open(): Promise<Opened[]> {
    return (await savedAreas()).map((area) => ({ area, pack: readPack(area.bytes) }));
  }

  /** A tile from the area saved last that covers it; deeper zooms are enlarged. With a
   * snapshot, only areas of that state of the data. */
  async tile(address: TileAddress, collections: readonly string[], snapshot?: string): Promise<{ layers: Map<string, DecodedLayer>; area: SavedArea } | undefined> {
    for (const one of await this.all) {
      if ((snapshot !== undefined && one.area.snapshot !== snapshot) || !covers(one.area.box, address)) continue;
      const archive = await (one.tiles ??= openPMTiles('', (offset, length) => Promise.resolve(one.pack.part('tiles').slice(offset, offset + length))));
      const down = Math.max(0, address.z - one.area.zooms[1]);
      const from = { z: address.z - down, x: address.x >> down, y: address.y >> down };
      const bytes = await archive.tile(from, new AbortController().signal);
      const layers = bytes ? decode(bytes, collections) : new Map<string, DecodedLayer>();
      return { layers: down > 0 ? childOf(layers, address, down) : layers, area: one.area };
    }
    return undefined;
  }

  /** All features of a collection in saved areas; of two of one id the one
   * saved last. saved is the day of the oldest. */
  async features(collection: string): Promise<{ features: Feature[]; saved: string }> {
    const found = new Map<string, Feature>();
    let saved = '';
    for (const one of await this.all) {
      for (const f of (await (one.places ??= readPlaces(one.pack)))[collection] ?? []) {
        if (found.has(String(f.id))) continue;
        found.set(String(f.id), f);
        saved = one.area.saved; // the areas come newest first
      }
    }
    return { features: [...found.values()], saved };
  }

  find(): Promise<Finder> {
    return (this.finder ??= (async () => new Finder(await Promise.all((await this.all).map((one) => (one.places ??= readPlaces(one.pack))))))());
  }

  /** The roads of the area saved last that holds all of the places. */
  async roads(places: readonly (readonly [number, number])[]): Promise<{ graph: Graph; area: SavedArea } | undefined> {
    for (const one of await this.all) {
      const [west, south, east, north] = one.area.box;
      if (!places.every(([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north)) continue;
      one.roads ??= (async () => {
        const bytes = one.pack.part('roads');
        return bytes.byteLength > 0 ? readRoads(new Uint8Array(await unzip(bytes))) : undefined;
      })();
      const graph = await one.roads;
      if (graph) return { graph, area: one.area };
    }
    return undefined;
  }
}

/** Whether a tile touches a box. */
function covers([west, south, east, north]: readonly [number, number, number, number], { z, x, y }: TileAddress): boolean {
  const n = 2 ** z;
  const lat = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / n))) * 180) / Math.PI;
  return (x / n) * 360 - 180 < east && ((x + 1) / n) * 360 - 180 > west && lat(y) > south && lat(y + 1) < north;
}
