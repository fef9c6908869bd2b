// A canvas over the whole view and a margin around it, that moves with the map
// and is drawn anew when the map has come to rest.

import { Bounds, DomUtil, Layer, type LatLng, type Map as LeafletMap, type Point, type ZoomAnimEvent } from 'leaflet';
import { PaintQueue } from './paint-queue';
import { pixelRatio } from './pixels';

/** How far the canvas reaches beyond the view, as a part of its size. */
const margin = 0.12;

export abstract class ViewportCanvas extends Layer {
  private readonly canvas = document.createElement('canvas');
  private readonly ratio = pixelRatio();
  private center: LatLng | undefined;
  private zoom = 0;
  /** The part of the world the canvas covers, in layer points. */
  protected bounds = new Bounds([0, 0], [0, 0]);

  /** below puts it under the canvases that are there. */
  constructor(private readonly name: string, private readonly below = false) {
    super({ pane: 'overlayPane' });
    this.canvas.className = `leaflet-zoom-animated ${name}`;
    this.canvas.setAttribute('aria-hidden', 'true');
  }

  override onAdd(map: LeafletMap): this {
    this.getPane()?.[this.below ? 'prepend' : 'append'](this.canvas);
    this.canvas.dataset['layer'] = this.name;
    map.on('moveend resize viewreset', this.redraw, this);
    map.on('zoomanim', this.animate, this);
    map.on('zoom', this.follow, this);
    this.redraw();
    return this;
  }

  override onRemove(map: LeafletMap): this {
    map.off('moveend resize viewreset', this.redraw, this);
    map.off('zoomanim', this.animate, this);
    map.off('zoom', this.follow, this);
    PaintQueue.of(map).drop(this);
    this.canvas.remove();
    return this;
  }

  /** Draws anew soon, and once however often it is called. */
  redraw(): void {
    const map = this._map as LeafletMap | undefined;
    if (!map || (this.blank && this.canvas.width === 0)) return;
    PaintQueue.of(map).add(this, () => this.update(), true);
  }

  /** Whether there is nothing to draw now: then the canvas takes no memory. */
  protected get blank(): boolean {
    return false;
  }

  /** Draws; the context's unit is a pixel of the page, its origin the layer point bounds.min. */
  protected abstract draw(context: CanvasRenderingContext2D, map: LeafletMap): void;

  private update(): void {
    const map = this._map as LeafletMap | undefined;
    if (!map || (map as unknown as { _animatingZoom?: boolean })._animatingZoom) return;
    this.canvas.hidden = this.blank;
    if (this.blank) {
      this.canvas.width = this.canvas.height = 0;
      return;
    }
    const size = map.getSize();
    const min = map.containerPointToLayerPoint(size.multiplyBy(-margin)).round();
    this.bounds = new Bounds(min, min.add(size.multiplyBy(1 + 2 * margin)).round());
    const extent = this.bounds.getSize();
    this.center = map.getCenter();
    this.zoom = map.getZoom();
    const [width, height] = [Math.round(extent.x * this.ratio), Math.round(extent.y * this.ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      [this.canvas.width, this.canvas.height] = [width, height];
      this.canvas.style.width = extent.x + 'px';
      this.canvas.style.height = extent.y + 'px';
    }
    DomUtil.setTransform(this.canvas, min, 1);
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(this.ratio, 0, 0, this.ratio, -min.x * this.ratio, -min.y * this.ratio);
    this.draw(context, map);
  }

  private animate(event: ZoomAnimEvent): void {
    this.transform(event.center, event.zoom);
  }

  private follow(): void {
    this.transform(this._map.getCenter(), this._map.getZoom());
  }

  /** Puts the drawing where it belongs at another centre and zoom. */
  private transform(center: LatLng, zoom: number): void {
    if (!this.center) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.zoom);
    const half = map.getSize().multiplyBy(0.5 + margin);
    const from: Point = map.project(this.center, zoom);
    const offset = half.multiplyBy(-scale).add(from).subtract(
      (map as unknown as { _getNewPixelOrigin(c: LatLng, z: number): Point })._getNewPixelOrigin(center, zoom));
    DomUtil.setTransform(this.canvas, offset, scale);
  }
}
