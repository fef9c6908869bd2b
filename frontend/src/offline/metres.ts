// Distances on the ellipsoid, with the formulas of geo/routing: a place must come to
// the same share of the same edge here as on the server.

const semiMajor = 6378137;
const eccentricity2 = 0.0066943799901413165;
const perDegree = 1e7;

/** Metres of a degree of longitude and of latitude (Snyder 1987, eqs. 4-18, 4-20). */
function degree(lat: number): readonly [number, number] {
  const radians = (lat * Math.PI) / 180;
  const sin = Math.sin(radians), cos = Math.cos(radians);
  const w = 1 - eccentricity2 * sin * sin;
  const normal = semiMajor / Math.sqrt(w);
  const meridian = (normal * (1 - eccentricity2)) / w;
  return [(normal * cos * Math.PI) / 180, (meridian * Math.PI) / 180];
}

/** Metres between two vertices in 1e-7 degrees. */
export function between(ax: number, ay: number, bx: number, by: number): number {
  const [x1, y1, x2, y2] = [ax / perDegree, ay / perDegree, bx / perDegree, by / perDegree];
  const [x, y] = degree((y1 + y2) / 2);
  return Math.hypot((x2 - x1) * x, (y2 - y1) * y);
}

/** Turns vertex units into metres around a latitude. */
export function planeAt(lat: number): readonly [number, number] {
  const [x, y] = degree(lat);
  return [x / perDegree, y / perDegree];
}

/** Rounds as Go does: halves away from zero. */
export const round = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
