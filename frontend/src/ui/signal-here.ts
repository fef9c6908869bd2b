// The coverage at one point, by operator: which technologies the drawn data have.

import type { Hit } from '../map/pick';
import { technologies } from '../schema/coverage';
import { type Context, speaker } from './context';
import { h } from './dom';

/** A row for each operator with its technologies, or a note that there is none. */
export function signalHere(hits: readonly Hit[], context: Context): HTMLElement | undefined {
  const { layers, language } = context.store.state;
  if (!layers.has('coverage')) return undefined;
  const say = speaker(context.store);
  const operators = new Map<string, { id: string; found: Set<string> }>();
  for (const hit of hits) {
    if (hit.collection !== 'coverage') continue;
    const operator = String(hit.properties['operator'] ?? '');
    const known = operators.get(operator) ?? { id: hit.id, found: new Set<string>() };
    known.found.add(String(hit.properties['technology'] ?? ''));
    operators.set(operator, known);
  }
  if (operators.size === 0) return h('p', { class: 'note warn' }, say('noSignalHere'));
  return h('dl', { class: 'facts signal' }, ...[...operators].sort().map(([operator, { found }]) => h('div', {},
    h('dt', {}, operator || say('operator')),
    h('dd', {}, ...technologies.filter((t) => found.has(t.id)).map((t) => h('span', { class: 'chip', title: t.title[language] }, t.title[language].replace(/ \(.*/, '')))))));
}
