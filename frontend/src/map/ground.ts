// The map as it is first seen: the ground from vector tiles and the marks on it.
// What answers fingers, shows choices and draws other layers comes with MapView.

import { latLngBounds, Map as LeafletMap } from 'leaflet';
import type { Attributes } from '../data/attributes';
import type { View } from '../data/hash';
import type { Bounds, Places } from '../data/places';
import type { TileSource } from '../data/tile-source';
import { tileZooms, zooms } from '../schema/collections';
import { Marks } from './marks';
import { padding, peeking, type Padding } from './measures';
import { paintGround, type GroundStyle } from './paint';
import { PaintQueue } from './paint-queue';
import { VectorGrid, type Painter } from './vector-grid';

export interface GroundOptions {
  readonly source: TileSource;
  readonly attributes: Attributes;
  readonly places: Places;
  readonly style: GroundStyle;
  /** Collections to fetch. */
  readonly wanted: readonly string[];
  readonly view: View | undefined;
  readonly bounds: Bounds;
}

/** Tiles that arrive within so many milliseconds are answered together. */
const together = 60;

/** The same for the first view, that is drawn before its marks if they do not wait longer. */
const atFirst = 600;

export const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Ground {
  readonly map: LeafletMap;
  readonly grid: VectorGrid;
  readonly marks: Marks;
  /** Called when the view came to rest or data of it arrived. */
  onData: () => void = () => {};
  /** How much of the map the page covers on each side, in pixels. */
  padding: () => Padding = () => padding(peeking);
  private waiting = 0;
  private stands = false;

  constructor(element: HTMLElement, private readonly options: GroundOptions) {
    const animate = !still.matches;
    this.map = new LeafletMap(element, {
      minZoom: zooms.min, maxZoom: zooms.max, zoomSnap: 1, zoomControl: false, attributionControl: false,
      fadeAnimation: false, zoomAnimation: animate, inertia: animate, markerZoomAnimation: animate,
      maxBoundsViscosity: 0.7, worldCopyJump: false,
    });
    this.grid = new VectorGrid(options.source, { paint: painter(options.style), wanted: options.wanted, maxZoom: tileZooms.max, className: 'ground' });
    this.marks = new Marks(this.grid, options.places, options.attributes, options.style);
    if (options.view) this.map.setView([options.view.lat, options.view.lon], options.view.zoom);
    else this.home(false);
    this.grid.onData = () => {
      this.waiting ||= window.setTimeout(() => this.dataArrived(), this.stands ? together : atFirst);
    };
    this.grid.once('load', () => {
      this.stands = PaintQueue.of(this.map).paced = true;
      this.map.setMaxBounds(corners(options.bounds).pad(1.2));
      this.dataArrived();
    });
    this.grid.addTo(this.map);
    this.marks.addTo(this.map);
    this.map.on('moveend', () => this.dataArrived());
  }

  /** Draws in another style; wanted are the collections to have. */
  restyle(style: GroundStyle, wanted: readonly string[]): void {
    this.grid.restyle(painter(style), wanted);
    this.marks.restyle(style);
  }

  /** Shows the whole region. */
  home(animate = true): void {
    this.map.fitBounds(corners(this.options.bounds), { animate: animate && !still.matches, ...this.padding() });
  }

  private dataArrived(): void {
    clearTimeout(this.waiting);
    this.waiting = 0;
    for (const { address, layers } of this.grid.visible()) this.options.places.learn(address, layers);
    this.marks.redraw();
    this.onData();
  }
}

const painter = (style: GroundStyle): Painter => (context, tile, window) => paintGround(context, tile, window, style);

export const corners = (b: Bounds) => latLngBounds([b.south, b.west], [b.north, b.east]);
