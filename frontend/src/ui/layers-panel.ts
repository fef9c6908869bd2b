// The panel of layers: a switch for each collection and, below it, its legend.

import { badgeOf } from '../map/badge';
import { categories, otherCategory } from '../schema/categories';
import { collections, type CollectionStyle } from '../schema/collections';
import { formatNumber, qualities } from '../schema/fields';
import { day, night } from '../schema/palette';
import { roadClasses } from '../schema/roads';
import type { Context } from './context';
import { speaker } from './context';
import { coverageLegend } from './coverage-legend';
import { h } from './dom';
import { darkness } from './night';
import { badgeSwatch, patch, roadSwatch } from './swatches';

/** Fills the panel; call it again after every change. */
export function renderLayers(root: HTMLElement, context: Context): void {
  const focused = document.activeElement?.id;
  root.replaceChildren(...collections.filter((c) => c.switchable && (context.app().collections.get(c.id)?.count ?? 1) > 0).map((c) => group(c, context)), ground(context));
  if (focused) document.getElementById(focused)?.focus();
}

function group(c: CollectionStyle, context: Context): HTMLElement {
  const { store } = context;
  const { language, layers } = store.state;
  const info = context.app().collections.get(c.id);
  const on = layers.has(c.id);
  const id = `layer-${c.id}`;
  const toggle = () => {
    const next = new Set(store.state.layers);
    if (!next.delete(c.id)) next.add(c.id);
    store.set({ layers: next });
  };
  const box = h('input', { type: 'checkbox', role: 'switch', id, onchange: toggle });
  box.checked = on;
  const note = qualities.get(info?.quality ?? '');
  return h('div', { class: 'layer' },
    h('label', { class: 'switch', for: id }, box, h('span', { class: 'track' }),
      h('span', { class: 'layer-title' }, c.title[language], note && h('span', { class: 'tag', title: note.meaning[language] }, note.title[language])),
      info !== undefined && h('span', { class: 'count' }, formatNumber(info.count, language))),
    on && legend(c.id, context));
}

function legend(id: string, context: Context): HTMLElement | undefined {
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

export function entries(list: readonly (readonly [Element, string])[], style = ''): HTMLElement {
  return h('ul', { class: `legend ${style}` }, ...list.map(([sample, word]) => h('li', {}, sample, word)));
}
