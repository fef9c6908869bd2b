// What a visitor's questions draw over the map: ways, areas, numbered places and
// tints of villages, on one canvas.

import type { Map as LeafletMap } from 'leaflet';
import { tileSize } from '../data/geometry';
import type { MapView } from '../map/map-view';
import { trace } from '../map/paths';
import { placementOf } from '../map/project';
import { ViewportCanvas } from '../map/viewport-canvas';

export type Position = readonly [lon: number, lat: number];

export interface Line {
  readonly points: readonly Position[];
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

export interface Area {
  readonly rings: readonly (readonly Position[])[];
  readonly fill: string;
  readonly stroke: string;
}

export interface Dot {
  readonly at: Position;
  readonly colour: string;
  readonly label?: string;
}

export interface Drawing {
  readonly lines?: readonly Line[];
  readonly areas?: readonly Area[];
  readonly dots?: readonly Dot[];
  /** Colours of villages by id. */
  readonly tints?: ReadonlyMap<string, string>;
}

export class Overlay extends ViewportCanvas {
  private drawing: Drawing = {};

  constructor(private readonly view: MapView) {
    super('explore');
    this.addTo(view.map);
  }

  show(drawing: Drawing): void {
    this.drawing = drawing;
    this.redraw();
  }

  protected override get blank(): boolean {
    const { lines = [], areas = [], dots = [], tints } = this.drawing;
    return lines.length + areas.length + dots.length + (tints?.size ?? 0) === 0;
  }

  protected draw(context: CanvasRenderingContext2D, map: LeafletMap): void {
    const { lines = [], areas = [], dots = [], tints } = this.drawing;
    if (tints) this.tint(context, map, tints);
    for (const area of areas) {
      context.beginPath();
      for (const ring of area.rings) path(context, map, ring, true);
      context.fillStyle = area.fill;
      context.strokeStyle = area.stroke;
      context.lineWidth = 1.5;
      context.fill('evenodd');
      context.stroke();
    }
    context.lineJoin = context.lineCap = 'round';
    for (const line of lines) {
      context.beginPath();
      path(context, map, line.points, false);
      context.setLineDash([...(line.dash ?? [])]);
      context.lineCap = line.dash ? 'butt' : 'round';
      context.strokeStyle = line.colour;
      context.lineWidth = line.width;
      context.stroke();
    }
    context.setLineDash([]);
    for (const dot of dots) drawDot(context, map, dot);
  }

  /** Fills the villages of the tiles at hand. */
  private tint(context: CanvasRenderingContext2D, map: LeafletMap, tints: ReadonlyMap<string, string>): void {
    for (const { address, layers } of this.view.grid.visible()) {
      const at = placementOf(map, address);
      context.save();
      context.translate(at.x, at.y);
      context.scale(at.scale, at.scale);
      context.beginPath();
      context.rect(0, 0, tileSize, tileSize);
      context.clip();
      for (const shape of layers.get('villages') ?? []) {
        const colour = tints.get(shape.id);
        if (!colour) continue;
        const outline = new Path2D();
        trace(outline, shape);
        context.fillStyle = colour;
        context.fill(outline);
      }
      context.restore();
    }
  }
}

function path(context: CanvasRenderingContext2D, map: LeafletMap, points: readonly Position[], close: boolean): void {
  points.forEach(([lon, lat], i) => {
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  if (close) context.closePath();
}

function drawDot(context: CanvasRenderingContext2D, map: LeafletMap, { at: [lon, lat], colour, label }: Dot): void {
  const { x, y } = map.latLngToLayerPoint([lat, lon]);
  context.beginPath();
  context.arc(x, y, label ? 12 : 8, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.strokeStyle = '#fff';
  context.lineWidth = 2.5;
  context.fill();
  context.stroke();
  if (!label) return;
  context.font = '700 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = '#fff';
  context.fillText(label, x, y + 0.5);
}
