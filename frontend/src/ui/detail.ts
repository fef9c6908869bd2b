// The detail of a feature: everything known of it, where that comes from, and a
// way to share it. Loaded when the first feature is opened.

import { boundsOf, getFeature, RequestError, type Feature } from '../data/api';
import type { Place } from '../data/mercator';
import type { Selection } from '../data/hash';
import type { Hit } from '../map/pick';
import { fields, formatValue, provenanceFields, qualities } from '../schema/fields';
import { text } from '../schema/language';
import { session } from '../edit/session';
import { collectionById } from '../schema/collections';
import { badgeOf } from '../map/badge';
import { type Context, speaker } from './context';
import { h, pictogram, pictograms } from './dom';
import { nameOf } from './names';
import { renderRelated } from './related';
import { shareFeature } from './share';
import { signalHere } from './signal-here';
import { badgeSwatch } from './swatches';

/** Where and among what the feature was pointed at, when it was. */
export interface Pointed {
  readonly place: Place;
  readonly hits: readonly Hit[];
}

/** Shows a feature in root. The promise settles when it is shown or has failed. */
export async function renderDetail(root: HTMLElement, selection: Selection, pointed: Pointed | undefined, context: Context, signal: AbortSignal): Promise<void> {
  const say = speaker(context.store);
  root.replaceChildren(head(selection, undefined, context), h('p', { class: 'loading' }, say('loading')));
  try {
    const feature = await load(selection, pointed, context, signal);
    if (signal.aborted) return;
    show(root, selection, feature, pointed, context, signal);
  } catch (error) {
    if (signal.aborted) return;
    const gone = error instanceof RequestError && error.status === 404;
    root.replaceChildren(head(selection, undefined, context),
      h('p', { class: 'failed', role: 'alert' }, say(gone ? 'notFound' : 'failed')),
      ...(gone ? [] : [h('button', { type: 'button', class: 'button', onclick: () => void renderDetail(root, selection, pointed, context, signal) }, say('retry'))]));
  }
}

/** Asks the server for a feature; of a layer without features of its own, and of
 * what the server does not find, the tiles tell. */
async function load(selection: Selection, pointed: Pointed | undefined, context: Context, signal: AbortSignal): Promise<Feature> {
  const { collection, id } = selection;
  const other = context.app().others.get(collection);
  const drawn = async () => pointed?.hits.find((hit) => hit.collection === collection && hit.id === id)?.properties ?? (await context.view.propertiesOf(selection));
  let failure: unknown = new RequestError(404, collection);
  try {
    if (!other || (other.features && id)) return await getFeature(collection, id, signal);
  } catch (error) {
    failure = error;
  }
  const properties = other && !signal.aborted && (await drawn());
  if (!properties) throw failure;
  return { id, geometry: null, properties };
}

/** Lets somebody edit the feature, and shows it again when that has ended. */
async function edit(root: HTMLElement, selection: Selection, pointed: Pointed | undefined, context: Context, signal: AbortSignal): Promise<void> {
  const outcome = await import('../edit/editor').then(({ editFeature }) => editFeature(root, selection.collection, selection.id, context)).catch(() => 'cancelled');
  if (signal.aborted) return;
  if (outcome === 'removed') context.store.set({ selection: undefined });
  else await renderDetail(root, selection, pointed, context, signal).then(() => document.getElementById('detail-title')?.focus());
}

/** Lets a citizen report the signal, or an editor check such reports; then shows the feature again. */
async function report(root: HTMLElement, selection: Selection, pointed: Pointed | undefined, context: Context, signal: AbortSignal, open: () => Promise<void>): Promise<void> {
  await open().catch(() => context.announce(speaker(context.store)('failed'), true));
  if (!signal.aborted) await renderDetail(root, selection, pointed, context, signal).then(() => document.getElementById('detail-title')?.focus());
}

const reportWords = { send: text('Laporkan sinyal', 'Report signal'), check: text('Periksa laporan warga', 'Check citizens’ reports') };

function show(root: HTMLElement, selection: Selection, feature: Feature, pointed: Pointed | undefined, context: Context, signal: AbortSignal): void {
  const say = speaker(context.store);
  const { language } = context.store.state;
  const bounds = boundsOf(feature.geometry);
  const place = pointed?.place ?? context.places.find(selection.collection, selection.id)
    ?? (bounds && { lon: (bounds[0] + bounds[2]) / 2, lat: (bounds[1] + bounds[3]) / 2 });
  const actions = h('div', { class: 'actions' },
    bounds && h('button', { type: 'button', class: 'button', onclick: () => context.view.fit({ west: bounds[0], south: bounds[1], east: bounds[2], north: bounds[3] }) }, say('zoomTo')),
    h('button', { type: 'button', class: 'button', onclick: () => void shareFeature(titleOf(selection, feature, context), place, context) }, pictogram(pictograms.share), say('share')),
    context.app().collections.has(selection.collection) && h('button', { type: 'button', class: 'button', onclick: () => void edit(root, selection, pointed, context, signal) }, pictogram(pictograms.edit), say('edit')),
    place && h('button', { type: 'button', class: 'button', onclick: () => void report(root, selection, pointed, context, signal, async () => (await import('../report/form')).reportSignal(root, place, titleOf(selection, feature, context), context)) },
      pictogram(pictograms.score), reportWords.send[language]),
    session.token !== '' && h('button', { type: 'button', class: 'button', onclick: () => void report(root, selection, pointed, context, signal, async () => (await import('../report/moderate')).moderate(root, context)) }, reportWords.check[language]));
  const related = selection.collection === 'villages' ? h('div', { class: 'related' }) : undefined;
  if (related) void renderRelated(related, selection.id, context);
  const visit = place && (selection.collection === 'destinations' || selection.collection === 'villages') ? h('div', { class: 'visit' }) : undefined;
  if (visit && place) void import('../explore/place').then(({ renderPlace }) => renderPlace(visit, { selection, place, title: titleOf(selection, feature, context), signal }, context), () => undefined);
  root.replaceChildren(head(selection, feature, context), actions, ...(visit ? [visit] : []), properties(selection, feature, context),
    ...(pointed ? [here(pointed, selection, context)] : []),
    ...(related ? [related] : []),
    provenance(feature, place, context));
}

