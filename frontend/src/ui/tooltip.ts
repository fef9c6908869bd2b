// The name beside the mouse. Screen readers have the list instead.

import { h } from './dom';
import type { Name } from './names';

export class Tooltip {
  readonly element = h('div', { class: 'tooltip', hidden: true, 'aria-hidden': 'true' });
  private shown = '';

  /** Shows a name at a point of the page, or hides with undefined. */
  show(name: Name | undefined, x: number, y: number): void {
    this.element.hidden = name === undefined;
    if (!name) return;
    const text = name.title + '\n' + name.subtitle;
    if (text !== this.shown) {
      this.shown = text;
      this.element.replaceChildren(h('strong', {}, name.title), h('span', {}, name.subtitle));
    }
    const left = Math.min(x + 14, innerWidth - this.element.offsetWidth - 8);
    const top = y + 18 + this.element.offsetHeight > innerHeight ? y - 14 - this.element.offsetHeight : y + 18;
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}
