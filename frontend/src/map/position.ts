// Where the person is: a dot and a ring of its uncertainty. It stays here; it is
// never sent anywhere.

import type { Map as LeafletMap } from 'leaflet';
import type { Place } from '../data/mercator';
import { ViewportCanvas } from './viewport-canvas';

const colour = '#1a66d6';

export class Position extends ViewportCanvas {
  private place: Place | undefined;
  private metres = 0;

  constructor() {
    super('position');
  }

  show(place: Place, metres: number): void {
    this.place = place;
    this.metres = metres;
    this.redraw();
  }

  protected override get blank(): boolean {
    return this.place === undefined;
  }

  protected draw(context: CanvasRenderingContext2D, map: LeafletMap): void {
    if (!this.place) return;
    const { lat, lon } = this.place;
    const at = map.latLngToLayerPoint([lat, lon]);
    const north = map.latLngToLayerPoint([lat + this.metres / 111_320, lon]);
    context.fillStyle = colour + '22';
    context.beginPath();
    context.arc(at.x, at.y, Math.max(10, at.y - north.y), 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = colour;
    context.strokeStyle = '#fff';
    context.lineWidth = 3;
    context.beginPath();
    context.arc(at.x, at.y, 8, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
