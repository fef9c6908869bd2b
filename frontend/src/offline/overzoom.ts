// A deeper tile cut from the last one there is: its shapes enlarged, those that lie
// beside it left out.

import type { DecodedLayer } from '../data/decode';
import { tileSize, type Shape } from '../data/geometry';
import type { TileAddress } from '../data/mercator';

/** The layers of a tile that lies down zooms below the one that layers are of. */
export function childOf(layers: ReadonlyMap<string, DecodedLayer>, address: TileAddress, down: number): Map<string, DecodedLayer> {
  const scale = 2 ** down;
  const [left, top] = [(address.x % scale) * tileSize, (address.y % scale) * tileSize];
  const enlarged = (shape: Shape): Shape | undefined => {
    const [minX, minY, maxX, maxY] = shape.bounds;
    const bounds = [minX * scale - left, minY * scale - top, maxX * scale - left, maxY * scale - top] as const;
    if (bounds[2] < -margin || bounds[3] < -margin || bounds[0] > tileSize + margin || bounds[1] > tileSize + margin) return undefined;
    return { ...shape, bounds, coordinates: shape.coordinates.map((c, i) => c * scale - (i % 2 === 0 ? left : top)) };
  };
  return new Map([...layers].map(([name, layer]) => [name, layer.map(enlarged).filter((s) => s !== undefined)]));
}

/** How far beside a tile what is drawn on it may lie, in its pixels. */
const margin = 32;
