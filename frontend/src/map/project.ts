// Where the pixels of a data tile lie on the map.

import type { Map as LeafletMap } from 'leaflet';
import { tileSize } from '../data/geometry';
import type { TileAddress } from '../data/mercator';

/** Layer point = (x, y) + tile pixel × scale. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The placement of a data tile at the map's zoom. */
export function placementOf(map: LeafletMap, address: TileAddress): Placement {
  const scale = 2 ** (map.getZoom() + 8 - address.z) / tileSize;
  const origin = map.getPixelOrigin();
  return { x: address.x * tileSize * scale - origin.x, y: address.y * tileSize * scale - origin.y, scale };
}
