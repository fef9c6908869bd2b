// Paints the ground of one canvas from decoded tiles: land, coverage, borders
// and roads, in the order of the schema. Marks and names are drawn elsewhere.

import type { TileLayers } from '../data/tile-source';
import type { Shape } from '../data/geometry';
import { technologies } from '../schema/coverage';
import type { Palette } from '../schema/palette';
import { roadClasses } from '../schema/roads';
import { pathsOf } from './paths';
import { overLand, patternFill } from './patterns';

/** What of the state the ground depends on. */
export interface GroundStyle {
  readonly layers: ReadonlySet<string>;
  readonly technology: string;
  readonly operator: string;
  readonly palette: Palette;
  readonly night: boolean;
}

/** Which part of a data tile a canvas shows, in the tile's pixels, and how large. */
export interface Window {
  readonly x: number;
  readonly y: number;
  /** Device pixels for each pixel of the tile. */
  readonly scale: number;
  /** Device pixels for each pixel of the page. */
  readonly ratio: number;
  /** Zoom of the map. */
  readonly zoom: number;
}

const whole = () => '';
const byClass = (shape: Shape) => String(shape.properties['class'] ?? '');
export const coverageKey = (shape: Shape) => `${shape.properties['technology'] ?? ''}|${shape.properties['operator'] ?? ''}`;

/** Whether a coverage feature is among those chosen. */
export function coverageChosen(key: string, style: Pick<GroundStyle, 'technology' | 'operator'>): boolean {
  const [technology, operator] = key.split('|');
  return (!style.technology || technology === style.technology) && (!style.operator || operator === style.operator);
}

/** Draws the ground of a window onto the context's canvas, which is cleared first. */
export function paintGround(context: CanvasRenderingContext2D, tile: TileLayers, window: Window, style: GroundStyle): void {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  place(context, window);
  const p = style.palette;
  fill(context, tile, 'neighbours', p.neighbour);
  stroke(context, tile, 'neighbours', p.neighbourLine, 1, window);
  fill(context, tile, 'villages', p.village);
  if (style.layers.has('coverage')) paintCoverage(context, tile, window, style);
  if (style.layers.has('villages') && window.zoom >= 9) stroke(context, tile, 'villages', p.villageLine, window.zoom >= 11 ? 1 : 0.6, window);
  if (style.layers.has('districts')) stroke(context, tile, 'districts', p.districtLine, window.zoom >= 10 ? 1.4 : 0.8, window);
  if (style.layers.has('roads')) paintRoads(context, tile, window, style);
}

/** Makes the context's unit a pixel of the tile. */
export function place(context: CanvasRenderingContext2D, w: Window): void {
  context.setTransform(w.scale, 0, 0, w.scale, -w.x * w.scale, -w.y * w.scale);
}

function fill(context: CanvasRenderingContext2D, tile: TileLayers, id: string, colour: string): void {
  const layer = tile.get(id);
  if (!layer) return;
  context.fillStyle = colour;
  for (const path of pathsOf(layer, whole).values()) context.fill(path, 'nonzero');
}

function stroke(context: CanvasRenderingContext2D, tile: TileLayers, id: string, colour: string, width: number, w: Window): void {
  const layer = tile.get(id);
  if (!layer) return;
  context.strokeStyle = colour;
  context.lineWidth = (width * w.ratio) / w.scale;
  for (const path of pathsOf(layer, whole).values()) context.stroke(path);
}

function paintRoads(context: CanvasRenderingContext2D, tile: TileLayers, w: Window, style: GroundStyle): void {
  const layer = tile.get('roads');
  if (!layer) return;
  const paths = pathsOf(layer, byClass);
  context.lineJoin = context.lineCap = 'round';
  const grow = Math.min(2.6, Math.max(0.55, 1.22 ** (w.zoom - 12)));
  for (const casing of w.zoom >= 10 ? [true, false] : [false]) {
    for (const road of roadClasses) {
      const path = paths.get(road.id);
      if (!path || w.zoom < road.minZoom) continue;
      const width = road.width * grow;
      context.strokeStyle = casing ? style.palette.roadCasing : style.night ? road.night : road.colour;
      context.lineWidth = ((casing ? width + 2 : width) * w.ratio) / w.scale;
      context.setLineDash(!casing && road.dash ? road.dash.map((d) => (d * w.ratio) / w.scale) : []);
      context.stroke(path);
    }
  }
  context.setLineDash([]);
}

/** Draws coverage as if laid over the land, the most capable on top: opaque in
 * mixed colours, so that overlapping operators do not darken each other. */
function paintCoverage(context: CanvasRenderingContext2D, tile: TileLayers, w: Window, style: GroundStyle): void {
  const layer = tile.get('coverage');
  if (!layer || layer.length === 0) return;
  const paths = pathsOf(layer, coverageKey);
  for (const technology of technologies) {
    const chosen = [...paths].filter(([key]) => key.startsWith(technology.id + '|') && coverageChosen(key, style));
    if (chosen.length === 0) continue;
    const pattern = patternFill(context, overLand(technology, style.palette), w.ratio);
    if (typeof pattern !== 'string') pattern.setTransform(new DOMMatrix([1 / w.scale, 0, 0, 1 / w.scale, w.x, w.y]));
    context.fillStyle = pattern;
    for (const [, path] of chosen) context.fill(path, 'nonzero');
  }
}
