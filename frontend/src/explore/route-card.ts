// The ways that were found: each with its time and distance; of the chosen one the
// signal along it, the state of the road, the heights and the steps.

import { h, pictogram, pictograms } from '../ui/dom';
import { shareFeature } from '../ui/share';
import { date, distance, duration, kilometres, number } from './measure';
import type { Line } from './overlay';
import type { Card } from './panel';
import { printPage } from './picture';
import { cutLine, mainSignal, routeQuery, type Gap, type Route } from './route-data';
import { heightChart, signalStrip, stateOf } from './strip';
import { placedStops } from './stops';
import { readPlace } from './task';

export function showRoute(root: HTMLElement, answer: Route, card: Card, chosen = 0): void {
  const { say, values } = card;
  const { language } = card.context.store.state;
  const ways = [answer, ...(answer.properties.alternatives ?? [])];
  const route = ways[chosen] ?? answer;
  const p = route.properties;
  const km = say('km', { km: kilometres(p.distance_m, language) });
  const spoken = say('routeSpoken', { time: duration(p.door_to_door_s, say), km, signal: signalText(route, card).join(' ') });
  draw(ways, chosen, card);
  const [west, south, east, north] = route.bbox;
  card.fit({ west, south, east, north }, JSON.stringify(values));
  card.context.announce(spoken);
  const title = `${values['fromName'] || values['from']} → ${values['toName'] || values['to']}: ${duration(p.door_to_door_s, say)}, ${km}`;
  const file = (form: string) => h('a', { class: 'button', href: `/api/route?${routeQuery(values, language)}&f=${form}`, download: `petadesa.${form}` }, form.toUpperCase());
  root.replaceChildren(
    h('p', { class: 'route-sum' }, h('strong', {}, duration(p.door_to_door_s, say)), ` · ${km}`),
    p.offline ? h('p', { class: 'note' }, say('offlineAnswer', { date: date(p.offline, language, true) })) : '',
    ...p.access.map((walk) => h('p', { class: 'hint' }, say('walkTo', { metres: number(Math.round(walk.distance_m), language), minutes: Math.max(1, Math.round(walk.minutes)) }))),
    choices(root, answer, ways, chosen, card) ?? '',
    signalSection(route, card), roadSection(route, card), heightSection(route, card) ?? '',
    h('div', { class: 'actions route-actions' },
      h('button', { type: 'button', class: 'button', onclick: () => void shareFeature(title, readPlace(values['to']), card.context) }, pictogram(pictograms.share), say('shareRoute')),
      ...(p.offline ? [] : [file('gpx'), file('kml')]),
      h('button', { type: 'button', class: 'button', onclick: () => card.go('save', { box: [west, south, east, north].map((d, i) => (d + (i < 2 ? -0.02 : 0.02)).toFixed(2)).join(',') }) }, pictogram(pictograms.save), say('saveWay')),
      h('button', { type: 'button', class: 'button', onclick: printPage }, pictogram(pictograms.print), say('print'))),
    h('section', {}, h('h3', {}, say('steps')), h('ol', { class: 'steps' }, ...p.steps.map((step) => h('li', {},
      h('button', { type: 'button', class: 'entry', onclick: () => card.context.view.goTo({ lon: step.location[0], lat: step.location[1] }, 14) },
        h('span', { class: 'entry-text' }, h('span', { class: 'entry-title' }, step.instruction), step.distance_m > 0 && h('span', { class: 'entry-subtitle' }, distance(step.distance_m, language)))))))));
}

function choices(root: HTMLElement, answer: Route, ways: readonly Route[], chosen: number, card: Card): HTMLElement | undefined {
  if (ways.length < 2) return undefined;
  const { say, context } = card;
  const { language } = context.store.state;
  const fastest = Math.min(...ways.map((w) => w.properties.duration_s));
  const label = (w: Route, i: number) => (w.properties.prefer === 'signal' && i === 0 ? say('signalRoute') : w.properties.duration_s === fastest ? say('fastest') : say('alternative', { n: i + 1 }));
  return h('div', { class: 'ways', role: 'group', 'aria-label': say('alternatives') }, ...ways.map((w, i) => {
    const button = h('button', { type: 'button', class: 'way', id: `way-${i}`, 'aria-pressed': String(i === chosen), onclick: () => {
      showRoute(root, answer, card, i);
      document.getElementById(`way-${i}`)?.focus();
    } }, h('strong', {}, duration(w.properties.door_to_door_s, say)), h('span', {}, `${label(w, i)} · ${say('km', { km: kilometres(w.properties.distance_m, language) })}`),
    h('span', {}, say('withoutTotal', { km: kilometres(w.properties.without_m, language) })));
    return button;
  }));
}

/** The gaps in words. */
function signalText(route: Route, { say, context }: Card): string[] {
  const { language } = context.store.state;
  const p = route.properties;
  const km = (m: number) => kilometres(m, language);
  if (p.signal.length === 0) return [say(p.signal_pending ? 'signalPending' : 'signalNothing')];
  if (p.gaps.length === 0) return [say('signalAll')];
  const words = (gap: Gap): string => {
    const begins = gap.from_m > 0, ends = gap.to_m < p.distance_m - 1;
    if (begins && ends) return say('lastSignal', { last: km(gap.from_m), first: km(gap.to_m) });
    if (begins) return say('lastForGood', { last: km(gap.from_m), before: km(gap.to_m - gap.from_m) });
    return ends ? say('startsWithout', { first: km(gap.to_m) }) : say('neverSignal');
  };
  return p.gaps.map((gap) => words(gap) + (gap.state === 'unknown' ? ` (${say('unknownSignal')})` : ''));
}

