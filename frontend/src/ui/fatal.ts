// The page when the server could not be asked at all.

import { readHash } from '../data/hash';
import { say } from '../schema/words';
import { h } from './dom';

/** Shows one sentence and one button. */
export function showFatal(retry: () => void): void {
  const language = readHash(location.hash).language ?? 'id';
  document.documentElement.lang = language;
  document.body.replaceChildren(h('main', { class: 'fatal', role: 'alert' },
    h('h1', {}, 'Petadesa'), h('p', {}, say(navigator.onLine ? 'serverGone' : 'offline', language).split('. ')[0]! + '.'),
    h('button', { type: 'button', class: 'button', onclick: retry }, say('retry', language))));
}
