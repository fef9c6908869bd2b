// The classes on the map: colour, pattern, how many rows and people; each
// chooses its rows in the table.

import { patternFill } from '../map/patterns';
import type { Language } from '../schema/language';
import { h } from '../ui/dom';
import { darkness } from '../ui/night';
import { classes, inLight, type ClassStyle } from './classes';
import { formatOf } from './format';
import type { Row } from './types';
import type { DeskSay } from './words';

/** A patch of a class as the map draws it. */
export function classSwatch(style: ClassStyle): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const ratio = Math.min(2, devicePixelRatio || 1);
  [canvas.width, canvas.height] = [24 * ratio, 16 * ratio];
  canvas.className = 'desk-swatch';
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = patternFill(context, inLight(style, darkness.matches), ratio);
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

/** Fills root with the legend of rows; choose is told which classes are wanted. */
export function renderLegend(root: HTMLElement, rows: readonly Row[], chosen: readonly string[], cells: boolean, choose: (classes: string[]) => void, say: DeskSay, language: Language): void {
  const f = formatOf(language);
  const items = classes.map((style) => {
    const here = rows.filter((r) => r.class === style.id);
    const on = chosen.includes(style.id);
    const people = here.reduce((sum, r) => sum + r.people.total, 0);
    return h('li', {}, h('button', {
      type: 'button', 'aria-pressed': String(on), title: `${style.meaning[language]}. ${say('legendFilter')}`, 'data-class': style.id, 'data-count': here.length,
      onclick: () => choose(on ? chosen.filter((c) => c !== style.id) : [...chosen, style.id]),
    }, classSwatch(style), h('span', { class: 'desk-legend-title' }, style.title[language]), h('strong', {}, f.whole(here.length)), h('span', { class: 'desk-quiet' }, `${f.people(people)} ${say('people')}`)));
  });
  root.setAttribute('aria-label', say('legend'));
  root.replaceChildren(h('ul', {}, ...items), h('p', { class: 'desk-quiet' }, say(cells ? 'cells' : 'cellsLater')));
}
