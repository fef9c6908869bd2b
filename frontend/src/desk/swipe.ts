// Two answers on one map, with a divider between them that is dragged or moved
// with the arrow keys.

import type { Map as LeafletMap } from 'leaflet';
import { h } from '../ui/dom';
import type { Choropleth } from './choropleth';

export class Swipe {
  private readonly handle = h('div', { class: 'desk-divider', role: 'slider', tabindex: '0', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-orientation': 'horizontal' }, h('span', { class: 'desk-divider-grip', 'aria-hidden': 'true' }));
  private readonly names = [h('span', { class: 'desk-side left' }), h('span', { class: 'desk-side right' })] as const;
  private part = 0.5;
  private readonly follow = () => this.draw();

  constructor(private readonly map: LeafletMap, private readonly left: Choropleth, private readonly right: Choropleth, label: string) {
    this.handle.setAttribute('aria-label', label);
    this.handle.append(...this.names);
    this.handle.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -0.02, ArrowRight: 0.02, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      this.put(this.part + step);
    });
    for (const type of ['click', 'dblclick', 'mousedown', 'touchstart']) this.handle.addEventListener(type, (event) => event.stopPropagation());
    this.handle.addEventListener('pointerdown', (down) => {
      down.preventDefault();
      down.stopPropagation();
      this.handle.focus();
      this.handle.setPointerCapture(down.pointerId);
      const move = (event: PointerEvent) => {
        const box = map.getContainer().getBoundingClientRect();
        this.put((event.clientX - box.left) / box.width);
      };
      const up = () => this.handle.removeEventListener('pointermove', move);
      this.handle.addEventListener('pointermove', move);
      this.handle.addEventListener('pointerup', up, { once: true });
      this.handle.addEventListener('pointercancel', up, { once: true });
    });
    map.getContainer().append(this.handle);
    map.on('move zoom moveend zoomend resize viewreset layeradd', this.follow);
    this.draw();
  }

  /** Says at the divider what lies on which side. */
  name(left: string, right: string): void {
    [this.names[0].textContent, this.names[1].textContent] = [left, right];
    this.handle.setAttribute('aria-valuetext', `${left} | ${right}`);
  }

  /** Clips both answers at the divider. */
  draw(): void {
    const size = this.map.getSize();
    const nw = this.map.containerPointToLayerPoint([0, 0]);
    const se = this.map.containerPointToLayerPoint(size);
    const at = nw.x + size.x * this.part;
    const box = (x0: number, x1: number) => `polygon(${x0}px ${nw.y}px, ${x1}px ${nw.y}px, ${x1}px ${se.y}px, ${x0}px ${se.y}px)`;
    for (const [layer, x0, x1] of [[this.left, nw.x, at], [this.right, at, se.x]] as const) {
      if (layer.container) layer.container.style.clipPath = box(x0, x1);
    }
    this.handle.style.left = `${Math.round(size.x * this.part)}px`;
    this.handle.setAttribute('aria-valuenow', String(Math.round(this.part * 100)));
  }

  remove(): void {
    this.map.off('move zoom moveend zoomend resize viewreset layeradd', this.follow);
    this.handle.remove();
    for (const { container } of [this.left, this.right]) if (container) container.style.clipPath = '';
  }

  private put(part: number): void {
    this.part = Math.min(0.98, Math.max(0.02, part));
    this.draw();
  }
}
