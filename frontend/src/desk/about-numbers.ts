// Where a number comes from, one press away: method, model, data with their
// dates and quality, and the same answer from the API.

import { collectionById } from '../schema/collections';
import { formatNumber, qualities } from '../schema/fields';
import type { Language } from '../schema/language';
import { h, pictogram, pictograms } from '../ui/dom';
import { saidIn } from './said';
import type { Provenance, Threshold } from './types';
import type { DeskSay, DeskWord } from './words';

export interface Basis {
  readonly provenance: Provenance;
  readonly threshold?: Threshold | undefined;
  /** Address that answers the same. */
  readonly permalink?: string | undefined;
}

const sign = 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v5M10 6v.5';

/** A button that tells where what it stands beside comes from. */
export function basisButton(what: string, how: DeskWord | undefined, basis: () => Basis | undefined, say: DeskSay, language: Language): HTMLButtonElement {
  return h('button', {
    type: 'button', class: 'desk-info', 'aria-haspopup': 'dialog', 'aria-label': say('methodOf', { what }), title: say('method'),
    onclick: () => {
      const known = basis();
      if (known) openBasis(what, how, known, say, language);
    },
  }, pictogram(sign));
}

function openBasis(what: string, how: DeskWord | undefined, { provenance: p, threshold, permalink }: Basis, say: DeskSay, language: Language): void {
  const facts: [string, Node | string][] = [];
  if (threshold?.source) facts.push([say('preset'), saidIn(language, threshold.source)]);
  facts.push([say('model'), saidIn(language, p.model) || '–']);
  if (p.terrain) facts.push([say('terrain'), saidIn(language, p.terrain)]);
  facts.push([say('population'), saidIn(language, p.population) || '–'], [say('known'), saidIn(language, p.known) || '–']);
  const unmodelled = Object.entries(p.unmodelled_towers ?? {});
  if (unmodelled.length > 0) facts.push([say('unmodelled'), unmodelled.map(([id, why]) => `${id}: ${why}`).join('; ')]);
  facts.push([say('sources'), h('ul', {}, ...Object.entries(p.collections).map(([id, o]) => h('li', {},
    h('strong', {}, collectionById.get(id)?.title[language] ?? id), ': ', say('features', { count: formatNumber(o.features, language) }),
    o.from ? `, ${o.from === o.to || !o.to ? o.from : `${o.from} – ${o.to}`}` : '', ' ',
    ...(o.quality ?? []).map((q) => h('span', { class: 'tag' }, qualities.get(q)?.title[language] ?? q)))))]);
  if (p.places_outside) facts.push([say('placesGap'), say('placesOutside', { count: p.places_outside })]);
  facts.push([say('snapshot'), h('code', {}, p.snapshot.slice(0, 16))]);
  const dialog = h('dialog', { class: 'desk-dialog', 'aria-labelledby': 'desk-dialog-title' },
    h('div', { class: 'desk-dialog-head' }, h('h2', { id: 'desk-dialog-title' }, what),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': say('close'), onclick: () => dialog.close() }, pictogram(pictograms.close))),
    how && h('p', {}, say(how)),
    h('dl', { class: 'facts' }, ...facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    permalink && h('p', {}, h('a', { href: permalink, target: '_blank', rel: 'noopener' }, say('api'))));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
}
