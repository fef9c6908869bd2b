// Vector tiles on the map: a Leaflet grid of 256-pixel canvases that show quarters
// of 512-pixel data tiles. A canvas is drawn at once from whatever ancestor is at
// hand, and again when its own tile arrives; each drawing is a task of its own.

import { GridLayer, type Coords, type DoneCallback, type Map as LeafletMap } from 'leaflet';
import { tileSize } from '../data/geometry';
import { carriedAt } from '../data/tile-url';
import type { TileAddress } from '../data/mercator';
import type { Ticket, TileLayers, TileSource } from '../data/tile-source';
import type { Window } from './paint';
import { PaintQueue } from './paint-queue';
import { pixelRatio } from './pixels';

const canvasSize = 256;

interface Cell {
  readonly canvas: HTMLCanvasElement;
  readonly coords: Coords;
  readonly address: TileAddress;
  ticket: Ticket | undefined;
  /** Tells Leaflet, once, that the canvas shows something. */
  drawn: (() => void) | undefined;
}

/** Draws a window of a tile onto a canvas, clearing it first. */
export type Painter = (context: CanvasRenderingContext2D, tile: TileLayers, window: Window) => void;

export interface GridOptions {
  readonly paint: Painter;
  /** Collections to fetch. */
  readonly wanted: readonly string[];
  /** Greatest zoom of the data tiles; beyond it they are enlarged. */
  readonly maxZoom: number;
  readonly className: string;
}

/** The data tile that a canvas at grid coordinates shows a part of. */
function addressOf(coords: { x: number; y: number; z: number }, maxZoom: number): TileAddress {
  const z = Math.max(0, Math.min(maxZoom, coords.z - 1));
  const shift = 2 ** (coords.z - z);
  return { z, x: Math.floor(coords.x / shift), y: Math.floor(coords.y / shift) };
}

export class VectorGrid extends GridLayer {
  private readonly cells = new Map<HTMLElement, Cell>();
  private queue!: PaintQueue; // of the map it is on
  private readonly ratio = pixelRatio();
  private wanted: readonly string[];
  private painter: Painter;
  /** Called after the data of a canvas arrived or were found missing. */
  onData: () => void = () => {};

  constructor(private readonly source: TileSource, private readonly how: GridOptions) {
    super({ tileSize: canvasSize, keepBuffer: 1, updateWhenIdle: matchMedia('(pointer: coarse)').matches, updateWhenZooming: false, minZoom: 0, maxZoom: 22, className: how.className });
    this.painter = how.paint;
    this.wanted = how.wanted;
    this.on('tileunload', (event) => this.unload((event as unknown as { tile: HTMLElement }).tile));
  }

  override onAdd(map: LeafletMap): this {
    this.queue = PaintQueue.of(map);
    return super.onAdd(map);
  }

  /** Draws everything anew in another style, fetching only what is missing. */
  restyle(paint: Painter, wanted: readonly string[]): void {
    this.painter = paint;
    this.wanted = wanted;
    this.refresh();
  }

  /** Asks again for what the source lacks, and draws what is at hand. */
  refresh(): void {
    for (const cell of this.cells.values()) {
      const before = cell.ticket;
      this.paintSoon(cell);
      void this.fetchFor(cell).catch(() => undefined);
      before?.release();
    }
  }

  /** The data tiles under the current zoom's canvases that touch the window. */
  visible(): { address: TileAddress; layers: TileLayers }[] {
    const found = new Map<string, { address: TileAddress; layers: TileLayers }>();
    const zoom = Math.round(this._map.getZoom());
    for (const cell of this.cells.values()) {
      if (cell.coords.z !== zoom) continue;
      const at = this.nearest(cell.address);
      if (at) found.set(`${at.address.z}/${at.address.x}/${at.address.y}`, at);
    }
    return [...found.values()];
  }

  /** The values of a property that occur in a collection's tiles in view. */
  seen(collection: string, property: string): Set<string> {
    const values = new Set<string>();
    for (const { layers } of this.visible()) {
      for (const shape of layers.get(collection) ?? []) values.add(String(shape.properties[property] ?? ''));
    }
    return values;
  }

  override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = canvasSize * this.ratio;
    const cell: Cell = { canvas, coords, address: addressOf(coords, this.how.maxZoom), ticket: undefined, drawn: () => done(undefined, canvas) };
    this.cells.set(canvas, cell);
    this.paintSoon(cell);
    this.fetchFor(cell).catch((error: unknown) => {
      if (this.cells.has(canvas) && cell.drawn && !this.nearest(cell.address)) done(error as Error, canvas);
    });
    return canvas;
  }

  private async fetchFor(cell: Cell): Promise<void> {
    const wanted = carriedAt(cell.address.z, this.wanted);
    const ticket = (cell.ticket = this.source.request(cell.address, wanted));
    await ticket.ready;
    if (cell.ticket !== ticket) return;
    this.paintSoon(cell, true);
    this.onData();
  }

  private unload(canvas: HTMLElement): void {
    const cell = this.cells.get(canvas);
    if (!cell) return;
    this.cells.delete(canvas);
    this.queue.drop(canvas);
    cell.ticket?.release();
    cell.ticket = undefined;
    cell.canvas.width = cell.canvas.height = 0;
  }

  private paintSoon(cell: Cell, settled = false): void {
    this.queue.add(cell.canvas, () => this.paint(cell, settled));
  }

  /** Draws what is at hand; a settled canvas is done even when that is nothing. */
  private paint(cell: Cell, settled: boolean): void {
    if (!this.cells.has(cell.canvas)) return;
    const context = cell.canvas.getContext('2d');
    const at = this.nearest(cell.address);
    if (context && at) this.painter(context, at.layers, this.windowOf(cell.coords, at.address));
    else if (!settled) return;
    cell.drawn?.();
    cell.drawn = undefined;
  }

  private windowOf(coords: Coords, address: TileAddress): Window {
    const shift = 2 ** (coords.z - address.z);
    const width = tileSize / shift;
    return {
      x: (coords.x - address.x * shift) * width,
      y: (coords.y - address.y * shift) * width,
      scale: (canvasSize * this.ratio) / width,
      ratio: this.ratio,
      zoom: coords.z,
    };
  }

  /** The tile itself, or the closest ancestor at hand. */
  private nearest(address: TileAddress): { address: TileAddress; layers: TileLayers } | undefined {
    for (let { z, x, y } = address; z >= 0; z--, x >>= 1, y >>= 1) {
      const layers = this.source.get({ z, x, y });
      if (layers) return { address: { z, x, y }, layers };
    }
    return undefined;
  }
}
