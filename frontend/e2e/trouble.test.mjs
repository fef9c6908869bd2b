// What can go wrong and what changes: hostile names, data that change, a server
// that stops, a link to nothing.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { at, changedFrom, drawn, find, ground, middle, petadesa, phone, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const hostile = `<script>window.taken=1</script><img src=x onerror="window.taken=1">`;

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const point = (id, name, lon, lat) => ({
  type: 'Feature', id, geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: { name, category: 'beach', website: `javascript:window.taken=1`, source: hostile, source_date: '2026' },
});

async function upsert(server, collection, ...features) {
  const file = path.join(server.dir, 'upsert.geojson');
  await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features }));
  await petadesa('import', collection, file, '--upsert', '--store', server.store);
}

test('names that look like markup are shown as text everywhere', async () => {
  const server = await startServer();
  try {
    await upsert(server, 'destinations', point('hostile', hostile, 112.57, -8.13));
    const { page, context, faults } = await visit(browser, server, '#map=14/-8.13/112.57');
    await page.waitForTimeout(800);
    await page.click('#tab-list');
    await page.waitForFunction((name) => document.querySelector('.entries')?.parentElement?.parentElement?.textContent.includes(name), hostile);
    const { x, y } = await middle(page);
    await page.mouse.move(x, y);
    await page.waitForSelector('.tooltip:not([hidden])');
    await page.mouse.click(x, y);
    await page.waitForSelector('.detail .provenance');
    assert.equal(await page.locator('#detail-title').textContent(), hostile);
    assert.equal(await page.locator('.detail a:not([href^="/"])').count(), 0, 'a javascript: address is no link');
    await page.fill('#search', 'script');
    await page.waitForSelector('[role=option]');
    assert.equal(await page.evaluate(() => window.taken), undefined);
    assert.deepEqual(faults, []);
    await context.close();
  } finally {
    await server.remove();
  }
});

test('the map draws anew when the data change, without a reload', async () => {
  const server = await startServer();
  try {
    const village = await find(server, 'Kepanjen');
    const { page, context, faults } = await visit(browser, server, at(village, 13, '&layers=villages,destinations'));
    await page.waitForTimeout(1000);
    const marks = await picture(page, 'canvas.marks');
    const began = Date.now();
    await upsert(server, 'destinations', point('new', 'Tempat baru', village.lon, village.lat));
    const imported = Date.now();
    await changedFrom(page, 'canvas.marks', marks);
    console.log(`# marks drawn anew ${Date.now() - imported} ms after the import, which took ${imported - began} ms`);
    await page.click('#tab-list');
    await page.waitForFunction(() => document.body.textContent.includes('Tempat baru'));
    const land = await picture(page, ground);
    const item = await fetch(`${server.url}/api/collections/villages/items/${village.id}`).then((r) => r.json());
    const shrunk = JSON.parse(JSON.stringify(item));
    for (const polygon of shrunk.geometry.coordinates) for (const ring of polygon) for (const p of ring) {
      p[0] = village.lon + (p[0] - village.lon) * 0.5;
      p[1] = village.lat + (p[1] - village.lat) * 0.5;
    }
    await upsert(server, 'villages', { type: 'Feature', id: village.id, geometry: shrunk.geometry, properties: { ...item.properties, name: 'Desa Ganti Nama' } });
    await changedFrom(page, ground, land);
    await page.waitForFunction(() => document.body.textContent.includes('Desa Ganti Nama'));
    assert.deepEqual(faults, []);
    await context.close();
  } finally {
    await server.remove();
  }
});

test('when the server stops the page says so, keeps what it has, and recovers', async () => {
  let server = await startServer();
  try {
    const { page, context } = await visit(browser, server);
    await page.waitForTimeout(600);
    await server.stop();
    await page.locator('.pair .map-button').first().click();
    await page.waitForSelector('.trouble:not([hidden])');
    assert.match(await page.locator('.trouble').textContent(), /tidak menjawab/);
    assert.ok((await picture(page, ground)).opaque > 1000, 'the last data are still drawn');
    await screenshot(page, 'desktop-server-gone');
    await page.fill('#search', 'pantai');
    await page.waitForSelector('.search-note:not([hidden])');
    server = await startServer({ port: server.port, folder: server.dir });
    await page.locator('.trouble button').click({ timeout: 5000 }).catch(() => undefined); // it may have recovered by itself
    await page.waitForSelector('.trouble', { state: 'hidden' });
    await context.close();
  } finally {
    await server.remove();
  }
});

test('a page opened without a server, a link to nothing, and a damaged link are answered in words', async () => {
  const server = await startServer();
  try {
    const { page, context } = await visit(browser, server, '#map=x/y&layers=nothing&tech=9g&at=villages/99.99');
    await page.waitForSelector('.detail .failed');
    assert.match(await page.locator('.detail').textContent(), /tidak ada lagi/);
    await page.route('**/api/app.json', (route) => route.abort());
    await page.reload();
    await page.waitForSelector('.fatal button');
    await page.unroute('**/api/app.json');
    await page.click('.fatal button');
    await drawn(page);
    await context.close();
  } finally {
    await server.remove();
  }
});

test('a page that the link leaves without its second half keeps its map, says so, and goes on', async () => {
  const server = await startServer();
  try {
    const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.route('**/assets/app-*', (route) => route.abort());
    await page.goto(server.url);
    await page.waitForSelector('.trouble button');
    assert.match(await page.locator('.trouble').textContent(), /Coba lagi/);
    assert.ok(await page.evaluate(() => performance.getEntriesByName('petadesa-all-tiles').length === 1 && document.querySelectorAll('.ground canvas').length > 3), 'the map stands');
    await screenshot(page, 'trouble-half');
    await page.unroute('**/assets/app-*');
    await page.click('.trouble button');
    await drawn(page);
    assert.equal(await page.locator('.trouble:not([hidden])').count(), 0);
    await context.close();
  } finally {
    await server.remove();
  }
});

test('a store without villages says how to load some, and breaks nothing', async () => {
  const server = await startServer();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.stack));
    await page.route('**/api/app.json', (route) => route.fulfill({ json: { version: '', snapshot: '', built: '', basemap: null, collections: [], notices: [] } }));
    await page.goto(server.url);
    await page.waitForSelector('.banner:not([hidden])');
    assert.match(await page.locator('.banner').innerText(), /Belum ada data desa/);
    await page.waitForSelector('html[data-drawn]');
    assert.deepEqual(faults, []);
    await context.close();
  } finally {
    await server.remove();
  }
});
