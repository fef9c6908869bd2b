// Where the data come from and how good they are, collection by collection.
// Loaded when someone asks.

import { getJSON } from '../data/api';
import { collections } from '../schema/collections';
import { formatNumber, qualities } from '../schema/fields';
import { fill, text, type Text } from '../schema/language';
import { type Context, speaker } from './context';
import { h } from './dom';

interface Answer {
  readonly collections: readonly { readonly id: string; readonly attribution?: string; readonly license?: string }[];
}

interface Quality {
  readonly collections: readonly {
    readonly id: string;
    readonly problems: readonly { readonly code: string; readonly count: number }[];
    readonly overlaps?: { readonly pairs: number; readonly area_m2: number };
    readonly gaps?: { readonly slivers: number; readonly sliver_m2: number };
    readonly network?: { readonly components: number };
    readonly dates?: { readonly earliest: string; readonly latest: string };
  }[];
}

const faults: Readonly<Record<string, Text>> = {
  unknown_village: text('{count} menyebut kode desa yang tidak dikenal', '{count} declare a village code that is not known'),
  outside_village: text('{count} berada di luar desa yang disebutnya', '{count} lie outside the village they declare'),
  duplicate: text('{count} tercatat dua kali', '{count} are there twice'),
  near_duplicate: text('{count} bernama sama dengan tempat di dekatnya', '{count} have the name of a place near by'),
  conflicting_places: text('{count} bernama sama dengan tempat yang jauh', '{count} have the name of a place far away'),
  out_of_range: text('{count} angka di luar batas yang mungkin', '{count} numbers are beyond what is possible'),
  contradiction: text('{count} isian saling bertentangan', '{count} contradict themselves'),
  nameless: text('{count} tanpa nama', '{count} have no name'),
};
const overlapping = text('{pairs} pasang tumpang tindih, {area} m²', '{pairs} pairs overlap, {area} m²');
const gaping = text('{count} celah sempit, {area} m²', '{count} slivers of gaps, {area} m²');
const components = text('jaringan dalam {count} bagian', 'the network is in {count} parts');
const dated = text('data dari {from} sampai {to}', 'data from {from} to {to}');

/** What the report says of one collection, in a few words each. */
function remarks(c: Quality['collections'][number], language: 'id' | 'en'): string[] {
  const number = (n: number): string => formatNumber(Math.round(n), language);
  const all: string[] = [];
  if (c.dates) all.push(fill(dated[language], { from: c.dates.earliest, to: c.dates.latest }));
  if (c.overlaps && c.overlaps.pairs > 0) all.push(fill(overlapping[language], { pairs: number(c.overlaps.pairs), area: number(c.overlaps.area_m2) }));
  if (c.gaps && c.gaps.slivers > 0) all.push(fill(gaping[language], { count: number(c.gaps.slivers), area: number(c.gaps.sliver_m2) }));
  if (c.network && c.network.components > 1) all.push(fill(components[language], { count: number(c.network.components) }));
  for (const p of c.problems) {
    const words = faults[p.code];
    if (words) all.push(fill(words[language], { count: number(p.count) }));
  }
  return all;
}

/** Fills root with a paragraph for each collection that the server has. */
export async function renderAbout(root: HTMLElement, context: Context): Promise<void> {
  const say = speaker(context.store);
  const { language } = context.store.state;
  root.replaceChildren(h('p', { class: 'loading' }, say('loading')));
  try {
    const [answer, quality] = await Promise.all([
      getJSON<Answer>('/api/collections'),
      getJSON<Quality>('/api/quality').catch((): Quality => ({ collections: [] })), // without it, the rest
    ]);
    const judged = new Map(quality.collections.map((c) => [c.id, remarks(c, language)]));
    const credits = new Map(answer.collections.map((c) => [c.id, c]));
    const present = collections.filter((c) => c.id !== 'villages_label' && credits.has(c.id));
    root.replaceChildren(...present.map((c) => {
      const info = context.app().collections.get(c.id);
      const kind = qualities.get(info?.quality ?? '');
      const credit = credits.get(c.id);
      return h('section', {},
        h('h3', {}, c.title[language], info && h('span', { class: 'count' }, ' ' + say('records', { count: formatNumber(info.count, language) }))),
        kind && h('p', {}, h('span', { class: 'tag' }, kind.title[language]), ' ', kind.meaning[language]),
        ...(judged.get(c.id) ?? []).map((remark) => h('p', { class: 'remark' }, remark)),
        credit?.attribution && h('p', { lang: 'en' }, credit.attribution),
        credit?.license && h('p', { lang: 'en' }, credit.license));
    }));
  } catch {
    root.replaceChildren(h('p', { class: 'failed' }, say('failed')));
  }
}
