// Begins the application: the map for what the server has, then the page around it.
// Parts that are loaded later are built to come after it: see frontend/build/join.go.

import { getAppInfo } from './data/api';
import { early } from './early';
import { FirstView } from './ui/first-view';
import { showFatal } from './ui/fatal';

void begin();

async function begin(): Promise<void> {
  performance.mark('petadesa-begins');
  let first: FirstView | undefined;
  try {
    const [app] = await Promise.all([getAppInfo(early.info), laidOut()]);
    first = new FirstView(app, early.tiles);
    await first.stands();
    const { startApp } = await import('./ui/app');
    startApp(first);
  } catch (error) {
    console.error(error);
    await laidOut();
    showFatal(() => location.reload(), first?.stage);
  }
}

/** Settles when the map can be measured: the page is there, and so are its styles. */
async function laidOut(): Promise<void> {
  if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done, { once: true }));
  const styles = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]');
  if (styles && !styles.sheet) await new Promise((done) => ['load', 'error'].forEach((event) => styles.addEventListener(event, done, { once: true })));
}
