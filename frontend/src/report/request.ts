// Requests of reports: what the server refuses comes with its reasons, and with
// how long to wait.

import type { Fault } from '../edit/session';
import type { ReportSay } from './words';

/** An answer that says no; wait is in seconds, 0 when the server did not say. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly detail: string, readonly faults: readonly Fault[], readonly wait: number) {
    super(detail);
  }
}

/** Fetches; an answer that is not 2xx is a Refusal. */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { cache: 'no-store', ...init });
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; faults?: Fault[] };
  throw new Refusal(response.status, said.detail ?? said.title ?? String(response.status), said.faults ?? [], Number(response.headers.get('Retry-After')) || 0);
}

export const givenUp = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** Why it did not work, for people. */
export function why(error: unknown, say: ReportSay): string {
  if (!(error instanceof Refusal)) return say('unreachable');
  const seconds = error.wait || 60;
  const wait = seconds < 90 ? say('seconds', { n: seconds }) : say('minutes', { n: Math.ceil(seconds / 60) });
  switch (error.status) {
    case 429: return say('tooMany', { wait });
    case 503: return say('busy', { wait });
    case 409: return say('twice');
    default: return error.detail;
  }
}