function signalSection(route: Route, card: Card): HTMLElement {
  const { say } = card;
  const lines = signalText(route, card);
  const stretches = mainSignal(route);
  return h('section', { class: 'along' }, h('h3', {}, say('signalAlong')),
    stretches.length > 0 && signalStrip(stretches, route.properties.distance_m, `${say('signalAlong')}: ${lines.join(' ')}`) as unknown as HTMLElement,
    stretches.length > 0 && h('ul', { class: 'strip-legend' }, ...(['covered', 'notCovered', 'unknown'] as const).map((w) => h('li', { class: w }, h('span', {}), say(w)))),
    h('ul', { class: 'gaps' }, ...lines.map((line) => h('li', {}, line))));
}

const unpaved = new Set(['gravel', 'compacted', 'fine_gravel', 'pebblestone', 'unpaved', 'dirt', 'earth', 'ground', 'mud', 'sand', 'grass', 'rock', 'tanah', 'makadam']);

function roadSection(route: Route, { say, context }: Card): HTMLElement {
  const { language } = context.store.state;
  const km = (m: number) => kilometres(m, language);
  const bad = route.properties.surface.filter((s) => s.condition === 'damaged' || unpaved.has(s.surface));
  const sum = (which: (s: (typeof bad)[number]) => boolean) => bad.filter(which).reduce((m, s) => m + s.to_m - s.from_m, 0);
  const damaged = sum((s) => s.condition === 'damaged'), loose = sum((s) => unpaved.has(s.surface));
  const totals = [damaged > 0 && say('damaged', { km: km(damaged) }), loose > 0 && say('unpaved', { km: km(loose) })].filter(Boolean).join(', ');
  const what = (s: (typeof bad)[number]) => [s.condition === 'damaged' && (language === 'id' ? 'rusak' : 'damaged'), unpaved.has(s.surface) && (language === 'id' ? 'tanpa aspal' : 'unpaved')].filter(Boolean).join(', ');
  return h('section', {}, h('h3', {}, say('roadState')), h('p', {}, totals || say('roadFine')),
    bad.length > 0 && h('ul', { class: 'gaps' }, ...bad.slice(0, 12).map((s) => h('li', {}, say('stretch', { from: km(s.from_m), to: km(s.to_m), what: what(s) })))));
}

function heightSection(route: Route, { say, context }: Card): HTMLElement | undefined {
  const e = route.properties.elevation;
  if (!e || e.profile.length < 2) return undefined;
  const { language } = context.store.state;
  const heights = e.profile.map(([, h]) => h);
  const words = say('elevationText', {
    up: number(Math.round(e.ascent_m), language), down: number(Math.round(e.descent_m), language),
    low: number(Math.round(Math.min(...heights)), language), high: number(Math.round(Math.max(...heights)), language),
  });
  return h('section', {}, h('h3', {}, say('elevation')), heightChart(e.profile, route.properties.distance_m, words) as unknown as HTMLElement, h('p', {}, words));
}

/** The ways on the map: the others thin below, the chosen one in the colours of its signal. */
function draw(ways: readonly Route[], chosen: number, card: Card): void {
  const route = ways[chosen]!;
  const { coordinates } = route.geometry;
  const total = route.properties.distance_m;
  const lines: Line[] = ways.flatMap((w, i) => (i === chosen ? [] : [{ points: w.geometry.coordinates, colour: '#ffffff', width: 7 }, { points: w.geometry.coordinates, colour: '#7d8d99', width: 4 }]));
  lines.push({ points: coordinates, colour: '#ffffff', width: 10 });
  const stretches = mainSignal(route);
  if (stretches.length === 0) lines.push({ points: coordinates, colour: '#1a66d6', width: 6 });
  for (const one of stretches) {
    const { colour, dash } = stateOf(one.state);
    lines.push({ points: cutLine(coordinates, one.from_m, one.to_m, total), colour, width: 6, ...(dash ? { dash } : {}) });
  }
  for (const walk of route.properties.access) lines.push({ points: [walk.from, walk.to], colour: '#1a66d6', width: 3, dash: [2, 6] });
  const places = (['from', 'to'] as const).map((name) => [name, readPlace(card.values[name])] as const);
  const stops = placedStops(card.values).map(({ lon, lat }, i) => ({ at: [lon, lat] as const, colour: '#6b4fa0', label: String(i + 1) }));
  card.draw({
    lines,
    dots: [
      ...route.properties.gaps.flatMap((gap) => [gap.last, gap.first].flatMap((at, i) => (at ? [{ at, colour: i === 0 ? '#c2410c' : '#1b7f6b', label: i === 0 ? '×' : '✓' }] : []))),
      ...stops,
      ...places.flatMap(([name, at]) => (at ? [{ at: [at.lon, at.lat] as const, colour: name === 'from' ? '#1a66d6' : '#b3261e', label: name === 'from' ? 'A' : 'B' }] : [])),
    ],
  });
}

