// What is said when the page cannot be: the server could not be asked at all, or the
// map stands and the rest did not come. It comes with the first view, so it needs
// nothing that comes later.

import { readHash } from '../data/hash';
import { text, type Text } from '../schema/language';

const gone = text('Server tidak menjawab.', 'The server does not answer.');
const offline = text('Tidak tersambung.', 'Not connected.');
const again = text('Coba lagi', 'Try again');

/** Shows one sentence and one button: over the map, which goes on, or in the place of the page. */
export function showFatal(retry: () => void, map?: HTMLElement): void {
  const language = readHash(location.hash).language ?? 'id';
  document.documentElement.lang = language;
  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, words: Text | string) => {
    const element = document.createElement(tag);
    element.textContent = typeof words === 'string' ? words : words[language];
    return element;
  };
  const box = make(map ? 'div' : 'main', '');
  box.className = map ? 'trouble' : 'fatal';
  box.setAttribute('role', 'alert');
  const button = make('button', again);
  button.type = 'button';
  button.className = 'button';
  button.addEventListener('click', retry);
  addEventListener('online', retry);
  if (!map) box.append(make('h1', 'Petadesa'));
  box.append(make('p', navigator.onLine ? gone : offline), button);
  if (map) map.append(box);
  else document.body.replaceChildren(box);
}
