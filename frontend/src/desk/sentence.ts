// The question as a sentence whose parts are choices.

import { roadClasses } from '../schema/roads';
import { collections } from '../schema/collections';
import type { Context } from '../ui/context';
import { h } from '../ui/dom';
import { usual, type Question } from './state';
import { presets, type DeskSay } from './words';

type Choice = readonly [value: string, title: string];

/** A sentence with a choice for each {mark}; change is told what was chosen. */
export function sentence(template: string, context: Context, say: DeskSay, question: Question, prefix: string, change: (part: Partial<Question>) => void): HTMLElement {
  const parts: (Node | string)[] = [];
  for (const piece of template.split(/(\{\w+\})/)) {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1] as keyof Question | undefined;
    if (!name) parts.push(piece);
    else parts.push(...choice(name, context, say, question, prefix, change));
  }
  return h('p', { class: 'desk-sentence' }, ...parts);
}

/** The choice of one part. */
function choice(name: keyof Question, context: Context, say: DeskSay, question: Question, prefix: string, change: (part: Partial<Question>) => void): (Node | string)[] {
  const own = name === 'preset' && !!(question.min_rsrp || question.min_down);
  const value = own ? 'own' : name === 'preset' ? question.preset || 'bakti' : question[name];
  const options = optionsOf(name, context, say, question);
  if (!options.some(([v]) => v === value)) options.push([value, value]);
  const select = h('select', { id: `${prefix}-${name}`, 'aria-label': say(name as 'technology'), title: say(name as 'technology') },
    ...options.map(([v, title]) => h('option', { value: v, selected: v === value }, title)));
  fit(select);
  select.addEventListener('change', () => {
    fit(select);
    if (name !== 'preset') change({ [name]: select.value });
    else if (select.value === 'own') change({ preset: '', min_rsrp: '-105', min_down: '' });
    else change({ preset: select.value === 'bakti' ? '' : select.value, min_rsrp: '', min_down: '' });
  });
  if (name === 'near_road' && question.near_road) return [select, ' ', ...choice('road_class', context, say, question, prefix, change)];
  if (own) return [select, ' ', ...(['min_rsrp', 'min_down'] as const).map((n) => numberOf(n, say, question, prefix, change))];
  return [select];
}

function numberOf(name: 'min_rsrp' | 'min_down', say: DeskSay, question: Question, prefix: string, change: (part: Partial<Question>) => void): HTMLElement {
  const [min, max] = name === 'min_rsrp' ? [-140, -44] : [0.1, 1000];
  const input = h('input', { type: 'number', id: `${prefix}-${name}`, min, max, step: 'any', value: question[name], placeholder: name === 'min_rsrp' ? 'dBm' : 'Mbit/s', 'aria-label': say(name === 'min_rsrp' ? 'ownRSRP' : 'ownDown'), title: say(name === 'min_rsrp' ? 'ownRSRP' : 'ownDown') });
  input.addEventListener('change', () => change({ [name]: input.value }));
  return input;
}

/** A select as wide as what is chosen. */
function fit(select: HTMLSelectElement): void {
  if (CSS.supports('field-sizing', 'content')) return; // the style sheet does it
  const title = select.selectedOptions[0]?.textContent ?? '';
  select.style.width = `calc(${Math.max(4, title.length)}ch + 2.5em)`;
}

function optionsOf(name: keyof Question, { app, attributes, store }: Context, say: DeskSay, question: Question): Choice[] {
  const { language } = store.state;
  switch (name) {
    case 'technology':
      return [...['2g', '3g', '4g', '5g'].map((t): Choice => [t, t.toUpperCase()]), ['fibre', language === 'id' ? 'serat optik' : 'fibre'], ['wifi', 'Wi-Fi'], ['any', say('anyTechnology')]];
    case 'operator':
      return [['any', say('anyOperator')], ['2', say('atLeast', { count: 2 })], ['3', say('atLeast', { count: 3 })], ['all', say('allOperators')], ...operatorsOf(attributes).map((o): Choice => [o, o])];
    case 'evidence':
      return (['best', 'claimed', 'modelled', 'measured'] as const).map((e): Choice => [e, say(e)]);
    case 'preset':
      return [...[...presets].map(([id, title]): Choice => [id, title[language]]), ['own', say('own')]];
    case 'by':
      return [['village', say('village')], ['district', say('districtUnit')], ['regency', say('regencyUnit')]];
    case 'district': {
      const districts = new Map<string, string>();
      for (const row of attributes.table('villages').values()) districts.set(row['district_code'] ?? '', row['district'] ?? '');
      districts.delete('');
      return [['', say('wholeRegency')], ...[...districts].sort((a, b) => a[1].localeCompare(b[1], 'id')).map(([code, title]): Choice => [code, say('inDistrict', { name: title })])];
    }
    case 'near_road':
      return [['', say('allLand')], ...['100', '250', '500', '1000', '2000'].map((m): Choice => [m, say('nearRoad', { metres: m })])];
    case 'road_class':
      return [['', say('anyRoad')], ...roadClasses.map((r): Choice => [r.id, r.title[language].toLowerCase()])];
    case 'poi': {
      const points = collections.filter((c) => c.kind === 'mark' && c.id !== 'villages_label' && app().collections.has(c.id));
      const others = [...app().others.values()].filter((o) => o.collection);
      return [...points.map((c): Choice => [c.id, c.title[language].toLowerCase()]), ...others.map((o): Choice => [o.id, o.title])];
    }
    case 'season':
      return [['normal', say('normal')], ['holiday', say('holiday')]];
    default:
      return [[question[name] || usual[name], question[name] || usual[name]]];
  }
}

/** The operators that claims or towers name, in order. */
export function operatorsOf(attributes: Context['attributes']): string[] {
  const found = new Set<string>();
  for (const row of attributes.table('coverage').values()) if (row['operator']) found.add(row['operator']);
  for (const row of attributes.table('towers').values()) for (const o of (row['operators'] ?? '').split(/[;,]/)) if (o.trim()) found.add(o.trim());
  return [...found].sort((a, b) => a.localeCompare(b, 'id'));
}
