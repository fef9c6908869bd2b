// What belongs to a village: its destinations, products and blank spots.

import { getRows } from '../data/api';
import { badgeOf } from '../map/badge';
import { type Context, speaker } from './context';
import { h } from './dom';
import { nameOf } from './names';
import { badgeSwatch } from './swatches';

const collections: readonly string[] = ['destinations', 'products', 'blankspots'];

/** Fills root with the features that name the village; silent when that fails. */
export async function renderRelated(root: HTMLElement, village: string, context: Context): Promise<void> {
  const say = speaker(context.store);
  const { language } = context.store.state;
  const found = await Promise.all(collections.filter((id) => context.app().collections.has(id)).map(async (collection) => {
    try {
      const properties = collection === 'blankspots' ? ['name'] : ['name', 'category'];
      return (await getRows(collection, properties, { village_code: village })).map((row) => ({ collection, row }));
    } catch {
      return [];
    }
  }));
  const entries = found.flat().map(({ collection, row }) => {
    const id = row['id'] ?? '';
    const name = nameOf({ collection, id, properties: { name: row['name'] ?? '' } }, context.attributes, language);
    return h('li', {}, h('button', { type: 'button', class: 'entry', onclick: () => context.open(collection, id) },
      badgeSwatch(badgeOf(collection, row['category'])),
      h('span', { class: 'entry-text' }, h('span', { class: 'entry-title' }, name.title), h('span', { class: 'entry-subtitle' }, name.subtitle))));
  });
  root.replaceChildren(h('h3', {}, say('related')), entries.length > 0 ? h('ul', { class: 'entries' }, ...entries) : h('p', { class: 'hint' }, say('relatedNone')));
}
