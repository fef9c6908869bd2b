// What the server says of itself at /api/app.json: the version of the data, the
// collections it has, how good they are, and what the operator chose.

import { collectionById } from '../schema/collections';
import type { Bounds } from './places';

export interface CollectionInfo {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly count: number;
  /** The quality that some of its features have, or ''. */
  readonly quality: string;
  readonly bounds: Bounds | undefined;
}

/** A layer that the schema has no style for: another collection, or a source of
 * tiles that are not of the collections. */
export interface OtherLayer {
  readonly id: string;
  readonly title: string;
  /** It is a collection of the snapshot. */
  readonly collection: boolean;
  /** How many features it has, or undefined. */
  readonly count: number | undefined;
  /** Address of its tiles, with {z}, {x} and {y}. */
  readonly tiles: string;
  /** Its tiles are pictures. */
  readonly raster: boolean;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Its features can be asked for one by one. */
  readonly features: boolean;
  /** Its place among the others, which gives it its colour. */
  readonly order: number;
}

export interface Basemap {
  readonly url: string;
  readonly attribution: string;
}

export interface AppInfo {
  /** Of the data. */
  readonly version: string;
  /** Of the server. */
  readonly program: string;
  /** When the data were loaded, ISO 8601. */
  readonly built: string;
  readonly bounds: Bounds;
  /** The name that the operator gave the service, or ''. */
  readonly title: string;
  readonly collections: ReadonlyMap<string, CollectionInfo>;
  readonly others: ReadonlyMap<string, OtherLayer>;
  /** Address of a PMTiles archive to read the collections' tiles from, or ''. */
  readonly archive: string;
  readonly basemap: Basemap | undefined;
  /** When the browser kept this, that it gives in the place of the server; '' from the server. */
  readonly saved: string;
}

/** Where the first view goes when the server has nothing to show: Java's east. */
const fallback: Bounds = { west: 112.2, south: -8.5, east: 113, north: -7.7 };

type Loose = Readonly<Record<string, unknown>>;

/** Notices of the server: which collection is of which quality. */
const notices: Readonly<Record<string, readonly [string, string]>> = {
  'approximate-villages': ['villages', 'approximate'],
  'sample-coverage': ['coverage', 'illustrative'],
  'sample-towers': ['towers', 'illustrative'],
  'schematic-roads': ['roads', 'schematic'],
};

/** Reads the answer; members it does not give have their empty values. */
export function readAppInfo(answer: Loose): AppInfo {
  const keys = Array.isArray(answer['notices']) ? answer['notices'].map(text) : [];
  const quality = new Map(keys.map((key) => notices[key]).filter((n) => n !== undefined));
  const listed = list(answer['collections']);
  const collections = new Map(listed.map((c) => [text(c['id']), readCollection(c, quality)]));
  const boxes = [...collections.values()].map((c) => c.bounds);
  return {
    version: text(answer['snapshot']),
    program: text(answer['version']),
    built: text(answer['built']),
    bounds: collections.get('villages')?.bounds ?? boxes.find((b) => b !== undefined) ?? fallback,
    title: text(answer['title']),
    collections,
    others: new Map([...listed.filter((c) => !collectionById.has(text(c['id'])) && c['bound'] !== null).map(readCollectionLayer), ...list(answer['sources']).filter(drawable).map(readSource)]
      .map((other, order) => [other.id, { ...other, order }])),
    archive: text(answer['archive']),
    basemap: readBasemap(answer['basemap']),
    saved: '',
  };
}

function readCollection(c: Loose, quality: ReadonlyMap<string, string>): CollectionInfo {
  const id = text(c['id']);
  return { id, title: text(c['title']), version: text(c['version']), count: Number(c['count'] ?? 0), quality: quality.get(id) ?? '', bounds: readBounds(c['bound']) };
}

/** Whether the page can draw the tiles of a source. */
const drawable = (s: Loose): boolean => text(s['mediaType']) === vectorTile || text(s['mediaType']).startsWith('image/');
const vectorTile = 'application/vnd.mapbox-vector-tile';

type Unordered = Omit<OtherLayer, 'order'>;

function readCollectionLayer(c: Loose): Unordered {
  const id = text(c['id']);
  const tiles = `/tiles/${encodeURIComponent(id)}/{z}/{x}/{y}.mvt?v=${encodeURIComponent(text(c['version']))}`;
  return { ...readLayer(c), collection: true, count: Number(c['count'] ?? 0), tiles, raster: false, features: true };
}

function readSource(s: Loose): Unordered {
  return { ...readLayer(s), collection: false, count: undefined, tiles: text(s['tiles']), raster: text(s['mediaType']) !== vectorTile, features: s['features'] === true };
}

const readLayer = (l: Loose) => ({ id: text(l['id']), title: text(l['title']) || text(l['id']), minZoom: Number(l['minzoom'] ?? 0), maxZoom: Number(l['maxzoom'] ?? 14) });

function readBounds(value: unknown): Bounds | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [west, south, east, north] = value.map(Number) as [number, number, number, number];
  return west <= east && south <= north ? { west, south, east, north } : undefined;
}

function readBasemap(value: unknown): Basemap | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { url, attribution } = value as Loose;
  return text(url) ? { url: text(url), attribution: text(attribution) } : undefined;
}

const list = (value: unknown): Loose[] => (Array.isArray(value) ? (value as Loose[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
