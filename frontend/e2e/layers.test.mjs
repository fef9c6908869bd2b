// Layers that the page has no style for, and tiles read from a static archive.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { at, changedFrom, desktop, drawn, find, ground, middle, petadesa, phone, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

let browser, dir, pmtiles;
before(async () => {
  browser = await startBrowser();
  dir = await mkdtemp(path.join(tmpdir(), 'petadesa-layers-'));
  const server = await startServer({ folder: dir });
  await server.stop();
  const file = path.join(dir, 'rivers.geojson');
  await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features: around({ lon: 112.57, lat: -8.13 }) }));
  await petadesa('import', 'rivers', file, '--store', server.store);
  pmtiles = path.join(dir, 'malang.pmtiles');
  await petadesa('export', 'tiles', pmtiles, '--store', server.store);
  await mkdir(path.join(dir, 'archives'));
  await petadesa('export', 'tiles', path.join(dir, 'archives', 'arsip.jalan.pmtiles'), '--collections', 'roads,towers', '--max-zoom', '12', '--store', server.store);
});
after(async () => {
  await browser?.close();
  await rm(dir, { recursive: true, force: true });
});

const over = '.other canvas';

const line = (id, name, ...coordinates) => ({ type: 'Feature', id, geometry: { type: 'LineString', coordinates }, properties: { name, width_m: 12.5, note: `<b>${name}</b>` } });
const around = ({ lon, lat }) => [
  line('brantas', 'Kali Brantas', [lon - 0.2, lat - 0.004], [lon, lat], [lon + 0.2, lat + 0.01]),
  line('metro', 'Kali Metro', [lon - 0.03, lat + 0.15], [lon - 0.02, lat + 0.02], [lon - 0.05, lat - 0.1]),
];

test('an imported collection is a layer to switch on, pick, link to and see change', async () => {
  const server = await startServer();
  try {
    const village = await find(server, 'Kepanjen');
    const file = path.join(server.dir, 'rivers.geojson');
    await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features: around(village) }));
    await petadesa('import', 'rivers', file, '--store', server.store);
    for (const [name, options] of [['desktop', desktop], ['phone', phone]]) {
      const { page, context, faults } = await visit(browser, server, at(village, 12), options);
      await page.waitForSelector('#layer-rivers', { state: 'attached' });
      assert.equal(await page.isChecked('#layer-rivers'), false);
      assert.equal((await picture(page, over)).opaque, 0);
      await page.check('#layer-rivers', { force: true });
      await page.waitForFunction(() => document.querySelectorAll('.other canvas').length > 0);
      await changedFrom(page, over, { sum: 0 });
      assert.match(await page.evaluate(() => location.hash), /layers=[a-z,]*rivers/);
      await page.waitForTimeout(300);
      await screenshot(page, `${name}-rivers`);
      if (name === 'desktop') {
        const { x, y } = await middle(page);
        await page.mouse.move(x - 2, y);
        await page.mouse.move(x, y);
        await page.waitForSelector('.tooltip:not([hidden])');
        assert.match(await page.locator('.tooltip').textContent(), /Kali Brantas/);
        await page.mouse.click(x, y);
        await page.waitForSelector('.detail .provenance');
        const panel = await page.locator('.detail').textContent();
        for (const word of ['Kali Brantas', 'width m', '12,5', '<b>Kali Brantas</b>']) assert.ok(panel.includes(word), `${word} in ${panel}`);
        assert.ok((await picture(page, 'canvas.highlight')).opaque > 0, 'the line is highlighted');
        await screenshot(page, 'desktop-river');
        const link = await page.evaluate(() => location.hash);
        assert.match(link, /at=rivers\/brantas/);
        await page.goto('about:blank');
        await page.goto(`${server.url}/${link}`);
        await drawn(page);
        await page.waitForSelector('.detail .provenance');
        const before = await changedFrom(page, over, { sum: 0 });
        await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features: around(village).slice(0, 1) }));
        await petadesa('import', 'rivers', file, '--replace', '--store', server.store);
        await changedFrom(page, over, before);
        await page.keyboard.press('Escape');
        await page.uncheck('#layer-rivers', { force: true });
        await page.waitForFunction(() => document.querySelectorAll('.other canvas').length === 0);
      }
      assert.deepEqual(faults, []);
      await context.close();
    }
  } finally {
    await server.remove();
  }
});

