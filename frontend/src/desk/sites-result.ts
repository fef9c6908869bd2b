// The sites that were found, in order, with what each gains, and how good the
// choice is.

import { h } from '../ui/dom';
import { basisButton } from './about-numbers';
import type { Desk } from './desk';
import { dossierOf } from './dossier-link';
import { fileButton, writeCSV, writePoints } from './files';
import { formatOf } from './format';
import { saidIn } from './said';
import { Table } from './table';
import type { Provenance, Row, Threshold } from './types';

export interface Site {
  readonly rank: number;
  readonly lon: number;
  readonly lat: number;
  readonly feature?: string;
  readonly village_code: string;
  readonly village: string;
  readonly district: string;
  readonly gain: Row;
  readonly cumulative: Row;
  readonly cost_per_person_idr: number | null;
}

export interface SitesAnswer {
  readonly sites: readonly Site[];
  readonly certificate: { readonly ratio: number; readonly value: number; readonly upper_bound: number; readonly unit: string; readonly method: string; readonly proven: boolean };
  readonly evaluations: number;
  readonly candidates: number;
  readonly considered: number;
  readonly cost: { readonly capex_idr: number; readonly source: string };
  readonly threshold: Threshold;
  readonly provenance: Provenance;
}

export const sitesTable = (desk: Desk, answer: SitesAnswer, open: (site: Site) => void): Table<Site> => {
  const { say, language } = desk;
  const f = formatOf(language);
  const { technology, operator } = desk.state.question;
  const table = new Table<Site>({
    say, label: say('panelSites'), sort: 'rank', key: (s) => String(s.rank), text: (s) => `${s.village} ${s.district}`,
    columns: [
      { id: 'village', title: say('name'), value: (s) => s.village, cell: (s) => h('span', {}, h('strong', {}, `${s.rank}. ${s.village}`), h('span', { class: 'desk-quiet' }, [s.district, s.feature].filter(Boolean).join(' · '))) },
      { id: 'gain', title: say('gains'), numeric: true, value: (s) => s.gain.people.covered, cell: (s) => f.people(s.gain.people.covered) },
      { id: 'cumulative', title: say('cumulative'), numeric: true, value: (s) => s.cumulative.people.covered, cell: (s) => f.people(s.cumulative.people.covered) },
      { id: 'places', title: say('w_places'), numeric: true, value: (s) => s.gain.places.covered, cell: (s) => f.whole(s.gain.places.covered) },
      { id: 'road', title: say('w_road_km'), numeric: true, value: (s) => s.gain.road_km.covered, cell: (s) => f.km(s.gain.road_km.covered) },
      { id: 'cost', title: say('costPerPerson'), numeric: true, value: (s) => s.cost_per_person_idr, cell: (s) => (s.cost_per_person_idr === null ? '–' : f.rupiah(s.cost_per_person_idr)) },
      { id: 'rank', title: say('rank'), numeric: true, value: (s) => s.rank },
      { id: 'dossier', title: say('dossier'), value: () => null, cell: (s) => h('a', { href: dossierOf({ ...s, height: Number(desk.state.options['s-height']), frequency: Number(desk.state.options['s-frequency']), technology, operator }, language), target: '_blank', rel: 'noopener' }, say('dossier')) },
    ],
    open,
    mark: (s) => desk.context.view.hover(s && { collection: 'villages', id: s.village_code }),
  });
  table.set(answer.sites);
  return table;
};

/** How near to the best the choice is, and by what method. */
export function certificate(desk: Desk, answer: SitesAnswer): HTMLElement {
  const { say, language } = desk;
  const f = formatOf(language);
  const c = answer.certificate;
  const number = (v: number) => (c.upper_bound < 10 ? v.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 3 }) : f.whole(v));
  return h('div', { class: 'desk-certificate' },
    h('p', {}, h('strong', {}, c.proven ? say('proven') : say('certificate', { ratio: f.share(Math.floor(c.ratio * 1000) / 1000) })), basisButton(say('panelSites'), 'howSites', () => ({ provenance: answer.provenance, threshold: answer.threshold }), say, language)),
    h('p', { class: 'desk-quiet' }, say('certificateMore', { value: number(c.value), bound: number(c.upper_bound), unit: saidIn(language, c.unit), method: c.method.split(/(, |; )/).map((m) => saidIn(language, m)).join(''), considered: f.whole(answer.considered), candidates: f.whole(answer.candidates), evaluations: f.whole(answer.evaluations) })),
    h('p', { class: 'desk-quiet' }, `${say('cost')}: ${f.rupiah(answer.cost.capex_idr)} (${saidIn(language, answer.cost.source)})`));
}

const columns = ['rank', 'lon', 'lat', 'village_code', 'village', 'district', 'people_gained', 'people_cumulative', 'places_gained', 'road_km_gained', 'cost_per_person_idr'] as const;

const record = (s: Site): Record<(typeof columns)[number], string | number | null> => ({
  rank: s.rank, lon: s.lon, lat: s.lat, village_code: s.village_code, village: s.village, district: s.district, people_gained: s.gain.people.covered, people_cumulative: s.cumulative.people.covered,
  places_gained: s.gain.places.covered, road_km_gained: s.gain.road_km.covered, cost_per_person_idr: s.cost_per_person_idr,
});

/** The sites as files. */
export const siteFiles = (answer: SitesAnswer): HTMLElement[] => [
  fileButton('CSV', 'sites.csv', 'text/csv', () => writeCSV([columns, ...answer.sites.map((s) => columns.map((c) => record(s)[c]))])),
  fileButton('GeoJSON', 'sites.geojson', 'application/geo+json', () => writePoints(answer.sites.map((s) => ({ lon: s.lon, lat: s.lat, properties: record(s) })))),
];
