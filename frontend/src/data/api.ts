// The requests to the server other than tiles, each with the shape it answers.

import { readAppInfo, type AppInfo } from './app-info';
import { parseCSV, type Row } from './csv';

/** A feature as the items resource gives it. */
export interface Feature {
  readonly id: string | number;
  readonly geometry: Geometry | null;
  /** West, south, east, north; search results of areas carry it. */
  readonly bbox?: readonly [number, number, number, number];
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Geometry {
  readonly type: string;
  readonly coordinates?: unknown;
  readonly geometries?: readonly Geometry[];
}

export class RequestError extends Error {
  /** detail is what the server says is wrong, or ''. */
  constructor(readonly status: number, readonly path: string, readonly detail = '') {
    super(`${path}: status ${status}`);
  }
}

/** Fetches JSON; an answer that is not 2xx is a RequestError with its status. */
export async function getJSON<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, 'application/geo+json, application/json', signal);
  if (!response.ok) throw await refusal(response, path);
  return (await response.json()) as T;
}

/** Who answers when the server cannot be reached; undefined for what it does not know. */
export type Fallback = (path: string) => Promise<Response | undefined>;
let fallback: Fallback | undefined;

/** Lets saved areas answer while there is no network. */
export function answerWith(saved: Fallback | undefined): void {
  fallback = saved;
}

let savedAnswer: (date: string) => void = () => {};

/** Calls back with the day of each answer that the browser had kept and gave in the place of the server. */
export function onSavedAnswer(listener: (date: string) => void): void {
  savedAnswer = listener;
}

/** Fetches a path, unless it was asked for already; while the server cannot be reached,
 * saved areas answer if they can. */
export async function ask(path: string, accept: string, signal?: AbortSignal, asked?: Promise<Response>): Promise<Response> {
  try {
    const response = await (asked ?? fetch(path, { signal: signal ?? null, headers: { Accept: accept } }));
    const old = response.headers.get('X-Saved');
    if (old) savedAnswer(old);
    return (response.status >= 502 && response.status <= 504 && (await fallback?.(path))) || response;
  } catch (error) {
    const saved = signal?.aborted ? undefined : await fallback?.(path);
    if (!saved) throw error;
    return saved;
  }
}

async function refusal(response: Response, path: string): Promise<RequestError> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: unknown };
  return new RequestError(response.status, path, typeof problem.detail === 'string' && response.status < 500 ? problem.detail : '');
}

/** What the server says of itself; asked is the answer to come when it was asked for already. */
export async function getAppInfo(asked?: Promise<Response>): Promise<AppInfo> {
  const path = '/api/app.json';
  const response = await ask(path, 'application/json', undefined, asked);
  if (!response.ok) throw new RequestError(response.status, path);
  return { ...readAppInfo((await response.json()) as Record<string, unknown>), saved: response.headers.get('X-Saved') ?? '' };
}

/** Fetches one feature with its geometry and all properties. */
export function getFeature(collection: string, id: string, signal?: AbortSignal): Promise<Feature> {
  return getJSON(`/api/collections/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}`, signal);
}

/** Fetches properties of a collection's features, id first; points also have lon and lat
 * unless where says skipGeometry. */
export async function getRows(collection: string, properties: readonly string[], where: Readonly<Record<string, string>> = {}): Promise<Row[]> {
  const query = new URLSearchParams({ f: 'csv', properties: properties.join(','), limit: '10000', ...where });
  const path = `/api/collections/${encodeURIComponent(collection)}/items?${query.toString().replaceAll('%2C', ',')}`;
  const response = await ask(path, 'text/csv');
  if (!response.ok) throw new RequestError(response.status, path);
  return parseCSV(await response.text());
}

/** The lon, lat of every position of a geometry. */
export function* positions(geometry: Geometry | null): Generator<readonly [number, number]> {
  if (!geometry) return;
  for (const member of geometry.geometries ?? []) yield* positions(member);
  yield* nested(geometry.coordinates);
}

function* nested(value: unknown): Generator<readonly [number, number]> {
  if (!Array.isArray(value)) return;
  if (typeof value[0] === 'number' && typeof value[1] === 'number') yield [value[0], value[1]];
  else for (const member of value) yield* nested(member);
}

/** West, south, east, north of a geometry, or undefined when it has none. */
export function boundsOf(geometry: Geometry | null): readonly [number, number, number, number] | undefined {
  let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
  for (const [lon, lat] of positions(geometry)) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west <= east ? [west, south, east, north] : undefined;
}
