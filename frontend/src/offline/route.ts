// A route answered on this device, in the shape of the server's /api/route: the
// signal along it as it was when the area was saved.

import type { Gap, Route, Step, Stretch, Surface } from '../explore/route-data';
import type { Position } from '../explore/overlay';
import { between } from './metres';
import type { Graph, Road, RoadVehicle } from './roads';
import { edgeMetres, findWay, nearest, type Piece, type Spot } from './way';

/** Why there is no route. */
export class NoWay extends Error {}

const onTheRoad = 15;
const walkingMetres = 5000 / 60;
/** Shorter gaps are not told, as on the server. */
const leastGap = 100;

export function offlineRoute(g: Graph, vehicle: RoadVehicle, places: readonly Position[], language: string, saved: string): Route {
  const say = (id: string, en: string) => (language === 'en' ? en : id);
  const spots = places.map(([lon, lat]) => {
    const spot = nearest(g, vehicle, lon, lat);
    if (!spot) throw new NoWay(say('Tidak ada jalan di dekat tempat ini dalam area tersimpan.', 'There is no road near this place in the saved area.'));
    return spot;
  });
  const pieces: Piece[] = [];
  let millis = 0, metres = 0;
  for (let i = 1; i < spots.length; i++) {
    const way = findWay(g, vehicle, spots[i - 1]!, spots[i]!);
    if (!way) throw new NoWay(say('Tidak ada jalan yang menghubungkan kedua tempat dalam area tersimpan.', 'No road connects the two places in the saved area.'));
    pieces.push(...way.pieces);
    millis += way.millis;
    metres += way.metres;
  }
  const line = lineOf(g, pieces);
  const access = spots.flatMap((s, i) => (s.metres > onTheRoad ? [walkOf(s, places[i]!, i)] : []));
  const signal = signalOf(g, pieces);
  const gaps = gapsOf(signal, metres);
  const surface = surfaces(g, pieces);
  const [lons, lats] = [line.map(([lon]) => lon), line.map(([, lat]) => lat)];
  return {
    bbox: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)],
    geometry: { coordinates: line },
    properties: {
      prefer: 'time', distance_m: metres, duration_s: millis / 1000,
      door_to_door_s: millis / 1000 + access.reduce((sum, a) => sum + a.minutes * 60, 0),
      access, steps: stepsOf(g, pieces, language), surface,
      damaged_m: surface.filter((s) => s.condition === 'damaged').reduce((m, s) => m + s.to_m - s.from_m, 0),
      elevation: null, signal, gaps, without_m: gaps.reduce((m, gap) => m + gap.to_m - gap.from_m, 0),
      offline: saved,
    },
  };
}

function walkOf(spot: Spot, place: Position, i: number): Route['properties']['access'][number] {
  const road: Position = [spot.x / 1e7, spot.y / 1e7];
  return { place: i === 0 ? 'from' : 'to', distance_m: spot.metres, minutes: spot.metres / walkingMetres, from: i === 0 ? place : road, to: i === 0 ? road : place };
}

/** The positions of a piece, as travelled. */
function pieceLine(g: Graph, p: Piece): Position[] {
  const [low, high] = [Math.min(p.start, p.end), Math.max(p.start, p.end)];
  const total = edgeMetres(g, p.edge);
  const out: Position[] = [];
  const v = g.vertices;
  let at = 0;
  for (let k = g.first[p.edge]! + 1; k < g.first[p.edge + 1]!; k++) {
    const [ax, ay, bx, by] = [v[2 * k - 2]!, v[2 * k - 1]!, v[2 * k]!, v[2 * k + 1]!];
    const d = between(ax, ay, bx, by);
    const inside = (m: number): Position => {
      const t = d > 0 ? Math.min(Math.max((m - at) / d, 0), 1) : 0;
      return [(ax + t * (bx - ax)) / 1e7, (ay + t * (by - ay)) / 1e7];
    };
    if (at + d >= low * total && at <= high * total) out.push(inside(low * total), inside(high * total));
    at += d;
  }
  return p.start > p.end ? out.reverse() : out;
}

function lineOf(g: Graph, pieces: readonly Piece[]): Position[] {
  const all: Position[] = [];
  for (const p of pieces) for (const at of pieceLine(g, p)) {
    const last = all[all.length - 1];
    if (!last || last[0] !== at[0] || last[1] !== at[1]) all.push(at);
  }
  if (all.length === 1) all.push(all[0]!);
  return all;
}

const lengthOf = (g: Graph, p: Piece): number => edgeMetres(g, p.edge) * Math.abs(p.end - p.start);
const stateNames = ['unknown', 'not covered', 'covered'];

