// The columns of the table of gaps, by the names of the API's CSV.

import { formatValue } from '../schema/fields';
import type { Language } from '../schema/language';
import { h } from '../ui/dom';
import { classById } from './classes';
import { classSwatch } from './legend';
import { formatOf, gapShare, unknownShare } from './format';
import type { Column } from './table';
import type { Row } from './types';
import type { DeskSay } from './words';

/** A class in words, with its colour and pattern. */
export function classChip(id: string, language: Language): HTMLElement {
  const style = classById.get(id);
  return h('span', { class: 'desk-class', 'data-class': id }, style && classSwatch(style), style?.title[language] ?? '–');
}

const order = ['BLANK', 'PARTIAL', 'UNKNOWN', 'SERVED', ''];

export function gapColumns(by: string, say: DeskSay, language: Language): Column<Row>[] {
  const f = formatOf(language);
  const name = by === 'village' ? say('name') : by === 'district' ? say('districtName') : say('regencyUnit');
  const all: Column<Row>[] = [
    { id: 'name', title: name, value: (r) => r.name, cell: (r) => h('span', {}, h('strong', {}, r.name), by === 'village' && h('span', { class: 'desk-quiet' }, r.district)) },
    { id: 'class', title: say('classTitle'), value: (r) => order.indexOf(r.class), cell: (r) => classChip(r.class, language) },
    {
      id: 'people_gap', title: say('peopleGap'), numeric: true, value: (r) => r.people.gap,
      cell: (r) => h('span', { title: say('interval', { low: f.people(r.people.gap_low), high: f.people(r.people.gap_high) }) }, f.people(r.people.gap),
        r.people.gap_low !== r.people.gap_high && h('span', { class: 'desk-quiet' }, `${f.people(r.people.gap_low)}–${f.people(r.people.gap_high)}`)),
    },
    { id: 'share', title: say('share'), numeric: true, value: (r) => gapShare(r.people) ?? null, cell: (r) => f.share(gapShare(r.people)) },
    { id: 'unknown', title: say('unknownShare'), numeric: true, value: (r) => unknownShare(r.people) ?? null, cell: (r) => f.share(unknownShare(r.people)) },
    { id: 'people_total', title: say('peopleTotal'), numeric: true, value: (r) => r.people.total, cell: (r) => f.people(r.people.total) },
    { id: 'area_km2_gap', title: say('areaGap'), numeric: true, value: (r) => r.area_km2.gap, cell: (r) => f.km2(r.area_km2.gap) },
    { id: 'places_gap', title: say('placesGap'), numeric: true, value: (r) => r.places.gap, cell: (r) => `${f.whole(r.places.gap)}/${f.whole(r.places.total)}` },
    { id: 'road_km_gap', title: say('roadGap'), numeric: true, value: (r) => r.road_km.gap, cell: (r) => f.km(r.road_km.gap) },
    { id: 'nearest_tower_km', title: say('nearestTower'), numeric: true, value: (r) => r.nearest_tower_km, cell: (r) => f.km(r.nearest_tower_km) },
    { id: 'nearest_fibre_km', title: say('nearestFibre'), numeric: true, value: (r) => r.nearest_fibre_km, cell: (r) => f.km(r.nearest_fibre_km) },
    { id: 'official', title: say('official'), value: (r) => r.official?.status ?? null, cell: (r) => officialText(r.official, language) },
    { id: 'code', title: say('code'), value: (r) => r.code },
  ];
  return by === 'regency' ? all.filter((c) => c.id !== 'code') : all;
}

/** An official status with its date. */
export function officialText(official: Row['official'], language: Language): string {
  if (!official?.status) return '–';
  return formatValue('status', official.status, language) + (official.date ? ` (${official.date})` : '');
}
