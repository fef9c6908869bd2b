// The panel of layers: a switch for each collection and, below it, its legend.

import { badgeOf } from '../map/badge';
import { categories, otherCategory } from '../schema/categories';
import { collections, type CollectionStyle } from '../schema/collections';
import { formatNumber, qualities } from '../schema/fields';
import { day, night } from '../schema/palette';
import { otherColour } from '../schema/others';
import { roadClasses } from '../schema/roads';
import type { Context } from './context';
import { speaker } from './context';
import { coverageLegend } from './coverage-legend';
import { h } from './dom';
import { darkness } from './night';
import { badgeSwatch, entries, patch, roadSwatch } from './swatches';

/** Fills the panel; call it again after every change. */
export function renderLayers(root: HTMLElement, context: Context): void {
  const focused = document.activeElement?.id;
  root.replaceChildren(...collections.filter((c) => c.switchable && (context.app().collections.get(c.id)?.count ?? 1) > 0).map((c) => group(c, context)), ...others(context), ground(context));
  if (focused) document.getElementById(focused)?.focus();
}

function group(c: CollectionStyle, context: Context): HTMLElement {
  const { language, layers } = context.store.state;
  const info = context.app().collections.get(c.id);
  const note = qualities.get(info?.quality ?? '');
  return h('div', { class: 'layer' },
    row(c.id, info?.count, context, c.title[language], note && h('span', { class: 'tag', title: note.meaning[language] }, note.title[language])),
    layers.has(c.id) && legendOf(c.id, context));
}

/** What the schema does not know: each with a switch and, when it is drawn, its colour. */
function others(context: Context): HTMLElement[] {
  const list = [...context.app().others.values()];
  if (list.length === 0) return [];
  const rows = list.map((other) => {
    const colour = otherColour(other.order, darkness.matches);
    const sample = context.store.state.layers.has(other.id) && !other.raster && patch(colour, colour);
    return h('div', { class: 'layer' }, row(other.id, other.count, context, other.title, sample));
  });
  return [h('h2', { class: 'layers-heading' }, speaker(context.store)('otherLayers')), ...rows];
}

function row(collection: string, count: number | undefined, context: Context, ...title: (Node | string | undefined | false)[]): HTMLElement {
  const { store } = context;
  const id = `layer-${collection}`;
  const toggle = () => {
    const next = new Set(store.state.layers);
    if (!next.delete(collection)) next.add(collection);
    store.set({ layers: next });
  };
  const box = h('input', { type: 'checkbox', role: 'switch', id, onchange: toggle });
  box.checked = store.state.layers.has(collection);
  return h('label', { class: 'switch', for: id }, box, h('span', { class: 'track' }), h('span', { class: 'layer-title' }, ...title),
    count !== undefined && h('span', { class: 'count' }, formatNumber(count, store.state.language)));
}

/** What the signs of a collection mean; undefined for one that has no signs. */
export function legendOf(id: string, context: Context): HTMLElement | undefined {
  const { language } = context.store.state;
  switch (id) {
    case 'coverage':
      return coverageLegend(context);
    case 'roads':
      return entries(roadClasses.filter((r) => present(context, 'roads', 'class', r.id)).map((r) => [roadSwatch(r, darkness.matches), r.title[language]] as const).reverse());
    case 'destinations': {
      const used = new Set([...context.attributes.table('destinations').values()].map((row) => row['category'] ?? ''));
      const shown = categories.filter((c) => used.has(c.id));
      if ([...used].some((u) => u && !categories.some((c) => c.id === u))) shown.push(otherCategory);
      return shown.length === 0 ? undefined : entries(shown.map((c) => [badgeSwatch(badgeOf('destinations', c.id)), c.title[language]] as const), 'two');
    }
    case 'blankspots':
    case 'towers':
    case 'products':
      return entries([[badgeSwatch(badgeOf(id, '')), collections.find((c) => c.id === id)!.title[language]]]);
    default:
      return undefined;
  }
}

/** Whether a class occurs; while that is not known, it does. */
function present(context: Context, collection: string, property: string, value: string): boolean {
  const seen = context.view.grid.seen(collection, property);
  return seen.size === 0 || seen.has(value);
}

function ground(context: Context): HTMLElement {
  const say = speaker(context.store);
  const p = darkness.matches ? night : day;
  return h('div', { class: 'layer quiet' }, entries([
    [patch(p.village, p.regencyLine), say('regency')], [patch(p.neighbour, p.neighbourLine), say('outside')], [patch(p.sea, p.neighbourLine), say('sea')],
  ]));
}
