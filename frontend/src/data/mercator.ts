// Web Mercator between places on earth and pixels of 512-pixel tiles.
// Formulas: OGC 17-083r4, WebMercatorQuad.

import { tileSize } from './geometry';

/** Which tile, by the scheme of XYZ. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

/** The place of a pixel of a tile, in degrees. */
export function placeOf(address: TileAddress, x: number, y: number): Place {
  const size = tileSize * 2 ** address.z;
  const lon = ((address.x * tileSize + x) / size) * 360 - 180;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (address.y * tileSize + y)) / size))) * 180) / Math.PI;
  return { lon, lat };
}

/** The pixel of a tile at which a place lies; it may be outside the tile. */
export function pixelOf(address: TileAddress, place: Place): readonly [number, number] {
  const size = tileSize * 2 ** address.z;
  const x = ((place.lon + 180) / 360) * size - address.x * tileSize;
  const sin = Math.sin((place.lat * Math.PI) / 180);
  const y = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size - address.y * tileSize;
  return [x, y];
}
