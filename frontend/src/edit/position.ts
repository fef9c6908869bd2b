// Where a point is: two coordinates and a pin on the map, which follow each other.

import type { Map as LeafletMap } from 'leaflet';
import type { Place } from '../data/mercator';
import { h } from '../ui/dom';
import { Pin } from './pin';
import type { EditSay } from './words';

const digits = 6; // a tenth of a metre

export class PositionField {
  readonly element: HTMLElement;
  private readonly lon: HTMLInputElement;
  private readonly lat: HTMLInputElement;
  private readonly pin: Pin;
  private readonly fault = h('p', { class: 'failed', id: 'edit-geometry-fault' });

  constructor(map: LeafletMap, say: EditSay) {
    const input = (id: string, most: number) => h('input', { type: 'number', step: 'any', min: -most, max: most, id, 'aria-describedby': 'edit-geometry-fault', oninput: () => this.pin.put(this.place) });
    this.lon = input('edit-lon', 180);
    this.lat = input('edit-lat', 90);
    this.element = h('fieldset', {}, h('legend', {}, say('position')), h('p', { class: 'help' }, say('positionHelp')),
      h('div', { class: 'edit-pair' },
        h('p', { class: 'edit-field' }, h('label', { for: 'edit-lon' }, say('lon')), this.lon),
        h('p', { class: 'edit-field' }, h('label', { for: 'edit-lat' }, say('lat')), this.lat)), this.fault);
    this.pin = new Pin(map, say('pin'), (place) => this.write(place));
  }

  get place(): Place | undefined {
    return this.lon.value === '' || this.lat.value === '' ? undefined : { lon: Number(this.lon.value), lat: Number(this.lat.value) };
  }

  set place(place: Place | undefined) {
    this.lon.value = place ? String(place.lon) : '';
    this.lat.value = place ? String(place.lat) : '';
    this.pin.put(place);
  }

  complain(reason: string): void {
    this.fault.textContent = reason;
    for (const input of [this.lon, this.lat]) {
      if (reason) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
    if (reason) this.lon.focus();
  }

  remove(): void {
    this.pin.remove();
  }

  private write(place: Place): void {
    this.lon.value = String(Number(place.lon.toFixed(digits)));
    this.lat.value = String(Number(place.lat.toFixed(digits)));
  }
}
