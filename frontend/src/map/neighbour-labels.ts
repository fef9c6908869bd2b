// Names of the regions around, each in the middle of its largest part in view, so
// that Kota Malang and Kota Batu say who they are wherever the map stands.

import { Bounds, point, type Map as LeafletMap } from 'leaflet';
import type { Attributes } from '../data/attributes';
import { contains, tileSize, type Shape } from '../data/geometry';
import type { Label } from './drawn';
import type { GroundStyle } from './paint';
import { placementOf, type Placement } from './project';
import type { VectorGrid } from './vector-grid';

/** A part must have room for its name, roughly, in pixels for each letter. */
const letter = 7.5;

/** The names of neighbours that fit into their largest part in view. */
export function neighbourLabels(map: LeafletMap, grid: VectorGrid, attributes: Attributes, style: GroundStyle): Label[] {
  if (map.getZoom() < 8) return [];
  const size = map.getSize();
  const low = map.containerPointToLayerPoint([0, 0]);
  const view = new Bounds(low, low.add(size));
  const best = new Map<string, { x: number; y: number; width: number; area: number }>();
  for (const { address, layers } of grid.visible()) {
    const at = placementOf(map, address);
    for (const shape of layers.get('neighbours') ?? []) {
      const part = middle(shape, at, view);
      if (part && part.area > (best.get(shape.id)?.area ?? 0)) best.set(shape.id, part);
    }
  }
  const labels: Label[] = [];
  for (const [id, { x, y, width }] of best) {
    const name = attributes.row('neighbours', id)?.['name'] ?? '';
    const half = (name.length * letter) / 2;
    if (!name || width < half || x - half < view.min!.x || x + half > view.max!.x) continue;
    labels.push({ text: name, x, y, size: 12, weight: 500, colour: style.palette.labelQuiet, spacing: '0.06em' });
  }
  return labels;
}

/** The middle of what a shape shows within its tile and the bounds, if it lies in the shape. */
function middle(shape: Shape, at: Placement, bounds: Bounds): { x: number; y: number; width: number; area: number } | undefined {
  const [minX, minY, maxX, maxY] = shape.bounds;
  const low = point(Math.max(0, minX, (bounds.min!.x - at.x) / at.scale), Math.max(0, minY, (bounds.min!.y - at.y) / at.scale));
  const high = point(Math.min(tileSize, maxX, (bounds.max!.x - at.x) / at.scale), Math.min(tileSize, maxY, (bounds.max!.y - at.y) / at.scale));
  const [width, height] = [high.x - low.x, high.y - low.y];
  const [x, y] = [(low.x + high.x) / 2, (low.y + high.y) / 2];
  if (width <= 0 || height <= 0 || !contains(shape, x, y)) return undefined;
  return { x: at.x + x * at.scale, y: at.y + y * at.scale, width: width * at.scale, area: width * height };
}
