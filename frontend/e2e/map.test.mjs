// The map itself: what is drawn, what a click, a hover and a switch do.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, changedFrom, find, ground, marks, middle, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('the first view draws every layer, without errors and without a request to others', async () => {
  const { page, context, faults } = await visit(browser, server);
  await page.waitForTimeout(500);
  const land = await picture(page, ground);
  assert.ok(land.opaque > 5000, `${land.opaque} sampled pixels are drawn`);
  assert.ok(land.colours > 50, `${land.colours} colours`);
  assert.ok((await picture(page, marks)).opaque > 100, 'marks and names are drawn');
  await screenshot(page, 'desktop-first-view');
  for (const id of ['villages', 'districts', 'coverage', 'roads']) {
    const full = await picture(page, ground);
    await page.uncheck(`#layer-${id}`, { force: true });
    await changedFrom(page, ground, full);
  }
  const withMarks = await picture(page, marks);
  await page.uncheck('#layer-destinations', { force: true });
  await changedFrom(page, marks, withMarks);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a switch adds its marks, its legend and its place in the link', async () => {
  const { page, context, faults } = await visit(browser, server);
  await page.waitForTimeout(300);
  for (const id of ['towers', 'blankspots', 'products']) {
    const earlier = await picture(page, marks);
    await page.check(`#layer-${id}`, { force: true });
    await changedFrom(page, marks, earlier);
    assert.equal(await page.locator('.layer', { has: page.locator(`#layer-${id}`) }).locator('.legend li').count(), 1);
  }
  assert.match(await page.evaluate(() => location.hash), /layers=[a-z,]*towers,blankspots,products/);
  await page.waitForTimeout(600);
  await screenshot(page, 'desktop-all-layers');
  assert.deepEqual(faults, []);
  await context.close();
});

test('coverage is shown by technology and by operator, and says that it is sample data', async () => {
  const { page, context, faults } = await visit(browser, server);
  await page.waitForSelector('#choose-operator option:nth-child(2)', { state: 'attached' });
  assert.match(await page.locator('.layer', { has: page.locator('#layer-coverage') }).textContent(), /data contoh \/ sample data/i);
  const all = await picture(page, ground);
  await page.selectOption('#choose-technology', '4g');
  const only4G = await changedFrom(page, ground, all);
  const operator = await page.locator('#choose-operator option').nth(1).getAttribute('value');
  await page.selectOption('#choose-operator', operator);
  await changedFrom(page, ground, only4G);
  const hash = await page.evaluate(() => location.hash);
  assert.match(hash, /tech=4g/);
  assert.match(hash, new RegExp(`operator=${operator}`));
  await screenshot(page, 'desktop-coverage-4g-one-operator');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a click on a village opens its panel with everything, source and quality', async () => {
  const village = await find(server, 'Kepanjen');
  const { page, context, faults } = await visit(browser, server, at(village, 13, '&layers=villages,coverage'));
  await page.waitForTimeout(400);
  const { x, y } = await middle(page);
  await page.mouse.click(x, y);
  await page.waitForSelector('.detail .provenance');
  const panel = await page.locator('.detail').textContent();
  for (const word of ['Penduduk', 'Luas', 'km²', 'Kode Kemendagri', '35.07.13', 'Sumber', 'perkiraan', 'Koordinat', 'Di titik ini']) assert.ok(panel.includes(word), `the panel says ${word}`);
  assert.match(await page.evaluate(() => location.hash), /at=villages\/35\.07\.13/);
  await screenshot(page, 'desktop-village');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.detail', { state: 'hidden' });
  assert.doesNotMatch(await page.evaluate(() => location.hash), /at=/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the mouse over a village names and outlines it', async () => {
  const village = await find(server, 'Kepanjen');
  const { page, context, faults } = await visit(browser, server, at(village, 13, '&layers=villages'));
  await page.waitForTimeout(400);
  const { x, y } = await middle(page);
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
  await page.waitForSelector('.tooltip:not([hidden])');
  assert.match(await page.locator('.tooltip').textContent(), /Kepanjen|Kelurahan|Desa/);
  assert.ok((await picture(page, 'canvas.highlight')).opaque > 0, 'the outline is drawn');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a group of marks falls apart when clicked', async () => {
  const { page, context, faults } = await visit(browser, server, at(await crowd(), 10));
  await page.waitForTimeout(500);
  const { x, y } = await middle(page);
  await page.mouse.move(x - 2, y);
  await page.mouse.move(x, y);
  await page.waitForFunction(() => /^\d+ tempat wisata/.test(document.querySelector('.tooltip:not([hidden])')?.textContent ?? ''));
  await page.mouse.click(x, y);
  await page.waitForFunction(() => Number(/map=(\d+)/.exec(location.hash)[1]) > 10);
  assert.deepEqual(faults, []);
  await context.close();
});

/** Where the most destinations share a cell of the grid that tiles of zoom 9 group marks by. */
async function crowd() {
  const csv = await fetch(`${server.url}/api/collections/destinations/items?f=csv&properties=&limit=1000`).then((r) => r.text());
  const cells = new Map();
  for (const line of csv.trim().split('\r\n').slice(1)) {
    const [, lon, lat] = line.split(',').map(Number);
    const sin = Math.sin((lat * Math.PI) / 180);
    const x = Math.floor(((lon + 180) / 360) * 2 ** 13);
    const y = Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** 13);
    cells.set(`${x} ${y}`, [...(cells.get(`${x} ${y}`) ?? []), { lon, lat }]);
  }
  const most = [...cells.values()].sort((a, b) => b.length - a.length)[0];
  const mean = (key) => most.reduce((sum, p) => sum + p[key], 0) / most.length;
  return { lon: mean('lon'), lat: mean('lat') };
}
