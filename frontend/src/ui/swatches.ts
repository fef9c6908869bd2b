// Samples of how things look on the map, for the legend.

import type { Badge } from '../map/badge';
import { overLand, patternFill } from '../map/patterns';
import type { Technology } from '../schema/coverage';
import { day, night } from '../schema/palette';
import type { RoadClass } from '../schema/roads';
import { h, s } from './dom';
import { darkness } from './night';

/** A patch of a technology's colour and pattern. */
export function technologySwatch(technology: Technology): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const ratio = Math.min(2, devicePixelRatio || 1);
  canvas.width = 32 * ratio;
  canvas.height = 20 * ratio;
  canvas.className = 'swatch';
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = patternFill(context, overLand(technology, darkness.matches ? night : day), ratio);
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

/** A patch of one colour with a rim. */
export function patch(fill: string, rim: string): SVGElement {
  return s('svg', { viewBox: '0 0 32 20', class: 'swatch', 'aria-hidden': 'true' },
    s('rect', { x: 0.5, y: 0.5, width: 31, height: 19, rx: 3, fill, stroke: rim }));
}

/** A stroke of a road as the map draws it. */
export function roadSwatch(road: RoadClass, night: boolean): SVGElement {
  return s('svg', { viewBox: '0 0 32 20', class: 'swatch', 'aria-hidden': 'true' },
    s('path', { d: 'M2 13c9-8 18 4 28-6', fill: 'none', stroke: night ? road.night : road.colour, 'stroke-width': road.width * 1.2, 'stroke-linecap': 'round', 'stroke-dasharray': road.dash?.join(' ') }));
}

/** A badge as marks wear it. */
export function badgeSwatch(badge: Badge): SVGElement {
  const shape = badge.square
    ? s('rect', { x: 1.5, y: 1.5, width: 21, height: 21, rx: 5, fill: badge.colour })
    : s('circle', { cx: 12, cy: 12, r: 11, fill: badge.colour });
  return s('svg', { viewBox: '0 0 24 24', class: 'badge', 'aria-hidden': 'true' }, shape,
    s('path', { d: badge.glyph, fill: '#fff', 'fill-rule': 'evenodd', transform: 'translate(4.8 4.8) scale(.9)' }));
}

/** A legend: samples and what they mean. */
export function entries(list: readonly (readonly [Element, string])[], style = ''): HTMLElement {
  return h('ul', { class: `legend ${style}` }, ...list.map(([sample, word]) => h('li', {}, sample, word)));
}
