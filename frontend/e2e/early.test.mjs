// The tiles that are asked for before the application has come are those it needs:
// none twice, none for nothing.

import assert from 'node:assert/strict';
import test from 'node:test';
import { desktop, drawn, phone, startBrowser, startServer } from './harness.mjs';

const views = {
  'a phone': ['/', phone],
  'a phone on its side': ['/', { ...phone, viewport: { width: 844, height: 390 } }],
  'a desktop': ['/', desktop],
  'a place of the address': ['/#map=12/-8.0000/112.6000', phone],
  'fewer layers': ['/#layers=villages,towers', phone],
  'a frame': ['/embed?map=11/-8.1000/112.6000', desktop],
};

test('the first tiles are asked for early, once, and no others', async (t) => {
  const server = await startServer();
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await server.remove();
  });
  const [, application] = [...(await fetch(server.url).then((r) => r.text())).matchAll(/<script type="module" async src="([^"]+)"/g)].map(([, src]) => src);
  /** The tiles asked for, in order; early says whether the first was before the application had come. */
  const asked = async (path, options, noted) => {
    const context = await browser.newContext({ serviceWorkers: 'block', ...options });
    if (noted) { // tiles may come from a saved area: nothing is asked early
      await context.addInitScript(() => {
        localStorage.setItem('petadesa.saved', '1');
        Object.defineProperty(navigator, 'serviceWorker', { value: { controller: {}, addEventListener() {} } });
      });
    }
    else {
      await context.route(`**${application}`, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 600)); // the application is on its way
        await route.continue();
      });
    }
    const page = await context.newPage();
    const tiles = [];
    page.on('request', (r) => r.url().includes('/tiles/') && tiles.push(r.url().slice(server.url.length)));
    await page.goto(server.url + path);
    await (path.startsWith('/embed') ? page.waitForSelector('html[data-drawn]') : drawn(page));
    const early = await page.evaluate(() => Math.min(...performance.getEntriesByType('resource').filter((e) => e.name.includes('/tiles/')).map((e) => e.startTime)) < performance.getEntriesByName('petadesa-begins')[0].startTime);
    await context.close();
    return { tiles, early };
  };
  for (const [name, [path, options]] of Object.entries(views)) {
    await t.test(name, async () => {
      const ahead = await asked(path, options, false);
      const plain = await asked(path, options, true);
      assert.ok(ahead.tiles.length > 0);
      assert.deepEqual(ahead.tiles.toSorted(), plain.tiles.toSorted());
      assert.equal(new Set(ahead.tiles).size, ahead.tiles.length);
      assert.ok(ahead.early, 'before the application');
      assert.ok(!plain.early, 'with saved areas the application asks');
    });
  }
});