function titleOf(selection: Selection, feature: Feature | undefined, context: Context): string {
  const { language } = context.store.state;
  const p = feature?.properties;
  const name = (language === 'en' && p?.['name_en']) || p?.['name'];
  if (name) return String(name);
  if (selection.collection === 'coverage' && p) return `${p['operator'] ?? ''} ${formatValue('technology', p['technology'] ?? '', language)}`.trim();
  if (selection.collection === 'roads' && p?.['class']) return formatValue('class', p['class'], language);
  return nameOf({ ...selection, layer: context.app().others.get(selection.collection)?.title ?? selection.collection }, context.attributes, language).title;
}

function head(selection: Selection, feature: Feature | undefined, context: Context): HTMLElement {
  const say = speaker(context.store);
  const { language } = context.store.state;
  const p = collectionById.has(selection.collection) ? feature?.properties ?? {} : {};
  const kind = p['kind'] ? formatValue('kind', p['kind'], language) : p['category'] ? formatValue('category', p['category'], language) : collectionById.get(selection.collection)?.one[language] ?? context.app().others.get(selection.collection)?.title ?? '';
  const mark = collectionById.get(selection.collection)?.kind === 'mark';
  return h('header', { class: 'detail-head' },
    mark && badgeSwatch(badgeOf(selection.collection, p['category'] ?? context.attributes.row(selection.collection, selection.id)?.['category'])),
    h('div', { class: 'detail-title' },
      h('h2', { id: 'detail-title', tabindex: '-1' }, titleOf(selection, feature, context)),
      h('p', {}, [kind, p['district']].filter(Boolean).join(' · '))),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': say('close'), onclick: () => context.store.set({ selection: undefined }) }, pictogram(pictograms.close)));
}

const elsewhere: ReadonlySet<string> = new Set(['name', ...provenanceFields]);
const inHead: ReadonlySet<string> = new Set(['kind', 'district', 'category']);

/** All properties; those of collections of the schema in its order and words, others as they are called. */
function properties(selection: Selection, feature: Feature, context: Context): HTMLElement {
  const { language } = context.store.state;
  const known = collectionById.has(selection.collection) ? [...fields.keys()].filter((name) => name in feature.properties) : [];
  const others = Object.keys(feature.properties).filter((name) => !known.includes(name));
  const shown = (name: string) => !elsewhere.has(name) && feature.properties[name] !== null && feature.properties[name] !== '';
  const row = (label: string, content: Node | string) => h('div', {}, h('dt', {}, label), h('dd', {}, content));
  return h('dl', { class: 'facts', 'data-collection': selection.collection },
    ...known.filter((name) => shown(name) && !inHead.has(name)).map((name) => row(fields.get(name)!.title[language], value(name, feature.properties[name], context))),
    ...others.filter(shown).map((name) => row(name.replaceAll('_', ' '), formatValue('', feature.properties[name], language))));
}

function value(name: string, content: unknown, context: Context): Node | string {
  const written = formatValue(name, content, context.store.state.language);
  const safe = fields.get(name)?.form === 'link' && /^https?:\/\//i.test(written);
  return safe ? h('a', { href: written, rel: 'noopener noreferrer', target: '_blank' }, written.replace(/^https?:\/\//i, '')) : written;
}

/** What else lies at the point: the signal by operator, then roads, village and district. */
function here(pointed: Pointed, selection: Selection, context: Context): HTMLElement {
  const say = speaker(context.store);
  const { language } = context.store.state;
  const others = pointed.hits.filter((hit) => hit.collection !== 'neighbours' && hit.collection !== 'coverage' && !(hit.collection === selection.collection && hit.id === selection.id));
  const entries = others.slice(0, 6).map((hit) => {
    const name = nameOf(hit, context.attributes, language);
    return h('li', {}, h('button', { type: 'button', class: 'entry', onclick: () => context.store.set({ selection: { collection: hit.collection, id: hit.id } }) },
      h('span', { class: 'entry-text' }, h('span', { class: 'entry-title' }, name.title), h('span', { class: 'entry-subtitle' }, name.subtitle))));
  });
  return h('section', { class: 'here' }, h('h3', {}, say('here')), signalHere(pointed.hits, context), h('ul', { class: 'entries' }, ...entries));
}

function provenance(feature: Feature, place: Place | undefined, context: Context): HTMLElement {
  const say = speaker(context.store);
  const { language } = context.store.state;
  const p = feature.properties;
  const quality = qualities.get(String(p['quality'] ?? ''));
  const row = (label: string, content: string | undefined) => (content ? h('div', {}, h('dt', {}, label), h('dd', {}, content)) : undefined);
  return h('section', { class: 'provenance' }, h('h3', {}, say('provenance')),
    p['quality'] !== null && p['quality'] !== undefined && p['quality'] !== '' && h('p', { class: 'note' },
      h('span', { class: 'tag' }, quality?.title[language] ?? String(p['quality'])), ' ', quality?.meaning[language] ?? ''),
    h('dl', { class: 'facts' },
      row(say('source'), p['source'] ? String(p['source']) : undefined),
      row(say('sourceDate'), p['source_date'] ? String(p['source_date']) : undefined),
      row(say('coordinates'), place && `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`)));
}
