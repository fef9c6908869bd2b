// Which coverage is drawn: by technology, by operator, with its scale.

import { technologies } from '../schema/coverage';
import { type Context, speaker } from './context';
import { h } from './dom';
import { entries, technologySwatch } from './swatches';

/** The choices of technology and operator, and the legend of what is drawn. */
export function coverageLegend(context: Context): HTMLElement {
  const { store, attributes } = context;
  const say = speaker(store);
  const { language, technology, operator } = store.state;
  const rows = [...attributes.table('coverage').values()];
  const operators = [...new Set(rows.map((row) => row['operator'] ?? ''))].filter(Boolean).sort();
  const used = technologies.filter((t) => rows.length === 0 || rows.some((row) => row['technology'] === t.id));
  const sample = rows.some((row) => row['quality'] === 'illustrative');
  const shown = used.filter((t) => !technology || t.id === technology);
  return h('div', { class: 'legend-block' },
    sample && h('p', { class: 'note' }, say('sampleCoverage')),
    h('div', { class: 'choices' },
      choice('technology', say('technology'), say('anyTechnology'), used.map((t) => [t.id, t.title[language]]), technology, (value) => store.set({ technology: value })),
      choice('operator', say('operator'), say('anyOperator'), operators.map((o) => [o, o]), operator, (value) => store.set({ operator: value }))),
    entries(shown.map((t) => [technologySwatch(t), t.title[language]] as const), 'two'),
    h('p', { class: 'hint' }, say('noCoverage')));
}

function choice(id: string, label: string, all: string, options: readonly (readonly [string, string])[], value: string, choose: (value: string) => void): HTMLElement {
  const select = h('select', { id: `choose-${id}`, onchange: (event) => choose((event.target as HTMLSelectElement).value) },
    h('option', { value: '' }, all), ...options.map(([v, word]) => h('option', { value: v }, word)));
  select.value = value;
  return h('label', { class: 'choice', for: `choose-${id}` }, h('span', {}, label), select);
}
