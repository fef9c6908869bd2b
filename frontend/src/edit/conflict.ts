// Shows what somebody else stored beside what was entered here.

import type { Feature } from '../data/api';
import { formatValue } from '../schema/fields';
import type { Language } from '../schema/language';
import { h } from '../ui/dom';
import { titleOf } from './fields';
import type { EditSay } from './words';

export interface Sides {
  /** What the form began with, what it holds, and what is stored now. */
  readonly before: Feature;
  readonly mine: Feature;
  readonly now: Feature;
}

/** A table of what differs between the sides, and the choice between them. */
export function conflictTable(sides: Sides, language: Language, say: EditSay, choose: (mine: boolean) => void): HTMLElement {
  const names = Object.keys(sides.now.properties).filter((name) => ![sides.mine, sides.before].every((f) => same(f.properties[name], sides.now.properties[name])));
  const shown = (name: string, feature: Feature) => {
    const value = feature.properties[name];
    return value === null || value === undefined || value === '' ? '–' : formatValue(name, value, language);
  };
  const row = (title: string, cell: (feature: Feature) => string) => h('tr', {}, h('th', { scope: 'row' }, title), ...[sides.before, sides.mine, sides.now].map((f) => h('td', {}, cell(f))));
  const moved = ![sides.mine, sides.before].every((f) => same(f.geometry, sides.now.geometry));
  const where = (f: Feature) => (f.geometry?.type === 'Point' ? (f.geometry.coordinates as number[]).map((n) => n.toFixed(5)).join(', ') : f.geometry?.type ?? '–');
  return h('section', { class: 'conflict', role: 'alert' },
    h('h3', {}, say('conflict')), h('p', {}, say('conflictBody')),
    h('table', {}, h('thead', {}, h('tr', {}, ...(['field', 'before', 'mine', 'theirs'] as const).map((word) => h('th', { scope: 'col' }, say(word))))),
      h('tbody', {}, ...names.map((name) => row(titleOf(name, language), (f) => shown(name, f))), ...(moved ? [row(say('position'), where)] : []))),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', onclick: () => choose(true) }, say('keepMine')),
      h('button', { type: 'button', class: 'button', onclick: () => choose(false) }, say('takeTheirs'))));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
