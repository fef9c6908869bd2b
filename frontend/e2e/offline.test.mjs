// A map for when there is no network: saved, then opened with the network cut and
// the server stopped; search, places and routes answer, and say how old they are.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, drawn, ground, phone, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

for (const [name, options, language] of [['phone-id', phone, 'id'], ['desktop-en', desktop, 'en']]) {
  test(`saved, cut off, opened again, searched, routed: ${name}`, async () => {
    const server = await startServer();
    const { page, context } = await visit(browser, server, `#lang=${language}&do=save`, { ...options, serviceWorkers: 'allow' });
    try {
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 });
      await page.click('#save-all');
      await page.waitForSelector('#save-now');
      const words = await page.locator('#save-now').textContent();
      assert.match(words, /\d+ kB/);
      const offer = await fetch(`${server.url}/api/offline?bbox=112.2,-8.5,113,-7.7`).then((r) => r.json());
      const pack = await fetch(server.url + offer.pack).then((r) => r.arrayBuffer());
      assert.equal(pack.byteLength, offer.bytes, 'the size that was said');
      await screenshot(page, `${name}-save`);
      await page.click('#save-now');
      await page.waitForSelector('.note.good', { timeout: 30_000 });
      await page.waitForSelector('.saved li');
      const route = await fetch(`${server.url}/api/route?from=112.5736,-8.1303&to=112.5333,-8.4036&vehicle=motorcycle`).then((r) => r.json());

      await server.stop();
      await context.setOffline(true);
      await page.goto(`${server.url}/#lang=${language}`);
      await page.reload();
      await drawn(page);
      assert.ok((await picture(page, ground)).colours > 5, 'the map is drawn');
      await page.waitForSelector('.trouble:not([hidden])');
      assert.match(await page.locator('.trouble').textContent(), language === 'id' ? /data tersimpan, \d/ : /saved data of \d/);
      await screenshot(page, `${name}-offline`);

      await page.fill('#search', 'balekambng');
      await page.waitForSelector('[role=option]');
      assert.match(await page.locator('[role=option] .entry-title').first().textContent(), /Balekambang/);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.detail .provenance');
      assert.match(await page.locator('#detail-title').textContent(), /Balekambang/);

      await page.evaluate((l) => (location.hash = `#lang=${l}&do=route:from~112.5736,-8.1303;to~112.5333,-8.4036;by~motorcycle`), language);
      await page.waitForSelector('.route-sum');
      const minutes = Math.round(route.properties.door_to_door_s / 60);
      const shown = await page.locator('.route-sum strong').textContent();
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      assert.deepEqual(shown.match(/\d+/g).map(Number), hours > 0 ? [hours, rest] : [rest], 'the server’s time');
      assert.ok((await page.locator('.steps li').count()) > 1);
      await screenshot(page, `${name}-offline-route`);

      await page.goto(`${server.url}/wisata/pantai-balekambang`).catch(() => undefined);
      await drawn(page);
      assert.match(await page.evaluate(() => location.hash), /at=destinations/);

      await page.evaluate(() => (location.hash = '#do=save'));
      await page.waitForSelector('.saved .danger');
      await page.locator('.saved .danger').click();
      await page.waitForFunction(() => !document.querySelector('.saved li'));
    } finally {
      await context.close();
      await server.remove();
    }
  });
}
