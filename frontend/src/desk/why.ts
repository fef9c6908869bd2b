// Why here: every operator and technology at a place, on what evidence, from
// which tower, over which ground; tests nearby; what is officially said.

import type { Language } from '../schema/language';
import type { Place } from '../data/mercator';
import { technologyById } from '../schema/coverage';
import { formatNumber } from '../schema/fields';
import { h, pictogram, pictograms } from '../ui/dom';
import { basisButton } from './about-numbers';
import { classChip, officialText } from './columns';
import { dossierOf, dossierOfVillage } from './dossier-link';
import { formatOf, gapShare } from './format';
import { askJSON } from './request';
import { parametersOf, type Question } from './state';
import { trouble } from './trouble';
import { whySays } from './why-says';
import type { OperatorAt, PlaceAnswer, Row } from './types';
import type { DeskSay } from './words';

export interface WhyOptions {
  readonly place: Place;
  readonly question: Question;
  /** The row of the village, once it is known. */
  row(village: string): Row | undefined;
  readonly say: DeskSay;
  readonly language: Language;
  readonly signal: AbortSignal;
  close(): void;
  openVillage(code: string): void;
  addTower(place: Place): void;
}

/** Fills root with what is known of a place. */
export async function renderWhy(root: HTMLElement, o: WhyOptions): Promise<PlaceAnswer | undefined> {
  const { say, language, place } = o;
  const where = say('whyAt', { lat: formatNumber(place.lat, language, 5), lon: formatNumber(place.lon, language, 5) });
  const head = (title: string, subtitle: string) => h('div', { class: 'detail-head' },
    h('button', { type: 'button', class: 'icon-button', 'aria-label': say('back'), title: say('back'), onclick: o.close }, pictogram(pictograms.back)),
    h('div', { class: 'detail-title' }, h('h2', { tabindex: '-1', id: 'desk-why' }, title), h('p', {}, subtitle)));
  if (!root.querySelector('#desk-why')) root.replaceChildren(head(say('why'), where), h('p', { class: 'loading', role: 'status' }, say('computing')));
  const query = new URLSearchParams({ lon: String(place.lon), lat: String(place.lat) });
  for (const [name, value] of parametersOf(o.question)) if (['preset', 'min_rsrp', 'min_down', 'season'].includes(name)) query.set(name, value);
  let answer: PlaceAnswer;
  try {
    answer = await askJSON<PlaceAnswer>(`/api/coverage/at?${query}`, { signal: o.signal });
  } catch (error) {
    if (!o.signal.aborted) root.replaceChildren(head(say('why'), where), trouble(error, say, () => void renderWhy(root, o)));
    return undefined;
  }
  const row = answer.village ? o.row(answer.village.code) : undefined;
  const basis = () => ({ provenance: answer.provenance, threshold: answer.threshold, permalink: `/api/coverage/at?${query}` });
  const { village } = answer;
  root.replaceChildren(
    head(village ? village.name : say('outside'), [village?.district, where].filter(Boolean).join(' · ')),
    h('div', { class: 'actions' },
      village !== null && h('button', { type: 'button', class: 'button', onclick: () => o.openVillage(village.code) }, say('openVillage')),
      h('button', { type: 'button', class: 'button', onclick: () => o.addTower(place) }, say('addTower')),
      village !== null && h('a', { class: 'button', href: dossierOfVillage(village.code, language), target: '_blank', rel: 'noopener' }, say('dossierVillage')),
      village !== null && h('a', { class: 'button', href: dossierOf({ ...place, technology: o.question.technology, operator: o.question.operator }, language), target: '_blank', rel: 'noopener' }, say('dossierSite'))),
    ...(row ? [rowFacts(row, say, language)] : []),
    h('section', {}, h('h3', {}, say('why'), basisButton(say('why'), undefined, basis, say, language)), operators(answer, query, say, language)),
    h('section', {}, h('h3', {}, say('official')), h('p', {}, answer.official ? officialText(answer.official, language) : say('officialNone')),
      h('p', { class: 'desk-quiet' }, [[say('nearestTower'), answer.nearest_tower?.distance_km ?? null], [say('nearestFibre'), answer.nearest_fibre_km], [say('nearestRoad'), answer.nearest_road_km]].map(([t, v]) => `${t}: ${formatOf(language).km(v as number | null)}`).join(' · '))),
    h('section', {}, h('h3', {}, say('tests')), tests(answer, say, language)));
  return answer;
}

