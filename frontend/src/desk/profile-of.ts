// The path of an operator's signal as the server gives it, for the chart.

import type { Language } from '../schema/language';
import { profileChart } from './profile';
import type { OperatorAt } from './types';
import type { DeskSay } from './words';

export function profileOf(o: OperatorAt, say: DeskSay, language: Language): HTMLElement {
  const p = o.profile!;
  const zero = p.distance_m.map(() => 0);
  return profileChart({ distance: p.distance_m, ground: p.ground_m.map((g, i) => g + (p.bulge_m ?? zero)[i]!), line: p.line_m, fresnel: p.fresnel_m ?? zero }, o.tower?.id ?? '', say, language);
}
