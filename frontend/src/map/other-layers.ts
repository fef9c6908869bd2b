// Layers that the schema does not know, each on a grid of its own above the
// ground: pictures as they are, vector tiles in a plain style by type of
// geometry.

import type { LatLng, Map as LeafletMap } from 'leaflet';
import { TileLayer } from 'leaflet/pictures';
import type { OtherLayer } from '../data/app-info';
import { contains, distance, type Shape } from '../data/geometry';
import { fromServer, type Before, type TileFetch } from '../data/tile-fetch';
import { TileSource } from '../data/tile-source';
import { otherColour } from '../schema/others';
import { paintOther, pointRadius } from './other-paint';
import { tilesUnder, type Hit } from './pick';
import { VectorGrid, type Painter } from './vector-grid';

interface Shown {
  readonly other: OtherLayer;
  readonly layer: VectorGrid | TileLayer;
}

export class OtherLayers {
  private readonly shown = new Map<string, Shown>();
  /** Called after data of a layer arrived. */
  onData: () => void = () => {};

  private readonly failing = new Set<string>();

  /** before stands before the server for collections; failed is told when tiles of a layer cannot be had, once until one can. */
  constructor(private readonly map: LeafletMap, private readonly before: Before, private readonly failed: (other: OtherLayer) => void) {}

  /** Draws these layers and no others; those whose tiles have a new address are drawn anew. */
  show(wanted: readonly OtherLayer[], night: boolean): void {
    for (const [id, { other, layer }] of this.shown) {
      if (wanted.some((w) => w.id === id && w.tiles === other.tiles)) continue;
      layer.remove();
      this.shown.delete(id);
    }
    for (const other of wanted) {
      const style = otherColour(other.order, night);
      const layer = this.shown.get(other.id)?.layer;
      if (layer instanceof VectorGrid) layer.restyle(this.painter(other, style), [other.id]);
      if (!layer) this.shown.set(other.id, { other, layer: (other.raster ? pictures(other) : this.grid(other, style)).setZIndex(2 + other.order).addTo(this.map) });
    }
  }

  /** Draws the layers of now in other colours. */
  restyle(night: boolean): void {
    this.show([...this.shown.values()].map(({ other }) => other), night);
  }

  /** Asks again for what is missing. */
  refresh(): void {
    for (const { layer } of this.shown.values()) if (layer instanceof VectorGrid) layer.refresh();
  }

  /** The grid that draws a layer, or undefined. */
  gridOf(id: string): VectorGrid | undefined {
    const layer = this.shown.get(id)?.layer;
    return layer instanceof VectorGrid ? layer : undefined;
  }

  /** What lies under a place: points, then lines, then areas, of the topmost layer first. */
  pick(place: LatLng, tolerance: number): Hit[] {
    const hits: Hit[] = [];
    for (const { other, layer } of [...this.shown.values()].sort((a, b) => b.other.order - a.other.order)) {
      if (!(layer instanceof VectorGrid)) continue;
      const found = new Map<string, { shape: Shape; rank: number }>();
      for (const { layers, x, y, near } of tilesUnder(this.map, layer, place, tolerance)) {
        for (const shape of layers.get(other.id) ?? []) {
          const rank = ranks.indexOf(shape.type);
          const reach = shape.type === 'point' ? near * (1 + pointRadius / tolerance) : near;
          if (shape.type === 'area' ? contains(shape, x, y) : distance(shape, x, y) <= reach) found.set(shape.id || `${found.size}`, { shape, rank });
        }
      }
      const sorted = [...found.values()].sort((a, b) => a.rank - b.rank);
      hits.push(...sorted.map(({ shape }) => ({ collection: other.id, id: shape.id, properties: shape.properties, layer: other.title })));
    }
    return hits;
  }

  private grid(other: OtherLayer, colour: string): VectorGrid {
    const server = fromServer(address(other));
    const source = new TileSource(whole(other, other.collection ? this.before(server) : server), 60);
    source.onAnswer = (ok) => {
      if (ok) this.failing.delete(other.id);
      else if (!this.failing.has(other.id)) {
        this.failing.add(other.id);
        this.failed(other);
      }
    };
    const grid = new VectorGrid(source, { paint: this.painter(other, colour), wanted: [other.id], maxZoom: other.maxZoom, className: 'other' });
    grid.onData = () => this.onData();
    return grid;
  }

  private painter(other: OtherLayer, colour: string): Painter {
    return (context, tile, window) => paintOther(context, tile.get(other.id) ?? [], window, colour);
  }
}

const ranks: readonly string[] = ['point', 'line', 'area'];

const address = ({ tiles }: OtherLayer) => ({ z, x, y }: { z: number; x: number; y: number }) => tiles.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));

const pictures = (other: OtherLayer) => new TileLayer(other.tiles, { maxNativeZoom: other.maxZoom, minZoom: other.minZoom, maxZoom: 22, className: 'other' });

/** All layers of a tile as one, named after the source; ids of layers with other names begin with theirs. */
function whole(other: OtherLayer, fetch: TileFetch): TileFetch {
  return async (at, collections, signal) => {
    if (at.z < other.minZoom) return new Map();
    const shapes: Shape[] = [];
    for (const [name, layer] of await fetch(at, collections, signal)) {
      shapes.push(...(name === other.id ? layer : layer.map((shape) => ({ ...shape, id: shape.id && `${name}/${shape.id}` }))));
    }
    return new Map([[other.id, shapes]]);
  };
}
