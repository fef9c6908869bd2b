// Which tiles the first view is made of, told before there is a map: what Leaflet
// will answer to fitBounds and to setView, and what its grid will ask for.

import { pixelOf, type TileAddress } from '../data/mercator';
import { tileSize } from '../data/geometry';
import type { View } from '../data/hash';
import type { Bounds } from '../data/places';
import { tileZooms, zooms } from '../schema/collections';
import type { Padding } from './measures';

/** A position on the world at zoom 0, in pixels of the map's 256. */
type Point = readonly [number, number];

const canvas = 256;
const at = (lon: number, lat: number): Point => {
  const [x, y] = pixelOf({ z: 0, x: 0, y: 0 }, { lon, lat });
  return [(x * canvas) / tileSize, (y * canvas) / tileSize];
};

/** The zoom and the centre that show bounds in the free part of a map. */
function fit(b: Bounds, [width, height]: Point, { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] }: Padding): { zoom: number; centre: Point } {
  const [west, north] = at(b.west, b.north);
  const [east, south] = at(b.east, b.south);
  const scale = Math.min((width - left - right) / (east - west), (height - top - bottom) / (south - north));
  const exact = Math.log2(scale);
  const near = Math.round(exact * 100) / 100; // what lacks less than a hundredth is not left out
  const zoom = Math.max(zooms.min, Math.min(zooms.max, Math.floor(near)));
  const unit = 2 ** zoom;
  return { zoom, centre: [(west + east) / 2 + (right - left) / 2 / unit, (north + south) / 2 + (bottom - top) / 2 / unit] };
}

/** The data tiles of the first view of a map of a size, those in its middle first. */
export function firstTiles(view: View | undefined, bounds: Bounds, size: Point, padding: Padding): TileAddress[] {
  const { zoom, centre } = view ? { zoom: Math.max(zooms.min, Math.min(zooms.max, Math.round(view.zoom))), centre: at(view.lon, view.lat) } : fit(bounds, size, padding);
  const z = Math.max(0, Math.min(tileZooms.max, zoom - 1));
  const width = canvas * 2 ** (zoom - z);
  const middle = centre.map((c) => Math.floor(c * 2 ** zoom)) as [number, number];
  const range = (axis: 0 | 1) => {
    const [from, to] = [middle[axis] - size[axis] / 2, middle[axis] + size[axis] / 2];
    const [first, last] = [Math.floor(from / canvas) * canvas, (Math.ceil(to / canvas) - 1) * canvas];
    return { first: Math.floor(first / width), last: Math.floor(last / width) };
  };
  const [columns, rows] = [range(0), range(1)];
  const far = ({ x, y }: TileAddress) => Math.hypot((x + 0.5) * width - middle[0], (y + 0.5) * width - middle[1]);
  const all: TileAddress[] = [];
  for (let x = columns.first; x <= columns.last; x++) {
    for (let y = rows.first; y <= rows.last; y++) all.push({ z, x, y });
  }
  return all.filter(({ y, x }) => Math.min(x, y) >= 0 && Math.max(x, y) < 2 ** z).sort((a, b) => far(a) - far(b));
}
