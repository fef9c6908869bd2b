// Where the data come from and how good they are, collection by collection.
// Loaded when someone asks.

import { getJSON } from '../data/api';
import { collections } from '../schema/collections';
import { formatNumber, qualities } from '../schema/fields';
import { type Context, speaker } from './context';
import { h } from './dom';

interface Answer {
  readonly collections: readonly { readonly id: string; readonly attribution?: string; readonly license?: string }[];
}

/** Fills root with a paragraph for each collection that the server has. */
export async function renderAbout(root: HTMLElement, context: Context): Promise<void> {
  const say = speaker(context.store);
  const { language } = context.store.state;
  root.replaceChildren(h('p', { class: 'loading' }, say('loading')));
  try {
    const answer = await getJSON<Answer>('/api/collections');
    const credits = new Map(answer.collections.map((c) => [c.id, c]));
    const present = collections.filter((c) => c.id !== 'villages_label' && credits.has(c.id));
    root.replaceChildren(...present.map((c) => {
      const info = context.app().collections.get(c.id);
      const quality = qualities.get(info?.quality ?? '');
      const credit = credits.get(c.id);
      return h('section', {},
        h('h3', {}, c.title[language], info && h('span', { class: 'count' }, ' ' + say('records', { count: formatNumber(info.count, language) }))),
        quality && h('p', {}, h('span', { class: 'tag' }, quality.title[language]), ' ', quality.meaning[language]),
        credit?.attribution && h('p', { lang: 'en' }, credit.attribution),
        credit?.license && h('p', { lang: 'en' }, credit.license));
    }));
  } catch {
    root.replaceChildren(h('p', { class: 'failed' }, say('failed')));
  }
}
