// Geometry of one tile as flat numbers, and the questions a pointer asks of it.
// Coordinates are pixels of a 512 by 512 picture of the tile, whatever extent
// the tile was cut with; y grows downwards.

export const tileSize = 512;

export type ShapeType = 'point' | 'line' | 'area';

export interface Shape {
  readonly id: string;
  readonly type: ShapeType;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  /** x, y, x, y, … of all parts. */
  readonly coordinates: Float32Array;
  /** Where each part ends in coordinates. */
  readonly ends: readonly number[];
  /** min x, min y, max x, max y. */
  readonly bounds: readonly [number, number, number, number];
}

/** Whether the point lies inside an area, by the even-odd rule over its rings. */
export function contains(shape: Shape, x: number, y: number): boolean {
  const [minX, minY, maxX, maxY] = shape.bounds;
  if (shape.type !== 'area' || x < minX || x > maxX || y < minY || y > maxY) return false;
  const c = shape.coordinates;
  let inside = false;
  let start = 0;
  for (const end of shape.ends) {
    for (let i = start, j = end - 2; i < end; j = i, i += 2) {
      const yi = c[i + 1]!;
      const yj = c[j + 1]!;
      if (yi > y !== yj > y && x < ((c[j]! - c[i]!) * (y - yi)) / (yj - yi) + c[i]!) inside = !inside;
    }
    start = end;
  }
  return inside;
}

/** The distance in pixels from a point to the nearest part of a line or point. */
export function distance(shape: Shape, x: number, y: number): number {
  const c = shape.coordinates;
  let best = Infinity;
  let start = 0;
  for (const end of shape.ends) {
    if (end - start === 2) best = Math.min(best, Math.hypot(c[start]! - x, c[start + 1]! - y));
    for (let i = start + 2; i < end; i += 2) {
      best = Math.min(best, toSegment(x, y, c[i - 2]!, c[i - 1]!, c[i]!, c[i + 1]!));
    }
    start = end;
  }
  return best;
}

function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
