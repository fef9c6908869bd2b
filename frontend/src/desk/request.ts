// Requests of the desk: what the server refuses comes with its reasons.

import { session } from '../edit/session';

/** An answer that says no, in the server's words. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly allowed: readonly string[]) {
    super(detail || title);
  }
}

export interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly etag?: string;
  readonly signal?: AbortSignal;
  readonly accept?: string;
  /** Sends the token of who is signed in. */
  readonly signed?: boolean;
}

/** Sends a request; an answer that is not 2xx is a Problem. */
export async function ask(path: string, how: Ask = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: how.accept ?? 'application/json' };
  if (how.body !== undefined) headers['Content-Type'] = 'application/json';
  if (how.etag) headers['If-Match'] = how.etag;
  if (how.signed && session.token) headers['Authorization'] = `Bearer ${session.token}`;
  const response = await fetch(path, { method: how.method ?? 'GET', headers, body: how.body === undefined ? null : JSON.stringify(how.body), signal: how.signal ?? null });
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; allowed?: string[] };
  throw new Problem(response.status, said.title ?? String(response.status), said.detail ?? '', said.allowed ?? []);
}

/** Sends a request and reads the JSON of its answer. */
export const askJSON = async <T>(path: string, how: Ask = {}): Promise<T> => (await (await ask(path, how)).json()) as T;

/** Whether an error is of a request that was given up. */
export const givenUp = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
