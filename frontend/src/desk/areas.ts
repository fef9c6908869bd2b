// Areas that are drawn on the map, corner by corner, in a form that fits into
// the address: lon,lat,lon,lat,… set apart by |.

import type { Map as LeafletMap } from 'leaflet';
import type { Place } from '../data/mercator';
import { ViewportCanvas } from '../map/viewport-canvas';

export type Ring = readonly Place[];

export function readAreas(text: string): Ring[] {
  return text.split('|').filter(Boolean).map((part) => {
    const values = part.split(',').map(Number);
    return Array.from({ length: values.length >> 1 }, (_, i) => ({ lon: values[2 * i]!, lat: values[2 * i + 1]! }));
  }).filter((ring) => ring.length >= 3 && ring.every((p) => Number.isFinite(p.lon) && Number.isFinite(p.lat)));
}

export const writeAreas = (rings: readonly Ring[]): string => rings.map((ring) => ring.map((p) => `${p.lon.toFixed(4)},${p.lat.toFixed(4)}`).join(',')).join('|');

/** An area as GeoJSON. */
export const polygonOf = (ring: Ring): object => ({ type: 'Polygon', coordinates: [[...ring, ring[0]!].map((p) => [p.lon, p.lat])] });

const ink = '#8c2d19';

/** Draws the areas, and the one that is being made. */
export class Areas extends ViewportCanvas {
  private rings: readonly Ring[] = [];
  private open: Ring = [];

  constructor() {
    super('desk-excluded');
  }

  show(rings: readonly Ring[], open: Ring): void {
    [this.rings, this.open] = [rings, open];
    this.redraw();
  }

  protected override get blank(): boolean {
    return this.rings.length + this.open.length === 0;
  }

  protected draw(context: CanvasRenderingContext2D, map: LeafletMap): void {
    const trace = (ring: Ring) => {
      context.beginPath();
      for (const { lon, lat } of ring) {
        const { x, y } = map.latLngToLayerPoint([lat, lon]);
        context.lineTo(x, y);
      }
    };
    context.lineWidth = 2.5;
    context.setLineDash([7, 5]);
    context.strokeStyle = ink;
    for (const [i, ring] of this.rings.entries()) {
      trace(ring);
      context.closePath();
      context.fillStyle = 'rgb(140 45 25 / 22%)';
      context.fill();
      context.stroke();
      const corner = map.latLngToLayerPoint([ring[0]!.lat, ring[0]!.lon]);
      context.fillStyle = ink;
      context.font = '700 13px system-ui, sans-serif';
      context.fillText(`× ${i + 1}`, corner.x + 6, corner.y - 6);
    }
    trace(this.open);
    context.stroke();
    context.setLineDash([]);
    for (const { lon, lat } of this.open) {
      const { x, y } = map.latLngToLayerPoint([lat, lon]);
      context.beginPath();
      context.arc(x, y, 5, 0, 2 * Math.PI);
      context.fillStyle = '#fff';
      context.fill();
      context.stroke();
    }
  }
}