function rowFacts(row: Row, say: DeskSay, language: Language): HTMLElement {
  const f = formatOf(language);
  return h('p', { class: 'desk-row-facts' }, classChip(row.class, language), ' ', h('strong', {}, f.people(row.people.gap)), ` ${say('peopleGap').toLowerCase()} `,
    h('span', { class: 'desk-quiet' }, `(${say('interval', { low: f.people(row.people.gap_low), high: f.people(row.people.gap_high) })}; ${say('ofKnown', { share: f.share(gapShare(row.people)) })})`));
}

const states = { covered: 'covered', 'not covered': 'notCovered', unknown: 'unknownState' } as const;

function operators(answer: PlaceAnswer, query: URLSearchParams, say: DeskSay, language: Language): HTMLElement {
  if (answer.operators.length === 0) return h('p', {}, say('noOperators'));
  const f = formatOf(language);
  const evidence = (e: string) => (e === 'claimed' || e === 'modelled' || e === 'measured' ? say(e) : '–');
  const state = (o: OperatorAt) => h('span', { class: 'desk-state', 'data-state': o.state }, h('span', { class: 'dot', 'aria-hidden': 'true' }), say(states[o.state as keyof typeof states] ?? 'unknownState'));
  return h('ul', { class: 'desk-operators' }, ...answer.operators.map((o) => {
    const details = h('div', { class: 'desk-operator-more' });
    const t = o.tower;
    const item = h('li', {},
      h('div', { class: 'desk-operator' },
        h('span', {}, h('strong', {}, o.operator), ' ', technologyById.get(o.technology)?.title[language] ?? o.technology),
        state(o),
        h('span', { class: 'desk-quiet' }, [evidence(o.evidence), o.rsrp_dbm !== null ? `${f.whole(o.rsrp_dbm)} dBm` : '', o.probability !== null ? say('probability', { share: f.share(o.probability) }) : ''].filter((x) => x && x !== '–').join(' · ') || '–')),
      h('p', { class: 'desk-why-text' }, whySays(o, answer.threshold, say, language)),
      t !== null && h('p', { class: 'desk-quiet' }, `${o.rsrp_dbm === null ? say('nearestOwn') : say('tower')} ${t.id} · ${f.km(t.distance_km)} km · ${f.whole(t.height_m)} m · ${f.whole(t.frequency_mhz)} MHz`, t.guessed ? ` (${say('guessed')})` : ''),
      details);
    if (t) details.append(profileOf(answer, o, query, say, language));
    return item;
  }));
}

/** The way of a tower's signal, asked for when it is opened; that of the strongest tower is there already. */
function profileOf(answer: PlaceAnswer, o: OperatorAt, query: URLSearchParams, say: DeskSay, language: Language): HTMLElement {
  const body = h('div', {}, h('p', { class: 'loading' }, say('computing')));
  const opened = h('details', {}, h('summary', {}, say('showProfile')), body);
  opened.addEventListener('toggle', () => void show(), { once: true });
  opened.open = answer.path?.tower === o.tower!.id && answer.path.operator === o.operator && answer.path.technology === o.technology;
  const show = async () => {
    try {
      const chart = import('./profile-of');
      const more = new URLSearchParams(query);
      more.set('tower', o.tower!.id);
      more.set('technology', o.technology);
      const path = answer.path?.tower === o.tower!.id ? answer.path : (await askJSON<PlaceAnswer>(`/api/coverage/at?${more}`)).path;
      body.replaceChildren(path ? (await chart).profileOf(path, say, language) : h('p', { class: 'desk-quiet' }, say('flat')));
    } catch (error) {
      body.replaceChildren(trouble(error, say));
    }
  };
  return opened;
}

function tests(answer: PlaceAnswer, say: DeskSay, language: Language): HTMLElement {
  const f = formatOf(language);
  const list = answer.measurements ?? [];
  if (list.length === 0) return h('p', {}, say('testsNone'));
  return h('ul', { class: 'desk-tests' }, ...list.slice(0, 8).map((m) => h('li', {},
    [`${f.km(m.distance_km)} km`, m.operator, m.network, m.down_mbps !== null ? `↓ ${formatNumber(m.down_mbps, language, 1)} Mbit/s` : '', m.up_mbps !== null ? `↑ ${formatNumber(m.up_mbps, language, 1)} Mbit/s` : '', say('testsCount', { count: f.whole(m.tests) })].filter(Boolean).join(' · '), ' ',
    m.thin && h('span', { class: 'tag' }, say('thin')))));
}
