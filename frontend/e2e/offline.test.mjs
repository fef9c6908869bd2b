// A map for when there is no network: saved, then opened with the network cut and
// the server stopped; search, places and routes answer, and say how old they are.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, ground, phone, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Ends a wait that nothing answers, and says which. */
async function within(ms, what, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

test('saved, cut off, opened again, searched, routed', { timeout: 90_000 }, async () => {
  const server = await startServer();
  const { page, context } = await visit(browser, server, '#lang=id&do=save', { ...phone, serviceWorkers: 'allow' });
  page.setDefaultTimeout(15_000);
  try {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.click('#save-all');
    await page.waitForSelector('#save-now');
    const words = await page.locator('#save-now').textContent();
    assert.match(words, /\d+ kB/);
    const offer = await fetch(`${server.url}/api/offline?bbox=112.2,-8.5,113,-7.7`).then((r) => r.json());
    const pack = await fetch(server.url + offer.pack).then((r) => r.arrayBuffer());
    assert.equal(pack.byteLength, offer.bytes, 'the size that was said');
    await screenshot(page, 'offline-save');
    await page.click('#save-now');
    await page.waitForSelector('.note.good');
    await page.waitForSelector('.saved li');
    const route = await fetch(`${server.url}/api/route?from=112.5736,-8.1303&to=112.5333,-8.4036&vehicle=motorcycle`).then((r) => r.json());

    await within(5_000, 'stopping the server', server.stop());
    await within(5_000, 'cutting the network', context.setOffline(true));
    // Opened as from the home screen: the program, its data and its tiles all come from what was kept.
    await page.goto('about:blank');
    await page.goto(`${server.url}/#lang=id`, { waitUntil: 'commit', timeout: 15_000 });
    await within(15_000, 'drawing without a network', drawn(page));
    assert.ok((await picture(page, ground)).colours > 5, 'the map is drawn');
    await page.waitForSelector('.trouble:not([hidden])');
    assert.match(await page.locator('.trouble').textContent(), /data tersimpan, \d/);
    await screenshot(page, 'offline-map');

    await page.fill('#search', 'balekambng');
    await page.waitForSelector('[role=option]');
    assert.match(await page.locator('[role=option] .entry-title').first().textContent(), /Balekambang/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.detail .provenance');
    assert.match(await page.locator('#detail-title').textContent(), /Balekambang/);
    await screenshot(page, 'offline-place');
    const covered = await page.evaluate(() => document.querySelector('.trouble').getBoundingClientRect().bottom > document.querySelector('.panel').getBoundingClientRect().top);
    assert.ok(!covered, 'the note leaves the card free');

    await page.evaluate(() => (location.hash = '#lang=id&do=route:from~112.5736,-8.1303;to~112.5333,-8.4036;by~motorcycle'));
    await page.waitForSelector('.route-sum');
    const minutes = Math.round(route.properties.door_to_door_s / 60);
    const shown = await page.locator('.route-sum strong').textContent();
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    assert.deepEqual(shown.match(/\d+/g).map(Number), hours > 0 ? [hours, rest] : [rest], 'the server’s time');
    assert.ok((await page.locator('.steps li').count()) > 1);
    await screenshot(page, 'offline-route');

    // The address of a place's own page, as somebody sent it.
    await page.goto(`${server.url}/wisata/pantai-balekambang`, { waitUntil: 'commit', timeout: 15_000 });
    await within(15_000, 'drawing a place without a network', drawn(page));
    assert.match(await page.evaluate(() => location.hash), /at=destinations/);

    await page.evaluate(() => (location.hash = '#do=save'));
    await page.waitForSelector('.saved .danger');
    await page.locator('.saved .danger').click();
    await page.waitForFunction(() => !document.querySelector('.saved li'));
  } catch (error) {
    await within(5_000, 'the picture of a fault', screenshot(page, 'offline-fault')).catch(() => undefined);
    throw error;
  } finally {
    await within(5_000, 'closing', context.close()).catch(() => undefined);
    await within(5_000, 'removing', server.remove());
  }
});
