// The panel's frame: a column beside the map on a wide screen, a bottom sheet of
// three heights on a narrow one. One thing is in it at a time.

import { h, pictogram, pictograms } from './dom';
import { narrow, peeking } from '../map/measures';

export type Size = 'peek' | 'half' | 'full';

/** Below this width the panel is a sheet; the style sheet says the same. */

export class Sheet {
  readonly element: HTMLElement;
  readonly handle = h('button', { type: 'button', class: 'handle', 'aria-controls': 'panel-body' }, h('span', { class: 'grip' }), pictogram(pictograms.up));
  readonly body = h('div', { id: 'panel-body', class: 'panel-body' });
  private words: Readonly<Record<'expand' | 'collapse', string>> = { expand: '', collapse: '' };

  constructor(private readonly changed: () => void) {
    this.element = h('aside', { id: 'panel', class: 'panel', 'data-size': 'peek' }, this.handle, this.body);
    this.handle.addEventListener('click', () => this.resize(this.size === 'peek' ? 'half' : 'peek'));
    this.dragging();
  }

  get size(): Size {
    return this.element.dataset['size'] as Size;
  }

  resize(size: Size): void {
    if (size !== this.size) {
      this.element.dataset['size'] = size;
      this.changed();
    }
    this.label();
  }

  /** At least half open; on a wide screen it always is. */
  reveal(): void {
    if (this.size === 'peek') this.resize('half');
  }

  say(words: Readonly<Record<'expand' | 'collapse', string>>): void {
    this.words = words;
    this.label();
  }

  /** Height in pixels that the sheet takes from the map; 0 beside it. */
  covered(): number {
    if (!narrow.matches) return 0;
    return this.size === 'peek' ? peeking : Math.min(this.element.offsetHeight, innerHeight * 0.5);
  }

  private label(): void {
    const open = this.size !== 'peek';
    this.handle.setAttribute('aria-expanded', String(open));
    this.handle.setAttribute('aria-label', open ? this.words.collapse : this.words.expand);
  }

  /** A drag on the handle chooses the next height in its direction. */
  private dragging(): void {
    let from = 0;
    this.handle.addEventListener('pointerdown', (event) => {
      from = event.clientY;
      this.handle.setPointerCapture(event.pointerId);
    });
    this.handle.addEventListener('pointerup', (event) => {
      const moved = event.clientY - from;
      if (Math.abs(moved) < 24) return;
      const order: readonly Size[] = ['peek', 'half', 'full'];
      const next = order[Math.max(0, Math.min(2, order.indexOf(this.size) + (moved < 0 ? 1 : -1)))]!;
      this.handle.addEventListener('click', (click) => click.stopImmediatePropagation(), { once: true, capture: true });
      setTimeout(() => this.resize(next));
    });
  }
}
