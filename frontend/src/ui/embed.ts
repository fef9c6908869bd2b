// The map in the page of somebody else: its legend, which folds away, and the way to
// the whole map.

import { collections } from '../schema/collections';
import { type Context, speaker } from './context';
import { h } from './dom';
import { legendOf } from './layers-panel';

/** From this width on the legend is unfolded at first. */
const wide = 900;

/** The parts that a frame has in the place of the panel. */
export class Embed {
  private readonly summary = h('summary');
  private readonly body = h('div', { class: 'embed-legend-body' });
  private readonly legend = h('details', { class: 'embed-legend', open: innerWidth >= wide }, this.summary, this.body);
  private readonly whole = h('a', { class: 'whole-map', href: '/', target: '_blank', rel: 'noopener' }, 'Petadesa ↗');
  readonly parts = [this.whole, this.legend];

  constructor() {
    this.whole.addEventListener('click', () => (this.whole.href = `/${location.hash}`));
  }

  /** Shows what is drawn now. */
  render(context: Context): void {
    const { language, layers } = context.store.state;
    this.summary.textContent = speaker(context.store)('legend');
    this.body.replaceChildren(...collections.filter((c) => c.switchable && layers.has(c.id) && (context.app().collections.get(c.id)?.count ?? 0) > 0)
      .map((c) => [c, legendOf(c.id, context)] as const)
      .filter(([, legend]) => legend !== undefined)
      .map(([c, legend]) => h('section', {}, h('h2', {}, c.title[language]), legend)));
  }
}
