// Who is signed in, and the requests that need it. The token lives as long as
// the tab; it is sent to this server only, and only with changes.

import type { Feature } from '../data/api';

const key = 'petadesa-token';

export const session = {
  get token(): string {
    return sessionStorage.getItem(key) ?? '';
  },
  set token(value: string) {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  },
};

/** What is wrong with a part of what was sent. */
export interface Fault {
  readonly member: string;
  readonly reason: string;
}

/** An answer that says no. */
export class Refused extends Error {
  constructor(readonly status: number, readonly detail: string, readonly faults: readonly Fault[]) {
    super(detail);
  }
}

/** A feature and the version of it. */
export interface Versioned {
  readonly feature: Feature;
  readonly etag: string;
}

const itemsOf = (collection: string) => `/api/collections/${encodeURIComponent(collection)}/items`;
const itemOf = (collection: string, id: string) => `${itemsOf(collection)}/${encodeURIComponent(id)}`;

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = { ...(init.headers as Record<string, string>), ...(session.token && { Authorization: `Bearer ${session.token}` }) };
  const response = await fetch(path, { ...init, headers });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; faults?: Fault[] };
  throw new Refused(response.status, problem.detail ?? String(response.status), problem.faults ?? []);
}

const read = async (response: Response): Promise<Versioned> => ({ feature: (await response.json()) as Feature, etag: response.headers.get('ETag') ?? '' });

/** Whether who is signed in may add features to a collection; throws Refused for a token that is not known. */
export async function mayEdit(collection: string): Promise<boolean> {
  const response = await send(itemsOf(collection), { method: 'OPTIONS' });
  return (response.headers.get('Allow') ?? '').includes('POST');
}

/** A feature as it is now. */
export async function getVersion(collection: string, id: string): Promise<Versioned> {
  const response = await fetch(itemOf(collection, id), { headers: { Accept: 'application/geo+json' }, cache: 'no-cache' });
  if (!response.ok) throw new Refused(response.status, '', []);
  return read(response);
}

/** Changes a feature of the version that etag names. */
export const patchFeature = async (collection: string, id: string, etag: string, patch: object): Promise<Versioned> =>
  read(await send(itemOf(collection, id), { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': etag }, body: JSON.stringify(patch) }));

/** Makes a feature. */
export const postFeature = async (collection: string, feature: object): Promise<Versioned> =>
  read(await send(itemsOf(collection), { method: 'POST', headers: { 'Content-Type': 'application/geo+json' }, body: JSON.stringify(feature) }));

/** Deletes a feature of the version that etag names. */
export async function deleteFeature(collection: string, id: string, etag: string): Promise<void> {
  await send(itemOf(collection, id), { method: 'DELETE', headers: { 'If-Match': etag } });
}
