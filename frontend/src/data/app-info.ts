// What the server says of itself at /api/app.json: the version of the data, the
// collections it has, how good they are, and what the operator chose.

import { getJSON } from './api';
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
  readonly collections: ReadonlyMap<string, CollectionInfo>;
  readonly basemap: Basemap | undefined;
}

/** Where the first view goes when the server has nothing to show: Java's east. */
const fallback: Bounds = { west: 112.2, south: -8.5, east: 113, north: -7.7 };

type Loose = Readonly<Record<string, unknown>>;

/** Asks the server; members it does not give have their empty values. */
export async function getAppInfo(): Promise<AppInfo> {
  return readAppInfo(await getJSON<Loose>('/api/app.json'));
}

/** Notices of the server: which collection is of which quality. */
const notices: Readonly<Record<string, readonly [string, string]>> = {
  'approximate-villages': ['villages', 'approximate'],
  'sample-coverage': ['coverage', 'illustrative'],
  'sample-towers': ['towers', 'illustrative'],
  'schematic-roads': ['roads', 'schematic'],
};

export function readAppInfo(answer: Loose): AppInfo {
  const keys = Array.isArray(answer['notices']) ? answer['notices'].map(text) : [];
  const quality = new Map(keys.map((key) => notices[key]).filter((n) => n !== undefined));
  const listed = Array.isArray(answer['collections']) ? (answer['collections'] as Loose[]) : [];
  const collections = new Map(listed.map((c) => [text(c['id']), readCollection(c, quality)]));
  const boxes = [...collections.values()].map((c) => c.bounds);
  return {
    version: text(answer['snapshot']),
    program: text(answer['version']),
    built: text(answer['built']),
    bounds: collections.get('villages')?.bounds ?? boxes.find((b) => b !== undefined) ?? fallback,
    collections,
    basemap: readBasemap(answer['basemap']),
  };
}

function readCollection(c: Loose, quality: ReadonlyMap<string, string>): CollectionInfo {
  const id = text(c['id']);
  return { id, title: text(c['title']), version: text(c['version']), count: Number(c['count'] ?? 0), quality: quality.get(id) ?? '', bounds: readBounds(c['bound']) };
}

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

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