function signalOf(g: Graph, pieces: readonly Piece[]): Stretch[] {
  const all: { from_m: number; to_m: number; operator: string; technology: string; state: string }[] = [];
  let at = 0;
  const add = (length: number, state: string) => {
    const last = all[all.length - 1];
    if (last?.state === state) last.to_m += length;
    else if (length > 0) all.push({ from_m: at, to_m: at + length, operator: 'any', technology: '', state });
    at += length;
  };
  for (const p of pieces) {
    const own = g.signal[p.edge]!;
    const total = edgeMetres(g, p.edge);
    const [low, high] = [Math.min(p.start, p.end), Math.max(p.start, p.end)];
    const parts: [number, string][] = [];
    let share = 0;
    for (let i = 0; i < own.length; i += 2) {
      const end = i + 2 >= own.length ? 1 : share + own[i + 1]! / 10_000;
      parts.push([Math.max(0, Math.min(end, high) - Math.max(share, low)) * total, stateNames[own[i]!] ?? 'unknown']);
      share = end;
    }
    if (parts.length === 0) parts.push([lengthOf(g, p), 'unknown']);
    for (const [length, state] of p.start > p.end ? parts.reverse() : parts) add(length, state);
  }
  return all.some((s) => s.state !== 'unknown') ? all : [];
}

function gapsOf(stretches: readonly Stretch[], total: number): Gap[] {
  const gaps: { from_m: number; to_m: number; state: string; last: null; first: null }[] = [];
  let open: (typeof gaps)[number] | undefined;
  for (const s of stretches) {
    if (s.state === 'covered') {
      open = undefined;
      continue;
    }
    if (open) open.to_m = s.to_m;
    else gaps.push((open = { from_m: s.from_m, to_m: s.to_m, state: 'unknown', last: null, first: null }));
    if (s.state === 'not covered') open.state = s.state;
  }
  return gaps.filter((gap) => Math.min(gap.to_m, total) - gap.from_m >= leastGap);
}

function surfaces(g: Graph, pieces: readonly Piece[]): Surface[] {
  const runs: { from_m: number; to_m: number; surface: string; condition: string }[] = [];
  let at = 0;
  for (const p of pieces) {
    const { surface, condition } = g.roads[g.road[p.edge]!]!;
    const length = lengthOf(g, p);
    const last = runs[runs.length - 1];
    if (last?.surface === surface && last.condition === condition) last.to_m += length;
    else runs.push({ from_m: at, to_m: at + length, surface, condition });
    at += length;
  }
  return runs;
}

const classes: Readonly<Record<string, readonly [string, string]>> = {
  toll: ['jalan tol', 'the toll road'], national: ['jalan nasional', 'the national road'], provincial: ['jalan provinsi', 'the provincial road'],
  regency: ['jalan kabupaten', 'the regency road'], path: ['jalan setapak', 'the path'], village: ['jalan desa', 'the village road'],
};

function stepsOf(g: Graph, pieces: readonly Piece[], language: string): Step[] {
  const steps: { instruction: string; distance_m: number; duration_s: number; location: Position; key: string }[] = [];
  const named = (r: Road) => r.name || r.ref || (classes[r.class] ?? classes['village']!)[language === 'en' ? 1 : 0];
  for (const p of pieces) {
    const key = named(g.roads[g.road[p.edge]!]!);
    const length = lengthOf(g, p);
    const last = steps[steps.length - 1];
    if (last?.key === key) {
      last.distance_m += length;
      last.duration_s += p.millis / 1000;
    } else if (length > 0) {
      const line = pieceLine(g, p);
      const turn = steps.length === 0 ? '' : turnBetween(lineBefore(g, pieces, p), line, language);
      steps.push({ key, instruction: steps.length === 0 ? (language === 'en' ? `Start on ${key}` : `Mulai di ${key}`) : turn + key, distance_m: length, duration_s: p.millis / 1000, location: line[0]! });
    }
  }
  const end = lineOf(g, pieces.slice(-1));
  return [...steps, { key: '', instruction: language === 'en' ? 'Arrive at the destination' : 'Tiba di tujuan', distance_m: 0, duration_s: 0, location: end[end.length - 1] ?? [0, 0] }];
}

function lineBefore(g: Graph, pieces: readonly Piece[], p: Piece): Position[] {
  const i = pieces.indexOf(p);
  return i > 0 ? pieceLine(g, pieces[i - 1]!) : [];
}

function turnBetween(a: readonly Position[], b: readonly Position[], language: string): string {
  const angle = turnAngle(a, b);
  const [id, en] = Math.abs(angle) < 25 ? ['Lurus ke ', 'Continue onto '] : angle < 0 ? ['Belok kiri ke ', 'Turn left onto '] : ['Belok kanan ke ', 'Turn right onto '];
  return language === 'en' ? en : id;
}

/** Degrees from the end of one line to the begin of the next; right is positive. */
function turnAngle(a: readonly Position[], b: readonly Position[]): number {
  const ends = a.filter((p, i) => i === 0 || p[0] !== a[i - 1]![0] || p[1] !== a[i - 1]![1]);
  const begins = b.filter((p, i) => i === 0 || p[0] !== b[i - 1]![0] || p[1] !== b[i - 1]![1]);
  if (ends.length < 2 || begins.length < 2) return 0;
  const bearing = (p: Position, q: Position) => (Math.atan2((q[0] - p[0]) * Math.cos((p[1] * Math.PI) / 180), q[1] - p[1]) * 180) / Math.PI;
  const turn = bearing(begins[0]!, begins[1]!) - bearing(ends[ends.length - 2]!, ends[ends.length - 1]!);
  return ((turn + 540) % 360) - 180;
}
