// What an answer lacks, and how it would be loaded.

import { collectionById } from '../schema/collections';
import { formatNumber } from '../schema/fields';
import type { Language } from '../schema/language';
import type { Context } from '../ui/context';
import { h } from '../ui/dom';
import type { Answer } from './types';
import type { DeskSay } from './words';

export function renderMissing(answer: Answer, context: Context, say: DeskSay, language: Language): HTMLElement[] {
  const notes: HTMLElement[] = [];
  const note = (text: string, command?: string) => notes.push(h('p', { class: 'note' }, text, command ? ' ' : '', command && h('code', {}, command)));
  if (!context.app().collections.get('towers')?.count) note(say('noTowers'), 'petadesa import towers FILE');
  const without = answer.provenance.villages_without_population?.length ?? 0;
  if (without > 0) note(say('noPeople', { count: formatNumber(without, language) }), 'petadesa import population FILE.tif');
  const samples = Object.entries(answer.provenance.collections).filter(([, o]) => o.quality?.includes('illustrative')).map(([id]) => collectionById.get(id)?.title[language] ?? id);
  if (samples.length > 0) note(say('sampleData', { list: samples.join(', ') }));
  return notes;
}
