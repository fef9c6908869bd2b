// What the page says by itself: to screen readers in a live region, to all in a
// small note over the map, and one lasting note while the server is away.

import { h } from './dom';

const shownFor = 4000;

export class Status {
  readonly live = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly toast = h('div', { class: 'toast', hidden: true, 'aria-hidden': 'true' }); // what it says, live has said
  readonly trouble = h('div', { class: 'trouble', role: 'alert', hidden: true });
  private timer = 0;

  /** Says a message; visible ones are also shown for some seconds. */
  announce(message: string, visible = false): void {
    this.live.textContent = message;
    if (!visible) return;
    this.toast.textContent = message;
    this.toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.toast.hidden = true), shownFor);
  }

  /** Shows or, with undefined, ends a lasting trouble with a way to try again. */
  report(message: string | undefined, retryWord = '', retry: () => void = () => {}): void {
    this.trouble.hidden = message === undefined;
    if (message === undefined) this.trouble.replaceChildren();
    else this.trouble.replaceChildren(h('span', {}, message), h('button', { type: 'button', class: 'button', onclick: retry }, retryWord));
  }
}
