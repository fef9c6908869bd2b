// The address after #: the view, the layers, the coverage filter, the selection
// and the language, readable by people and stable for links.

import { languages, type Language } from '../schema/language';
import { initialLayers } from '../schema/collections';

export interface View {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

export interface Selection {
  readonly collection: string;
  readonly id: string;
}

export interface Address {
  readonly view?: View;
  readonly layers?: readonly string[];
  readonly technology?: string;
  readonly operator?: string;
  readonly selection?: Selection;
  readonly language?: Language;
  /** State of the planner's desk: name:value;name:value. */
  readonly desk?: string;
  /** What the visitor is doing, as explore/task writes it. */
  readonly task?: string;
}

/** Writes an address; what equals the first view is left out. */
export function writeHash(a: Address): string {
  const parts: string[] = [];
  const add = (name: string, value: string) => parts.push(`${name}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';')}`);
  if (a.view) {
    const digits = Math.max(2, Math.ceil(a.view.zoom / 3));
    add('map', `${a.view.zoom}/${a.view.lat.toFixed(digits)}/${a.view.lon.toFixed(digits)}`);
  }
  if (a.layers && [...a.layers].sort().join() !== [...initialLayers].sort().join()) add('layers', a.layers.join(','));
  if (a.technology) add('tech', a.technology);
  if (a.operator) add('operator', a.operator);
  if (a.selection) add('at', `${a.selection.collection}/${a.selection.id}`);
  if (a.language && a.language !== 'id') add('lang', a.language);
  if (a.desk) add('desk', a.desk);
  if (a.task) add('do', a.task);
  return '#' + parts.join('&');
}

/** What the page begins with: in the page of somebody else, what its frame asks for. */
export const firstHash = (): string => location.hash || (embedded() ? location.search.slice(1) : '');

/** Whether the map is in a frame of somebody else's page. */
export const embedded = (): boolean => location.pathname === '/embed';

/** Reads an address; parts that make no sense are ignored. */
export function readHash(hash: string): Address {
  const query = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'));
  const [zoom, lat, lon] = (query.get('map') ?? '').split('/').map(Number);
  const [collection, ...id] = (query.get('at') ?? '').split('/');
  const language = languages.find((l) => l === query.get('lang'));
  const valid = zoom !== undefined && lat !== undefined && lon !== undefined && zoom >= 0 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return {
    ...(valid ? { view: { zoom, lat, lon } } : {}),
    ...(query.has('layers') ? { layers: (query.get('layers') ?? '').split(',').filter(Boolean) } : {}),
    ...(query.get('tech') ? { technology: query.get('tech')! } : {}),
    ...(query.get('operator') ? { operator: query.get('operator')! } : {}),
    ...(collection && id.length > 0 ? { selection: { collection, id: id.join('/') } } : {}),
    ...(language ? { language } : {}),
    ...(query.get('desk') ? { desk: query.get('desk')! } : {}),
    ...(query.get('do') ? { task: query.get('do')! } : {}),
  };
}
