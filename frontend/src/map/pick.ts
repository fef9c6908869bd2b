// What lies under a pointer: marks as drawn, then roads, then areas, by asking
// the decoded tiles. No canvas is read.

import type { LatLng, Map as LeafletMap } from 'leaflet';
import { contains, distance, tileSize, type Shape } from '../data/geometry';
import { pixelOf } from '../data/mercator';
import type { TileLayers } from '../data/tile-source';
import type { Marks } from './marks';
import { coverageChosen, coverageKey, type GroundStyle } from './paint';
import { placementOf } from './project';
import type { VectorGrid } from './vector-grid';

export interface Hit {
  readonly collection: string;
  readonly id: string;
  readonly properties: Shape['properties'];
  /** Title of its layer, where the schema has no word for it. */
  readonly layer?: string;
}

/** Everything under a place within a tolerance in pixels, most specific first. */
export function pick(map: LeafletMap, grid: VectorGrid, marks: Marks, style: GroundStyle, place: LatLng, tolerance: number): Hit[] {
  return [...pickMarks(map, marks, place, tolerance), ...pickShapes(map, grid, style, place, tolerance)];
}

function pickMarks(map: LeafletMap, marks: Marks, place: LatLng, tolerance: number): Hit[] {
  const at = map.latLngToLayerPoint(place);
  return marks.drawn
    .map((mark) => ({ mark, away: Math.hypot(mark.x - at.x, mark.y - at.y) - mark.radius }))
    .filter(({ away }) => away <= tolerance)
    .sort((a, b) => a.away - b.away)
    .map(({ mark }) => ({ collection: mark.collection, id: mark.id, properties: mark.properties }));
}

function pickShapes(map: LeafletMap, grid: VectorGrid, style: GroundStyle, place: LatLng, tolerance: number): Hit[] {
  const hits: Hit[] = [];
  for (const { layers, x, y, near } of tilesUnder(map, grid, place, tolerance)) {
    const add = (collection: string, found: (shape: Shape) => boolean) => {
      for (const shape of layers.get(collection) ?? []) {
        if (found(shape)) hits.push({ collection, id: shape.id, properties: shape.properties });
      }
    };
    if (style.layers.has('roads') && map.getZoom() >= 10) add('roads', (s) => reaches(s, x, y, near) && distance(s, x, y) <= near);
    if (style.layers.has('villages')) add('villages', (s) => contains(s, x, y));
    if (style.layers.has('districts')) add('districts', (s) => contains(s, x, y));
    add('neighbours', (s) => contains(s, x, y));
    if (style.layers.has('coverage')) add('coverage', (s) => coverageChosen(coverageKey(s), style) && contains(s, x, y));
  }
  return hits;
}

/** The tiles of a grid at a place, the place in pixels of the tile, and so the tolerance for lines. */
export function tilesUnder(map: LeafletMap, grid: VectorGrid, place: LatLng, tolerance: number): { layers: TileLayers; x: number; y: number; near: number }[] {
  return grid.visible().flatMap(({ address, layers }) => {
    const [x, y] = pixelOf(address, { lon: place.lng, lat: place.lat });
    return inside(x, y) ? [{ layers, x, y, near: (tolerance * 0.7) / placementOf(map, address).scale }] : [];
  });
}

const inside = (x: number, y: number): boolean => x >= 0 && x < tileSize && y >= 0 && y < tileSize;

function reaches(shape: Shape, x: number, y: number, near: number): boolean {
  const [minX, minY, maxX, maxY] = shape.bounds;
  return x >= minX - near && x <= maxX + near && y >= minY - near && y <= maxY + near;
}
