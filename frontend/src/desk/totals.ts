// What the answer sums to: each number with its interval, its share of what is
// known, and how much is unknown.

import type { Language } from '../schema/language';
import { h } from '../ui/dom';
import { basisButton, type Basis } from './about-numbers';
import { formatOf, gapShare, unknownShare } from './format';
import type { Counts, Row } from './types';
import type { DeskSay, DeskWord } from './words';

/** The totals of an answer. */
export function renderTotals(row: Row, basis: () => Basis | undefined, say: DeskSay, language: Language): HTMLElement {
  const f = formatOf(language);
  const figure = (id: string, word: DeskWord, how: DeskWord, c: Counts, write: (n: number) => string, more?: string) => h('div', { class: 'desk-figure', 'data-figure': id },
    h('dt', {}, say(word), basisButton(say(word), how, basis, say, language)),
    h('dd', {}, h('strong', {}, write(c.gap)), ' ', h('span', {}, say('ofTotal', { total: write(c.total) }))),
    more && h('dd', { class: 'desk-quiet' }, more),
    h('dd', { class: 'desk-quiet' }, gapShare(c) === undefined ? '–' : say('ofKnown', { share: f.share(gapShare(c)) }), '; ',
      h('span', { class: c.unknown > 0 ? 'desk-unknown' : undefined }, c.unknown > 0 ? say('unknownNote', { count: write(c.unknown), share: f.share(unknownShare(c)) }) : say('allKnown'))));
  return h('dl', { class: 'desk-totals', 'aria-label': say('totals') },
    figure('people', 'peopleGap', 'howPeople', row.people, f.people, say('interval', { low: f.people(row.people.gap_low), high: f.people(row.people.gap_high) })),
    figure('area_km2', 'areaGap', 'howArea', row.area_km2, f.km2),
    figure('places', 'placesGap', 'howPlaces', row.places, f.whole),
    figure('road_km', 'roadGap', 'howRoads', row.road_km, f.km));
}
