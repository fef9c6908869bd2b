// The path of an operator's signal as the server gives it, for the chart.

import type { Language } from '../schema/language';
import { h } from '../ui/dom';
import { profileChart } from './profile';
import type { Path } from './types';
import type { DeskSay } from './words';

export function profileOf(path: Path, say: DeskSay, language: Language): HTMLElement {
  const points = path.points ?? [];
  if (points.length < 3) return h('p', { class: 'desk-quiet' }, say('flat'));
  return profileChart({ distance: points.map((p) => p.distance_m), ground: points.map((p) => p.elevation_m + p.bulge_m), line: points.map((p) => p.ray_m), fresnel: points.map((p) => p.fresnel_m) }, path.tower, say, language);
}
