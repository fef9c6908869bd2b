// The answer on the map: villages or districts in the colour and pattern of
// their class, and cells by their state where they can be told apart.

import type { Map as LeafletMap } from 'leaflet';
import type { DecodedLayer } from '../data/decode';
import type { Shape } from '../data/geometry';
import { fromServer } from '../data/tile-fetch';
import { TileSource } from '../data/tile-source';
import { place } from '../map/paint';
import { pathsOf, trace } from '../map/paths';
import { patternFill } from '../map/patterns';
import { VectorGrid, type Painter } from '../map/vector-grid';
import { classes, classOfState, inLight } from './classes';
import { parametersOf, type Question } from './state';

/** From this zoom of tiles on cells are drawn: a cell is then some pixels wide. */
const cellZoom = 12;
/** Tiles are asked for up to this zoom and enlarged beyond. */
const deepest = 14;

const groupOf = ({ properties }: Shape): string => String(properties['class'] ?? classOfState[String(properties['state'])] ?? '');

export class Choropleth {
  private grid: VectorGrid | undefined;
  private drawn = '';

  /** order is its place among layers above the ground; failed is told when its tiles cannot be had. */
  constructor(private readonly map: LeafletMap, private readonly order: number, private readonly failed: () => void) {}

  /** The element that its canvases lie in. */
  get container(): HTMLElement | null {
    return this.grid?.getContainer() ?? null;
  }

  /** Draws the answer to a question about the data of a version; with changes villages by their codes have other classes, and no cells are drawn. */
  show(question: Question, version: string, night: boolean, changes?: ReadonlyMap<string, string>): void {
    const query = parametersOf(question);
    query.delete('by');
    query.set('v', version.slice(0, 16));
    const shapes = question.by === 'district' ? 'district' : 'village';
    const key = `${shapes}?${query.toString()}${changes ? '#' : ''}`;
    if (key === this.drawn) {
      this.grid?.restyle(painter(night, changes), ['gaps']);
      return;
    }
    const old = this.grid;
    const source = new TileSource(fromServer(({ z, x, y }) => {
      const cells = !changes && z >= cellZoom;
      return `/tiles/gaps/${z}/${x}/${y}.mvt?by=${cells ? 'cell' : shapes}&${query.toString()}${cells ? '' : '&properties=class'}`;
    }), 80);
    source.onAnswer = (ok) => void (ok || this.failed());
    this.drawn = key;
    this.grid = new VectorGrid(source, { paint: painter(night, changes), wanted: ['gaps'], maxZoom: deepest, className: 'desk-gaps' }).setZIndex(this.order);
    this.grid.addTo(this.map);
    if (old) {
      const gone = () => old.remove();
      this.grid.once('load', gone);
      setTimeout(gone, 3000);
    }
  }

  /** Whether cells are drawn at the zoom of now. */
  get cells(): boolean {
    return this.map.getZoom() - 1 >= cellZoom;
  }

  remove(): void {
    this.grid?.remove();
    this.grid = undefined;
    this.drawn = '';
  }
}

const painter = (night: boolean, changes?: ReadonlyMap<string, string>): Painter => (context, tile, window) => {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  const shapes = tile.get('gaps');
  if (!shapes || shapes.length === 0) return;
  place(context, window);
  const paths = changes ? changed(shapes, changes) : pathsOf(shapes, groupOf);
  const cells = shapes[0]!.properties['state'] !== undefined;
  for (const style of classes) {
    const path = paths.get(style.id);
    if (!path) continue;
    const fill = patternFill(context, inLight(style, night), window.ratio);
    if (typeof fill !== 'string') fill.setTransform(new DOMMatrix([1 / window.scale, 0, 0, 1 / window.scale, window.x, window.y]));
    context.fillStyle = fill;
    context.globalAlpha = cells ? 0.62 : 0.85;
    context.fill(path, 'nonzero');
  }
  context.globalAlpha = 1;
  if (cells || window.zoom < 9) return;
  context.strokeStyle = night ? '#10191d' : '#ffffff';
  context.lineWidth = (0.8 * window.ratio) / window.scale;
  for (const path of paths.values()) context.stroke(path);
};

/** The paths of villages by the class that a scenario gives them. */
function changed(shapes: DecodedLayer, changes: ReadonlyMap<string, string>): ReadonlyMap<string, Path2D> {
  const paths = new Map<string, Path2D>();
  for (const shape of shapes) {
    const group = changes.get(shape.id) ?? groupOf(shape);
    let path = paths.get(group);
    if (!path) paths.set(group, (path = new Path2D()));
    trace(path, shape);
  }
  return paths;
}