test('an archive that the server publishes is a layer, dots in its name and all', async () => {
  const server = await startServer({ flags: ['--archives', path.join(dir, 'archives'), '--title', 'Peta Desa Uji'] });
  try {
    const village = await find(server, 'Kepanjen');
    const { page, context, faults } = await visit(browser, server, at(village, 14, '&layers=villages,arsip.jalan'));
    assert.equal(await page.locator('.subtitle').textContent(), 'Peta Desa Uji');
    await page.waitForSelector('[id="layer-arsip.jalan"]', { state: 'attached' });
    assert.ok(await page.isChecked('[id="layer-arsip.jalan"]'));
    await page.waitForFunction(() => document.querySelectorAll('.other canvas').length > 0);
    await changedFrom(page, over, { sum: 0 });
    await screenshot(page, 'desktop-archive-layer');
    const hit = await onColour(page, over);
    await page.mouse.click(hit.x, hit.y);
    await page.waitForFunction(() => /at=arsip\.jalan\/(roads|towers)\//.test(location.hash));
    await page.waitForSelector('.detail .facts dt');
    await page.reload();
    await drawn(page);
    await page.waitForSelector('.detail .facts dt');
    assert.deepEqual(faults, []);
    await context.close();
  } finally {
    await server.remove();
  }
});

/** A point of the page, right of the panel, at which an element of a kind of canvas has colour. */
const onColour = (page, selector) => page.evaluate((chosen) => {
  const panel = document.querySelector('.sheet, aside')?.getBoundingClientRect().right ?? 0;
  for (const canvas of document.querySelectorAll(chosen)) {
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 3; i < data.length; i += 4) {
      const x = box.x + ((i >> 2) % canvas.width) / scale;
      const y = box.y + Math.floor((i >> 2) / canvas.width) / scale;
      if (data[i] > 250 && x > panel + 60 && x < innerWidth - 120 && y > 150 && y < innerHeight - 100) return { x, y };
    }
  }
  throw new Error('nothing has colour');
}, selector);

test('tiles can be read from a static archive by ranges: the server is asked for none', async () => {
  const store = await objectStore(pmtiles);
  const server = await startServer({ folder: dir, flags: ['--page-archive', `${store.url}/malang.pmtiles`] });
  try {
    const context = await browser.newContext(desktop);
    const page = await context.newPage();
    const faults = [];
    const asked = [];
    const own = /willReadFrequently/; // of the test's own looking at canvases
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !own.test(message.text()) && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.stack));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(server.url);
    await drawn(page);
    await page.waitForTimeout(500);
    const land = await picture(page, ground);
    assert.ok(land.opaque > 5000 && land.colours > 50, `${land.opaque} pixels, ${land.colours} colours`);
    assert.ok((await picture(page, 'canvas.marks')).opaque > 100, 'marks and names are drawn');
    await screenshot(page, 'desktop-static-archive');
    for (let i = 0; i < 3; i++) {
      await page.locator('.pair .map-button').first().click();
      await page.waitForTimeout(500);
    }
    await page.check('#layer-towers', { force: true });
    await page.check('#layer-rivers', { force: true });
    await changedFrom(page, over, { sum: 0 });
    await page.waitForTimeout(500);
    const { x, y } = await middle(page);
    await page.mouse.click(x, y);
    await page.waitForSelector('.detail .provenance');
    assert.deepEqual(asked.filter((url) => url.startsWith(server.url + '/tiles/')), []);
    assert.ok(store.ranges > 3, `${store.ranges} ranges were read`);
    assert.deepEqual(faults, []);
    console.log(`# ${store.ranges} ranges, ${store.bytes} bytes`);
    await context.close();
  } finally {
    await server.stop();
    await store.close();
  }
});

for (const [fault, how] of [['sends no ranges', { whole: true }], ['is away', { status: 503 }], ['holds something else', { other: true }]]) {
  test(`an archive whose host ${fault} is left for the server, and the page says so`, async () => {
    const store = await objectStore(pmtiles, how);
    const server = await startServer({ folder: dir, flags: ['--page-archive', `${store.url}/malang.pmtiles`] });
    try {
      const context = await browser.newContext(desktop);
      const page = await context.newPage();
      await page.goto(server.url);
      await page.waitForFunction(() => /Arsip ubin .* tidak dapat dibaca/.test(document.querySelector('.toast:not([hidden])')?.textContent ?? ''));
      await drawn(page);
      assert.ok((await picture(page, ground)).colours > 50);
      await context.close();
    } finally {
      await server.stop();
      await store.close();
    }
  });
}

/** A static server of one file with ranges and CORS, like an object store. */
async function objectStore(file, { whole = false, status = 0, other: unlike = false } = {}) {
  const handle = await open(file);
  const { size } = await stat(file);
  const seen = { ranges: 0, bytes: 0 };
  const server = createServer(async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'Range');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    if (status) return response.writeHead(status).end();
    if (from === undefined || whole) return response.writeHead(200, { 'Content-Length': 4 }).end('tile');
    const length = Math.min(Number(to) + 1, size) - Number(from);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, Number(from));
    if (unlike) buffer.fill(0);
    seen.ranges++;
    seen.bytes += length;
    response.writeHead(206, { 'Content-Range': `bytes ${from}-${Number(from) + length - 1}/${size}`, 'Content-Length': length }).end(buffer);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    get ranges() { return seen.ranges; },
    get bytes() { return seen.bytes; },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await handle.close();
    },
  };
}
