// The ground between a tower and a place, drawn: the earth with its bulge, the
// line of sight, the first Fresnel zone, and the ridge that stands highest
// against them.

import type { Language } from '../schema/language';
import { formatNumber } from '../schema/fields';
import { h, s } from '../ui/dom';
import type { DeskSay } from './words';

/** Heights in m above the sea, aligned with distances in m from the tower. */
export interface Path {
  readonly distance: readonly number[];
  /** Of the ground, with the bulge of the earth. */
  readonly ground: readonly number[];
  readonly line: readonly number[];
  /** Radius of the first Fresnel zone. */
  readonly fresnel: readonly number[];
}

const width = 560;
const height = 220;
const pad = { left: 44, right: 10, top: 12, bottom: 26 };

/** The point where the ground stands highest against the line of sight: by how many metres, and whether only into the Fresnel zone. */
export function worst(path: Path): { at: number; over: number; fresnel: number } {
  let at = 0, over = -Infinity, ratio = -Infinity;
  for (let i = 1; i < path.distance.length - 1; i++) {
    const above = path.ground[i]! - path.line[i]!;
    const part = above / Math.max(0.1, path.fresnel[i]!);
    if (part > ratio) [at, over, ratio] = [i, above, part];
  }
  return { at, over, fresnel: path.fresnel[at] ?? 0 };
}

export function profileChart(path: Path, tower: string, say: DeskSay, language: Language): HTMLElement {
  const n = path.distance.length;
  const far = path.distance[n - 1] || 1;
  const low = Math.min(...path.ground, ...path.line);
  const high = Math.max(...path.ground, ...path.line.map((y, i) => y + path.fresnel[i]!));
  const [y0, y1] = [low - (high - low) * 0.08 - 2, high + (high - low) * 0.05 + 2];
  const x = (d: number) => pad.left + (d / far) * (width - pad.left - pad.right);
  const y = (m: number) => height - pad.bottom - ((m - y0) / (y1 - y0)) * (height - pad.top - pad.bottom);
  const points = (values: readonly number[]) => values.map((m, i) => `${x(path.distance[i]!).toFixed(1)} ${y(m).toFixed(1)}`);
  const ground = `M${points(path.ground).join('L')}L${x(far)} ${height - pad.bottom}L${x(0)} ${height - pad.bottom}Z`;
  const zone = `M${points(path.line.map((m, i) => m + path.fresnel[i]!)).join('L')}L${points(path.line.map((m, i) => m - path.fresnel[i]!)).reverse().join('L')}Z`;
  const w = worst(path);
  const number = (v: number, digits: number) => formatNumber(v, language, digits);
  const values = { over: number(w.over > 0 ? w.over : w.over + w.fresnel, 0), at: number(path.distance[w.at]! / 1000, 1) };
  const verdict = w.over > 0 ? say('obstructed', values) : w.over > -0.6 * w.fresnel ? say('fresnelBlocked', values) : say('clear');
  const step = niceStep((y1 - y0) / 4);
  const marks: SVGElement[] = [];
  for (let m = Math.ceil(y0 / step) * step; m < y1; m += step) {
    marks.push(s('line', { x1: pad.left, x2: width - pad.right, y1: y(m), y2: y(m), class: 'grid' }), label(pad.left - 6, y(m) + 4, number(m || 0, 0), 'end'));
  }
  const kmStep = niceStep(far / 1000 / 5);
  for (let km = 0; km <= far / 1000 + 1e-9; km += kmStep) marks.push(label(x(km * 1000), height - 8, number(km, 1) + (km === 0 ? ' km' : ''), km === 0 ? 'start' : 'middle'));
  const ridge = w.over > -0.6 * w.fresnel ? [
    s('line', { x1: x(path.distance[w.at]!), x2: x(path.distance[w.at]!), y1: y(path.line[w.at]!), y2: y(path.ground[w.at]!), class: 'ridge' }),
    s('circle', { cx: x(path.distance[w.at]!), cy: y(path.ground[w.at]!), r: 5, class: 'ridge' })] : [];
  const svg = s('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${say('profileOf', { tower })}. ${verdict}` },
    ...marks, s('path', { d: ground, class: 'ground' }), s('path', { d: zone, class: 'zone' }), s('path', { d: `M${points(path.line).join('L')}`, class: 'sight' }), ...ridge);
  return h('figure', { class: 'desk-profile' }, svg, h('figcaption', {}, h('strong', {}, verdict), ' ', say('profileLegend'), ` (${say('metres')}).`));
}

function label(x: number, y: number, text: string, anchor: string): SVGElement {
  const element = s('text', { x, y, 'text-anchor': anchor });
  element.textContent = text;
  return element;
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  return [1, 2, 5, 10].map((m) => m * power).find((m) => m >= rough) ?? power;
}
