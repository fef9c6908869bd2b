// The first view: its styles, what is asked of the server at once, and the application.
// It does not wait for the styles, so it asks as soon as it is there.

import './styles/main.css';
import { askEarly } from './early';

const early = askEarly();
const application = import('./begin');

/** Settles when the map can be measured: the page is there, and its styles. */
async function laidOut(): Promise<void> {
  if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
  const styles = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]');
  if (styles && !styles.sheet) await new Promise((done) => ['load', 'error'].forEach((event) => styles.addEventListener(event, done)));
}

void laidOut().then(() => application).then(({ begin }) => begin(early));
