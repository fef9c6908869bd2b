// The map as it is used: gestures turned into questions and answers, what is chosen,
// and other layers over the ground. It knows the state only through what it is told.

import type { LatLng, LeafletMouseEvent } from 'leaflet';
import type { OtherLayer } from '../data/app-info';
import type { Selection, View } from '../data/hash';
import type { Place } from '../data/mercator';
import type { Bounds, Places } from '../data/places';
import type { Shape } from '../data/geometry';
import type { Before } from '../data/tile-fetch';
import { corners, still, type Ground } from './ground';
import { Highlight, type FindShapes } from './highlight';
import { OtherLayers } from './other-layers';
import type { GroundStyle } from './paint';
import { pick, type Hit } from './pick';
import { Position } from './position';
import { collectionById } from '../schema/collections';

export interface MapEvents {
  /** The view came to rest, or data of it arrived. */
  onSettle(): void;
  onClick(hits: Hit[], place: Place): void;
  /** Tiles of another layer cannot be had. */
  onLayerFailed(other: OtherLayer): void;
  /** What the mouse is over and where on the page; undefined when over nothing. */
  onHover(hit: Hit | undefined, x: number, y: number): void;
}

export interface MapOptions {
  /** Stands before the server for other collections. */
  readonly before: Before;
  readonly places: Places;
  readonly style: GroundStyle;
  readonly events: MapEvents;
}

export class MapView {
  private readonly highlight: Highlight;
  private readonly position = new Position();
  private readonly others: OtherLayers;
  private style: GroundStyle;

  constructor(private readonly ground: Ground, private readonly options: MapOptions) {
    this.style = options.style;
    this.highlight = new Highlight((what) => this.shapesOf(what), options.places, options.style.palette);
    this.others = new OtherLayers(this.map, options.before, options.events.onLayerFailed);
    this.others.onData = () => this.highlight.redraw();
    this.highlight.addTo(this.map);
    this.position.addTo(this.map);
    ground.onData = () => {
      this.highlight.redraw();
      options.events.onSettle();
    };
    this.listen(this.map.getContainer());
  }

  get map() {
    return this.ground.map;
  }

  get grid() {
    return this.ground.grid;
  }

  /** Draws in another style; wanted are the collections to have. */
  restyle(style: GroundStyle, wanted: readonly string[]): void {
    this.style = style;
    this.ground.restyle(style, wanted);
    this.others.restyle(style.night);
    this.highlight.restyle(style.palette);
  }

  /** Draws these of the layers without a style of their own. */
  showOthers(shown: readonly OtherLayer[]): void {
    this.others.show(shown, this.style.night);
  }

  /** What the tiles in view say of a feature of another layer, once they have arrived. */
  async propertiesOf(what: Selection): Promise<Shape['properties'] | undefined> {
    const grid = this.others.gridOf(what.collection);
    if (grid?.isLoading()) await new Promise((done) => grid.once('load', done));
    return grid && this.shapesOf(what)[0]?.shapes[0]?.properties;
  }

  /** Fetches again what was marked as changed. */
  refresh(): void {
    this.grid.refresh();
    this.others.refresh();
    this.ground.marks.redraw();
  }

  select(selection: Selection | undefined): void {
    this.highlight.select(selection);
  }

  hover(selection: Selection | undefined): void {
    this.highlight.hover(selection);
  }

  /** Shows the whole region. */
  home(): void {
    this.ground.home();
  }

  /** Brings a place into the free part of the view, zooming in to at least a zoom. */
  goTo(place: Place, zoom: number): void {
    const target = Math.max(zoom, this.map.getZoom());
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = this.ground.padding();
    const shifted = this.map.project([place.lat, place.lon], target).add([(right - left) / 2, (bottom - top) / 2]);
    this.map.setView(this.map.unproject(shifted, target), target, { animate: !still.matches });
  }

  /** Moves the map if the page covers a place. */
  reveal(place: Place): void {
    const at = this.map.latLngToContainerPoint([place.lat, place.lon]);
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = this.ground.padding();
    const size = this.map.getSize();
    if (at.x < left || at.y < top || at.x > size.x - right || at.y > size.y - bottom) this.goTo(place, 0);
  }

  fit(b: Bounds): void {
    this.map.fitBounds(corners(b), { animate: !still.matches, maxZoom: 14, ...this.ground.padding() });
  }

  showPosition(place: Place, metres: number): void {
    this.position.show(place, metres);
    this.goTo(place, 13);
  }

  /** Brings a place that is no feature into view, with a ring around it. */
  showPlace(place: Place): void {
    this.position.show(place, 0);
    this.goTo(place, 14);
  }

  view(): View {
    const center = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat: center.lat, lon: center.lng };
  }

  bounds(): Bounds {
    const b = this.map.getBounds();
    return { west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth() };
  }

  /** What lies in the middle of the view. */
  pickCentre(): Hit[] {
    return this.pick(this.map.getCenter(), 12);
  }

  /** What lies under a place, most specific first; other layers come before the schema's areas and lines. */
  private pick(place: LatLng, tolerance: number): Hit[] {
    const hits = pick(this.map, this.grid, this.ground.marks, this.style, place, tolerance);
    const marks = hits.filter((hit) => collectionById.get(hit.collection)?.kind === 'mark');
    return [...marks, ...this.others.pick(place, tolerance), ...hits.slice(marks.length)];
  }

  private readonly shapesOf: FindShapes = ({ collection, id }) => {
    const grid = this.others.gridOf(collection) ?? this.grid;
    if (!id) return [];
    return grid.visible().map(({ address, layers }) => ({ address, shapes: (layers.get(collection) ?? []).filter((shape) => shape.id === id) })).filter(({ shapes }) => shapes.length > 0);
  };

  private listen(element: HTMLElement): void {
    this.map.on('click', (event: LeafletMouseEvent) => {
      const coarse = (event.originalEvent as PointerEvent).pointerType === 'touch';
      this.click(event.latlng, coarse ? 18 : 6);
    });
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === element) this.click(this.map.getCenter(), 12);
    });
    let frame = 0;
    element.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'mouse') return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.moved(event, element));
    });
    element.addEventListener('pointerleave', () => {
      cancelAnimationFrame(frame);
      this.highlight.hover(undefined);
      this.options.events.onHover(undefined, 0, 0);
    });
  }

  private click(place: LatLng, tolerance: number): void {
    this.options.events.onClick(this.pick(place, tolerance), { lon: place.lng, lat: place.lat });
  }

  private moved(event: PointerEvent, element: HTMLElement): void {
    const [hit] = event.buttons ? [] : this.pick(this.map.mouseEventToLatLng(event), 5);
    this.highlight.hover(hit);
    element.classList.toggle('pointing', hit !== undefined);
    this.options.events.onHover(hit, event.clientX, event.clientY);
  }
}
