// The outline of what is chosen and of what the mouse is over, on a canvas of its
// own, from the tiles at hand: nothing else is drawn anew for it.

import type { Map as LeafletMap } from 'leaflet';
import { tileSize, type Shape } from '../data/geometry';
import type { Selection } from '../data/hash';
import type { Places } from '../data/places';
import type { Palette } from '../schema/palette';
import { trace } from './paths';
import { placementOf } from './project';
import type { TileAddress } from '../data/mercator';
import { ViewportCanvas } from './viewport-canvas';

/** Finds the parts of a feature in the tiles in view. */
export type FindShapes = (what: Selection) => readonly { readonly address: TileAddress; readonly shapes: readonly Shape[] }[];

export class Highlight extends ViewportCanvas {
  private selected: Selection | undefined;
  private hovered: Selection | undefined;

  constructor(private readonly find: FindShapes, private readonly places: Places, private palette: Palette) {
    super('highlight', true);
  }

  restyle(palette: Palette): void {
    this.palette = palette;
    this.redraw();
  }

  select(selection: Selection | undefined): void {
    this.selected = selection;
    this.redraw();
  }

  hover(selection: Selection | undefined): void {
    if (selection?.id === this.hovered?.id && selection?.collection === this.hovered?.collection) return;
    this.hovered = selection;
    this.redraw();
  }

  protected override get blank(): boolean {
    return this.selected === undefined && this.hovered === undefined;
  }

  protected draw(context: CanvasRenderingContext2D, map: LeafletMap): void {
    if (this.hovered) this.outline(context, map, this.hovered, 1.8, false);
    if (this.selected) this.outline(context, map, this.selected, 2.8, true);
  }

  private outline(context: CanvasRenderingContext2D, map: LeafletMap, what: Selection, width: number, filled: boolean): void {
    context.strokeStyle = this.palette.highlight;
    context.fillStyle = this.palette.highlightFill;
    context.lineJoin = 'round';
    const point = what.collection === 'villages' ? undefined : this.places.find(what.collection, what.id);
    if (point) {
      const { x, y } = map.latLngToLayerPoint([point.lat, point.lon]);
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, 16, 0, 2 * Math.PI);
      context.stroke();
      return;
    }
    for (const { address, shapes } of this.find(what)) {
      const at = placementOf(map, address);
      context.save();
      context.translate(at.x, at.y);
      context.scale(at.scale, at.scale);
      context.beginPath();
      context.rect(0, 0, tileSize, tileSize);
      context.clip();
      for (const shape of shapes) {
        const path = new Path2D();
        if (shape.type === 'point') path.arc(shape.coordinates[0]!, shape.coordinates[1]!, 10 / at.scale, 0, 2 * Math.PI);
        else trace(path, shape);
        context.lineWidth = (shape.type === 'line' ? width + 2 : width) / at.scale;
        if (shape.type === 'area' && filled) context.fill(path);
        context.stroke(path);
      }
      context.restore();
    }
  }
}
