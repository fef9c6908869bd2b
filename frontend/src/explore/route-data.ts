// A route as the server, or a saved area, answers it.

import { getJSON } from '../data/api';
import type { Position } from './overlay';
import { vehicleOf } from './parts';
import { placedStops } from './stops';
import { writePlace, type Values } from './task';

export interface Stretch {
  readonly from_m: number;
  readonly to_m: number;
  readonly operator: string;
  readonly technology: string;
  readonly state: string;
}

export interface Gap {
  readonly from_m: number;
  readonly to_m: number;
  readonly state: string;
  readonly last: Position | null;
  readonly first: Position | null;
}

export interface Step {
  readonly instruction: string;
  readonly distance_m: number;
  readonly duration_s: number;
  readonly location: Position;
}

export interface Surface {
  readonly from_m: number;
  readonly to_m: number;
  readonly surface: string;
  readonly condition: string;
}

export interface Route {
  readonly bbox: readonly [number, number, number, number];
  readonly geometry: { readonly coordinates: readonly Position[] };
  readonly properties: {
    readonly prefer: string;
    readonly distance_m: number;
    readonly duration_s: number;
    readonly door_to_door_s: number;
    readonly access: readonly { readonly place: string; readonly distance_m: number; readonly minutes: number; readonly from: Position; readonly to: Position }[];
    readonly steps: readonly Step[];
    readonly surface: readonly Surface[];
    readonly damaged_m: number;
    readonly elevation: { readonly ascent_m: number; readonly descent_m: number; readonly profile: readonly (readonly [number, number])[] } | null;
    readonly signal: readonly Stretch[];
    /** The server is still working out where there is signal. */
    readonly signal_pending?: boolean;
    readonly gaps: readonly Gap[];
    readonly without_m: number;
    readonly alternatives?: readonly Route[];
    /** When the saved area was saved that answered. */
    readonly offline?: string;
  };
}

/** The question as the server takes it. */
export function routeQuery(values: Values, language: string): string {
  const q = new URLSearchParams({ from: values['from'] ?? '', to: values['to'] ?? '', vehicle: vehicleOf(values['by']), lang: language });
  const via = placedStops(values).map(writePlace);
  if (via.length > 0) q.set('via', via.join('|'));
  if (values['signal']) q.set('prefer', 'signal');
  return q.toString().replaceAll('%2C', ',').replaceAll('%7C', '|');
}

export const getRoute = (values: Values, language: string, signal: AbortSignal): Promise<Route> => getJSON(`/api/route?${routeQuery(values, language)}`, signal);

/** The stretches of the first operator and technology: what gaps are told of. */
export function mainSignal(route: Route): readonly Stretch[] {
  const [first] = route.properties.signal;
  return first ? route.properties.signal.filter((s) => s.operator === first.operator && s.technology === first.technology) : [];
}

const rad = Math.PI / 180;

/** Metres between two positions, near enough for drawing. */
export const metresBetween = (a: Position, b: Position): number =>
  Math.hypot((b[0] - a[0]) * Math.cos(((a[1] + b[1]) / 2) * rad), b[1] - a[1]) * 111_320;

/** The part of a line between two distances along it, in metres of a line that is total long. */
export function cutLine(points: readonly Position[], from: number, to: number, total: number): Position[] {
  const lengths = points.slice(1).map((p, i) => metresBetween(points[i]!, p));
  const scale = total / (lengths.reduce((sum, l) => sum + l, 0) || 1);
  const part: Position[] = [];
  let at = 0;
  lengths.forEach((length, i) => {
    const end = at + length * scale;
    if (end >= from && at <= to && end > at) {
      const [a, b] = [points[i]!, points[i + 1]!];
      const inside = (m: number): Position => {
        const t = Math.min(1, Math.max(0, (m - at) / (end - at)));
        return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
      };
      if (part.length === 0) part.push(inside(from));
      part.push(inside(to));
    }
    at = end;
  });
  return part;
}
