// Charts along a route: the strip of signal, and the heights. Each has its numbers
// in words beside it; the picture itself is one image for a screen reader.

import { s } from '../ui/dom';
import type { Stretch } from './route-data';

/** What a state of signal looks like; patterns tell them apart without colour. */
export const states: Readonly<Record<string, { readonly colour: string; readonly dash?: readonly number[] }>> = {
  covered: { colour: '#1b7f6b' },
  'not covered': { colour: '#c2410c', dash: [3, 7] },
  unknown: { colour: '#76808a', dash: [10, 6] },
};

export const stateOf = (state: string) => states[state] ?? states['unknown']!;

const width = 320;

/** The strip of signal of a route that is total metres long. */
export function signalStrip(stretches: readonly Stretch[], total: number, label: string): SVGElement {
  const x = (m: number) => (m / total) * width;
  const hatch = s('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    s('rect', { width: 6, height: 6, fill: '#c2410c' }), s('rect', { width: 2.4, height: 6, fill: '#ffffff', 'fill-opacity': 0.75 }));
  const dots = s('pattern', { id: 'dots', width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
    s('rect', { width: 6, height: 6, fill: '#76808a' }), s('circle', { cx: 3, cy: 3, r: 1.2, fill: '#ffffff', 'fill-opacity': 0.8 }));
  return s('svg', { viewBox: `0 0 ${width} 34`, class: 'strip', role: 'img', 'aria-label': label },
    s('defs', {}, hatch, dots),
    ...stretches.map((one) => s('rect', {
      x: x(one.from_m).toFixed(2), y: 2, height: 16, width: Math.max(0.6, x(one.to_m - one.from_m)).toFixed(2),
      fill: one.state === 'covered' ? states['covered']!.colour : one.state === 'not covered' ? 'url(#hatch)' : 'url(#dots)',
    })),
    ...ticks(total).map((km) => s('g', {},
      s('line', { x1: x(km * 1000), x2: x(km * 1000), y1: 18, y2: 22, class: 'tick' }),
      text(km, x(km * 1000), total))));
}

function text(km: number, x: number, total: number): SVGElement {
  const anchor = km === 0 ? 'start' : x > width - 14 ? 'end' : 'middle';
  const one = s('text', { x, y: 32, 'text-anchor': anchor, class: 'tick-text' });
  one.textContent = x + 18 > width && km * 1000 < total ? `${km}` : km === 0 ? '0 km' : `${km}`;
  return one;
}

/** Whole kilometres to write, about five. */
function ticks(total: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((k) => total / 1000 / k <= 6) ?? 500;
  return Array.from({ length: Math.floor(total / 1000 / step) + 1 }, (_, i) => i * step);
}

/** The heights along a route. */
export function heightChart(profile: readonly (readonly [number, number])[], total: number, label: string): SVGElement {
  const heights = profile.map(([, h]) => h);
  const low = Math.min(...heights), high = Math.max(...heights, low + 20);
  const at = ([m, h]: readonly [number, number]) => `${((m / total) * width).toFixed(1)},${(54 - ((h - low) / (high - low)) * 48).toFixed(1)}`;
  const line = profile.map(at).join(' ');
  return s('svg', { viewBox: `0 0 ${width} 60`, class: 'heights', role: 'img', 'aria-label': label },
    s('polygon', { points: `0,60 ${line} ${width},60`, class: 'heights-area' }),
    s('polyline', { points: line, class: 'heights-line' }));
}
