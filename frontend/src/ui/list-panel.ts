// What is in view, as a list: the same as the map, for who cannot see it or would
// rather read. Enter opens an entry and brings it into view.

import { collectionById } from '../schema/collections';
import { formatNumber } from '../schema/fields';
import { badgeOf } from '../map/badge';
import { type Context, speaker } from './context';
import { h } from './dom';
import { nameOf } from './names';
import { badgeSwatch } from './swatches';

/** Entries shown of one collection at most. */
const most = 80;

const listed: readonly string[] = ['villages', 'destinations', 'blankspots', 'towers', 'products'];

const orders = new Map<string, Intl.Collator>();

/** The order of names in a language. */
function order(language: string): Intl.Collator {
  let one = orders.get(language);
  if (!one) orders.set(language, (one = new Intl.Collator(language)));
  return one;
}

export interface InView {
  readonly collection: string;
  readonly ids: readonly string[];
}

/** The features in view of the collections that are drawn, in the order of the list. */
export function inView(context: Context): InView[] {
  const bounds = context.view.bounds();
  const { layers } = context.store.state;
  return listed.filter((c) => layers.has(c)).map((collection) => {
    const ids = context.places.within(collection, bounds);
    if (collection === 'villages' && ids.length === 0) {
      const here = context.view.pickCentre().find((hit) => hit.collection === 'villages');
      if (here) ids.push(here.id);
    }
    return { collection, ids };
  });
}

/** Says how many of each are in view. */
export function summary(context: Context, found: readonly InView[]): string {
  const say = speaker(context.store);
  const { language } = context.store.state;
  const parts = found.filter(({ ids }) => ids.length > 0).map(({ collection, ids }) => {
    const { noun, one } = collectionById.get(collection)!;
    return `${formatNumber(ids.length, language)} ${ids.length === 1 ? one[language].toLowerCase() : noun[language]}`;
  });
  return parts.length === 0 ? say('summaryNone') : say('summary', { list: parts.join(', ') });
}

/** Fills the panel with the entries. */
export function renderList(root: HTMLElement, context: Context, found: readonly InView[]): void {
  const say = speaker(context.store);
  const groups = found.filter(({ ids }) => ids.length > 0).map((group) => renderGroup(group, context));
  root.replaceChildren(...(groups.length > 0 ? groups : [h('p', { class: 'empty' }, say('empty'))]));
}

function renderGroup({ collection, ids }: InView, context: Context): HTMLElement {
  const say = speaker(context.store);
  const { language, selection } = context.store.state;
  const named = ids.map((id) => ({ id, ...nameOf({ collection, id }, context.attributes, language) }))
    .sort((a, b) => order(language).compare(a.title, b.title));
  const title = collectionById.get(collection)!.title[language];
  return h('section', { class: 'group' },
    h('h2', {}, collection === 'villages' ? (language === 'id' ? 'Desa' : 'Villages') : title, h('span', { class: 'count' }, formatNumber(ids.length, language))),
    h('ul', { class: 'entries' }, ...named.slice(0, most).map((entry) => {
      const current = selection?.collection === collection && selection.id === entry.id;
      const category = context.attributes.row(collection, entry.id)?.['category'] ?? '';
      const button = h('button', {
        type: 'button', class: 'entry', 'aria-current': current ? 'true' : undefined,
        onclick: () => context.open(collection, entry.id),
      }, collection !== 'villages' && badgeSwatch(badgeOf(collection, category)),
        h('span', { class: 'entry-text' }, h('span', { class: 'entry-title' }, entry.title), h('span', { class: 'entry-subtitle' }, entry.subtitle)));
      button.addEventListener('pointerenter', () => context.view.hover({ collection, id: entry.id }));
      button.addEventListener('pointerleave', () => context.view.hover(undefined));
      button.addEventListener('focus', () => context.view.hover({ collection, id: entry.id }));
      button.addEventListener('blur', () => context.view.hover(undefined));
      return h('li', {}, button);
    })),
    named.length > most && h('p', { class: 'hint' }, say('more', { count: formatNumber(named.length - most, language) })));
}
