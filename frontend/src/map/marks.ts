// Marks and names over the ground, drawn once for the whole view, so that none is
// cut at a tile's edge or repeated by the next tile.

import type { Map as LeafletMap } from 'leaflet';
import type { Attributes } from '../data/attributes';
import type { Shape } from '../data/geometry';
import type { Places } from '../data/places';
import { badgeOf, drawBadge, drawCluster } from './badge';
import { Crowd } from './crowd';
import type { DrawnMark } from './drawn';
import { drawLabels } from './labels';
import type { GroundStyle } from './paint';
import { placementOf } from './project';
import type { VectorGrid } from './vector-grid';
import { ViewportCanvas } from './viewport-canvas';

/** Collections of marks, most important first: the first ones get the room. */
export const markOrder: readonly string[] = ['blankspots', 'destinations', 'towers', 'products'];

export class Marks extends ViewportCanvas {
  /** What was drawn last; for picking. */
  drawn: readonly DrawnMark[] = [];

  constructor(private readonly grid: VectorGrid, private readonly places: Places, private readonly attributes: Attributes, private style: GroundStyle) {
    super('marks');
  }

  restyle(style: GroundStyle): void {
    this.style = style;
    this.redraw();
  }

  protected override get blank(): boolean {
    return this.grid.visible().length === 0;
  }

  protected draw(context: CanvasRenderingContext2D, map: LeafletMap): void {
    const crowd = new Crowd();
    const marks = this.arrange(map, crowd);
    this.drawn = marks;
    drawLabels(context, map, this.bounds, crowd, marks, this.grid, this.places, this.attributes, this.style);
    for (let i = marks.length - 1; i >= 0; i--) {
      const mark = marks[i]!;
      if (mark.count > 1 && mark.radius > 6) drawCluster(context, mark.badge, mark.x, mark.y, mark.radius, mark.count, this.style.palette.badge);
      else drawBadge(context, mark.badge, mark.x, mark.y, mark.radius, this.style.palette.badge);
    }
  }

  /** Gives each mark a badge where there is room, else a dot. */
  private arrange(map: LeafletMap, crowd: Crowd): DrawnMark[] {
    const zoom = map.getZoom();
    const large = zoom >= 12 ? 12 : zoom >= 10 ? 10 : 8;
    const small = zoom >= 10 ? 4.5 : 3.5;
    const { min, max } = this.bounds;
    const marks: DrawnMark[] = [];
    const tiles = this.grid.visible().map(({ address, layers }) => ({ at: placementOf(map, address), layers }));
    for (const collection of markOrder) {
      if (!this.style.layers.has(collection)) continue;
      const met = new Set<string>();
      for (const { at, layers } of tiles) {
        for (const shape of layers.get(collection) ?? []) {
          const x = at.x + shape.coordinates[0]! * at.scale;
          const y = at.y + shape.coordinates[1]! * at.scale;
          const key = shape.id || `${Math.round(x / 3)} ${Math.round(y / 3)}`;
          if (met.has(key) || shape.type !== 'point' || x < min!.x || x > max!.x || y < min!.y || y > max!.y) continue;
          met.add(key);
          const count = Number(shape.properties['point_count'] ?? 1);
          const room = count > 1 ? Math.min(14, 8 + Math.log2(count)) : large;
          const radius = crowd.take(x, y, room, room) ? room : small;
          marks.push({ collection, id: shape.id, x, y, radius, count, properties: shape.properties, badge: badgeOf(collection, categoryIn(shape)) });
        }
      }
    }
    return marks;
  }
}

/** A mark's category; for a cluster the most frequent one, which comes first. */
function categoryIn(shape: Shape): string {
  const counts = shape.properties['categories'];
  if (typeof counts === 'string') return /"([^"]*)"/.exec(counts)?.[1] ?? '';
  return String(shape.properties['category'] ?? '');
}
