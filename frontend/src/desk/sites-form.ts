// What is asked of a plan of sites: how many or for how much, where towers may
// stand, what counts. All of it is in the address.

import { collections } from '../schema/collections';
import { h, pictogram, pictograms } from '../ui/dom';
import type { Ring } from './areas';
import type { Desk } from './desk';
import { slider } from './priorities-panel';
import type { Option } from './state';
import type { DeskWord } from './words';

export interface Drawing {
  readonly rings: readonly Ring[];
  /** The corners of the area that is being drawn; undefined while none is. */
  readonly open: Ring | undefined;
  begin(): void;
  /** Adds the middle of the map as a corner. */
  corner(): void;
  undo(): void;
  finish(): void;
  remove(at: number): void;
}

export const siteWeights = ['people', 'places', 'road_km', 'tourists', 'official'] as const;

export function sitesForm(desk: Desk, drawing: Drawing): HTMLElement[] {
  const { say, language, state } = desk;
  const value = (name: string) => state.options[`s-${name}` as Option];
  const put = (name: string, to: string) => desk.option({ [`s-${name}`]: to });
  const field = (name: string, word: DeskWord, min: number, max: number, step = 1, hint?: string) => h('label', {}, say(word), h('input', { type: 'number', id: `site-${name}`, min, max, step: step || 'any', value: value(name), placeholder: hint, oninput: (event) => put(name, (event.target as HTMLInputElement).value) }));
  const way = (id: string, word: DeskWord) => h('label', { class: 'desk-check' }, h('input', { type: 'radio', name: 'site-way', checked: value('way') === id, onchange: () => put('way', id) }), say(word));
  const known = desk.context.app();
  const points = collections.filter((c) => c.kind === 'mark' && known.collections.get(c.id)?.count).map((c) => [c.id, c.title[language]] as const);
  const areas = collections.filter((c) => c.kind === 'area' && !['villages', 'districts'].includes(c.id) && known.collections.get(c.id)?.count).map((c) => [c.id, c.title[language]] as const);
  const others = [...known.others.values()].filter((o) => o.collection).map((o) => [o.id, o.title] as const);
  const choice = (name: string, word: DeskWord, none: DeskWord, options: readonly (readonly [string, string])[]) => h('label', {}, say(word), h('select', { id: `site-${name}`, onchange: (event) => put(name, (event.target as HTMLSelectElement).value) },
    ...[['', say(none)] as const, ...options].map(([v, title]) => h('option', { value: v, selected: v === value(name) }, title))));
  const button = (word: DeskWord, press: () => void, disabled = false) => h('button', { type: 'button', class: 'button', onclick: press, disabled }, say(word));
  const { open } = drawing;
  return [
    h('p', { class: 'desk-about' }, say('sitesAbout')),
    h('fieldset', { class: 'desk-way' }, h('legend', { class: 'visually-hidden' }, say('sitesAbout')), way('count', 'byCount'), way('budget', 'byBudget')),
    h('div', { class: 'desk-fields' },
      value('way') === 'budget' ? field('budget', 'siteBudget', 0.1, 10_000, 0) : field('count', 'siteCount', 1, 200),
      field('spacing', 'spacing', 0, 100_000), field('lattice', 'lattice', 100, 20_000)),
    h('fieldset', { class: 'desk-sliders' }, h('legend', {}, say('weights')), ...siteWeights.map((name) => slider(`s-${name}`, say(`w_${name}`), Number(value(name)), (to) => put(name, String(to))))),
    h('details', { class: 'desk-more', open: ['road', 'on', 'except', 'not', 'height', 'frequency'].some((name) => value(name)) || open !== undefined }, h('summary', {}, say('siteRules')),
      h('div', { class: 'desk-fields' },
        field('road', 'siteNearRoad', 1, 10_000, 1, '–'), choice('on', 'siteOn', 'siteOnNone', [...points, ...others]), choice('except', 'siteExcept', 'siteExceptNone', [...areas, ...others]),
        field('height', 'height', 5, 300, 0, '40'), field('frequency', 'frequency', 150, 6000, 0, say('usualValue'))),
      h('ul', { class: 'desk-areas' }, ...drawing.rings.map((ring, i) => h('li', {}, say('excludedArea', { n: i + 1, corners: ring.length }),
        h('button', { type: 'button', class: 'icon-button', 'aria-label': say('excludedRemove', { n: i + 1 }), onclick: () => drawing.remove(i) }, pictogram(pictograms.close))))),
      open === undefined ? button('excludeDraw', drawing.begin) : h('div', { class: 'desk-drawing' },
        h('p', { role: 'status' }, say('excludeHelp', { corners: open.length })),
        h('div', { class: 'actions' }, button('excludeClose', drawing.finish, open.length < 3), button('excludeCorner', drawing.corner), button('excludeUndo', drawing.undo)))),
    h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, say('search'))),
  ];
}
