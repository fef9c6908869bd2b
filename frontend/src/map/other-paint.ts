// The plain style of layers without one of their own: areas in a thin wash with
// a rim, lines over a light casing, points as dots that grow with what they count.

import type { Shape } from '../data/geometry';
import type { DecodedLayer } from '../data/decode';
import { place, type Window } from './paint';
import { pathsOf } from './paths';

/** Of a single point, in pixels of the page. */
export const pointRadius = 5;

const byType = (shape: Shape) => shape.type;

/** Draws shapes of one layer onto the context's canvas, which is cleared first. */
export function paintOther(context: CanvasRenderingContext2D, shapes: DecodedLayer, window: Window, colour: string): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  place(context, window);
  const pixel = window.ratio / window.scale;
  const paths = pathsOf(shapes, byType);
  context.lineJoin = context.lineCap = 'round';
  context.fillStyle = context.strokeStyle = colour;
  const areas = paths.get('area');
  if (areas) {
    context.globalAlpha = 0.2;
    context.fill(areas, 'evenodd');
    context.globalAlpha = 1;
    context.lineWidth = 1.2 * pixel;
    context.stroke(areas);
  }
  const lines = paths.get('line');
  if (lines) {
    const width = window.zoom >= 13 ? 3 : window.zoom >= 10 ? 2.2 : 1.5;
    context.strokeStyle = casing;
    context.lineWidth = (width + 2) * pixel;
    context.stroke(lines);
    context.strokeStyle = colour;
    context.lineWidth = width * pixel;
    context.stroke(lines);
  }
  context.strokeStyle = casing;
  context.lineWidth = 1.5 * pixel;
  for (const shape of shapes) if (shape.type === 'point') dots(context, shape, pixel);
}

const casing = 'rgba(255,255,255,0.85)';

function dots(context: CanvasRenderingContext2D, shape: Shape, pixel: number): void {
  const count = Number(shape.properties['point_count'] ?? 1);
  const radius = (pointRadius + Math.min(7, 1.5 * Math.log2(count))) * pixel;
  const c = shape.coordinates;
  for (let i = 0; i < c.length; i += 2) {
    context.beginPath();
    context.arc(c[i]!, c[i + 1]!, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
