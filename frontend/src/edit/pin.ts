// A pin on the map that is dragged, or moved with the arrow keys.

import type { LatLngExpression, Map as LeafletMap } from 'leaflet';
import type { Place } from '../data/mercator';
import { h, s } from '../ui/dom';

const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Pin {
  private readonly element: HTMLButtonElement;
  private place: Place | undefined;
  private readonly follow = () => this.draw();

  constructor(private readonly map: LeafletMap, label: string, private readonly moved: (place: Place) => void) {
    this.element = h('button', { type: 'button', class: 'edit-pin', 'aria-label': label },
      s('svg', { viewBox: '0 0 32 40', 'aria-hidden': 'true' }, s('path', { d: 'M16 39C16 39 3 24 3 14a13 13 0 0 1 26 0c0 10-13 25-13 25z' }), s('circle', { cx: 16, cy: 14, r: 5 })));
    this.element.addEventListener('pointerdown', (down) => this.drag(down));
    for (const type of ['click', 'dblclick', 'mousedown', 'touchstart']) this.element.addEventListener(type, (event) => event.stopPropagation());
    this.element.addEventListener('keydown', (event) => {
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const far = event.shiftKey ? 20 : 2;
      this.shift(step[0] * far, step[1] * far);
    });
    map.getContainer().append(this.element);
    map.on('move zoom moveend zoomend resize', this.follow);
    this.draw();
  }

  /** Puts the pin at a place; undefined hides it. */
  put(place: Place | undefined): void {
    this.place = place;
    this.draw();
  }

  remove(): void {
    this.map.off('move zoom moveend zoomend resize', this.follow);
    this.element.remove();
  }

  private at = (place: Place) => this.map.latLngToContainerPoint([place.lat, place.lon] as LatLngExpression);

  private draw(): void {
    this.element.hidden = !this.place;
    if (!this.place) return;
    const { x, y } = this.at(this.place);
    this.element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  private shift(dx: number, dy: number): void {
    if (!this.place) return;
    const { x, y } = this.at(this.place);
    const to = this.map.containerPointToLatLng([x + dx, y + dy]);
    this.place = { lon: to.lng, lat: to.lat };
    this.draw();
    this.moved(this.place);
  }

  private drag(down: PointerEvent): void {
    down.preventDefault();
    down.stopPropagation();
    this.element.focus();
    this.element.setPointerCapture(down.pointerId);
    let { clientX: x, clientY: y } = down;
    const move = (event: PointerEvent) => {
      this.shift(event.clientX - x, event.clientY - y);
      ({ clientX: x, clientY: y } = event);
    };
    const up = () => {
      this.element.removeEventListener('pointermove', move);
      this.element.removeEventListener('pointerup', up);
      this.element.removeEventListener('pointercancel', up);
    };
    this.element.addEventListener('pointermove', move);
    this.element.addEventListener('pointerup', up);
    this.element.addEventListener('pointercancel', up);
  }
}
