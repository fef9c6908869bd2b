// The page when the server could not be asked at all. It comes with the first view,
// so it needs nothing that comes later.

import { readHash } from '../data/hash';
import { text } from '../schema/language';

const gone = text('Server tidak menjawab.', 'The server does not answer.');
const offline = text('Tidak tersambung.', 'Not connected.');
const again = text('Coba lagi', 'Try again');

/** Shows one sentence and one button. */
export function showFatal(retry: () => void): void {
  const language = readHash(location.hash).language ?? 'id';
  document.documentElement.lang = language;
  const main = document.createElement('main');
  main.className = 'fatal';
  main.setAttribute('role', 'alert');
  const add = <K extends keyof HTMLElementTagNameMap>(tag: K, words: string) => {
    const element = document.createElement(tag);
    element.textContent = words;
    main.append(element);
    return element;
  };
  add('h1', 'Petadesa');
  add('p', (navigator.onLine ? gone : offline)[language]);
  const button = add('button', again[language]);
  button.type = 'button';
  button.className = 'button';
  button.addEventListener('click', retry);
  document.body.replaceChildren(main);
}
