// Numbered spots on the map: sites that were chosen, towers of a scenario.

import type { Map as LeafletMap } from 'leaflet';
import { ViewportCanvas } from '../map/viewport-canvas';

export interface Spot {
  readonly lon: number;
  readonly lat: number;
  readonly text: string;
  readonly colour: string;
  /** Drawn as something that is taken away. */
  readonly gone?: boolean;
}

const radius = 12;

export class Spots extends ViewportCanvas {
  private spots: readonly Spot[] = [];
  private chosen = -1;

  constructor() {
    super('desk-spots');
  }

  show(spots: readonly Spot[], chosen = -1): void {
    this.spots = spots;
    this.chosen = chosen;
    this.redraw();
  }

  /** The spot at a place of the page's map, or -1. */
  at(map: LeafletMap, place: { lon: number; lat: number }, reach = radius + 4): number {
    const p = map.latLngToLayerPoint([place.lat, place.lon]);
    return this.spots.findIndex((s) => map.latLngToLayerPoint([s.lat, s.lon]).distanceTo(p) <= reach);
  }

  protected override get blank(): boolean {
    return this.spots.length === 0;
  }

  protected draw(context: CanvasRenderingContext2D, map: LeafletMap): void {
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    [...this.spots].map((spot, i) => ({ spot, i })).reverse().forEach(({ spot, i }) => {
      const { x, y } = map.latLngToLayerPoint([spot.lat, spot.lon]);
      const r = i === this.chosen ? radius + 4 : radius;
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.fillStyle = spot.colour;
      context.fill();
      context.lineWidth = i === this.chosen ? 4 : 2;
      context.strokeStyle = '#fff';
      context.stroke();
      context.fillStyle = '#fff';
      context.font = '700 12px system-ui, sans-serif';
      context.fillText(spot.gone ? '×' : spot.text, x, y + 0.5);
    });
  }
}
