// What went wrong, in the server's words, and what could be done.

import { h } from '../ui/dom';
import { Problem } from './request';
import type { DeskSay } from './words';

/** A notice of an error, with a way to try again. */
export function trouble(error: unknown, say: DeskSay, retry?: () => void): HTMLElement {
  const problem = error instanceof Problem ? error : undefined;
  if (!problem) console.warn(error);
  return h('div', { class: 'note warn desk-trouble', role: 'alert' },
    h('strong', {}, say('failed')), h('p', { lang: problem ? 'en' : undefined }, problem ? problem.message : say('unreachable')),
    problem && problem.allowed.length > 0 && h('p', {}, say('allowed', { list: problem.allowed.slice(0, 20).join(', ') })),
    retry && h('button', { type: 'button', class: 'button', onclick: retry }, say('retry')));
}
