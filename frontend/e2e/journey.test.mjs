// The whole journey of a visitor, on a phone and on a desktop, in both languages: a
// beach is found, places are filtered, the way there shows where the signal ends, the
// area is saved; then the network is cut and the server stopped, and the page is opened
// again, searched, and asked for the way.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { desktop, drawn, ground, phone, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const words = {
  id: { saved: /data tersimpan, \d/, answered: /Dijawab di perangkat ini/, gap: /Sinyal terakhir di km|Tanpa sinyal sejak awal|Ada sinyal sepanjang|Tidak ada sinyal/, way: /Dari .*menit dengan mobil/ },
  en: { saved: /saved data of \d/, answered: /Answered on this device/, gap: /Last signal at km|No signal from the start|There is signal all|No known signal/, way: /From .*minutes by car/ },
};

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** What axe finds wrong. */
async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

/** The task of a page, as a link would bring it. */
const task = (page, language, text) => page.evaluate((hash) => (location.hash = hash), `#lang=${language}&do=${text}`);

const way = 'route:from~112.5736,-8.1303;fromName~Kepanjen;to~112.5333,-8.4036;toName~Balekambang';

async function find(page, query, wanted) {
  await page.fill('#search', query);
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.detail .provenance');
  assert.match(await page.locator('#detail-title').textContent(), wanted);
  await page.waitForSelector('.visit .way-there');
}

async function journey(name, options, language) {
  const say = words[language];
  const server = await startServer();
  const { page, context, faults } = await visit(browser, server, `#lang=${language}`, { ...options, serviceWorkers: 'allow' });
  page.setDefaultTimeout(20_000);
  try {
    await find(page, 'balekambang', /Balekambang/);
    assert.match(await page.locator('.visit .way-there').textContent(), say.way);
    const online = await page.locator('.visit .way-there').textContent();
    assert.deepEqual(await violations(page), [], 'a place');
    await screenshot(page, `journey-${name}-place`);

    await task(page, language, 'near:at~112.63,-8.1;name~Malang;kind~beach');
    await page.waitForSelector('.near-list .entry');
    await page.click('#signal-yes');
    await page.waitForFunction(() => document.querySelector('#signal-yes')?.getAttribute('aria-pressed') === 'true' && document.querySelector('.near-count'));
    assert.deepEqual(await violations(page), [], 'places nearby');
    await screenshot(page, `journey-${name}-near`);

    await task(page, language, way);
    await page.waitForSelector('.route-sum');
    assert.match(await page.locator('.gaps').first().textContent(), say.gap);
    const time = await page.locator('.route-sum').textContent();
    assert.deepEqual(await violations(page), [], 'the way');
    await screenshot(page, `journey-${name}-route`);
    await page.click('#add-via');
    await page.waitForSelector('#route-via-1');
    await page.fill('#route-via-1', 'gondanglegi');
    await page.waitForSelector('#route-via-1-suggestions [role=option]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction((before) => document.querySelector('.route-sum') && document.querySelector('.route-sum').textContent !== before, time);
    await page.click('#add-via');
    await page.waitForSelector('#route-via-2');
    await page.click('#up-via-2');
    await page.waitForFunction(() => document.querySelector('#route-via-1')?.value === '' && document.querySelector('#route-via-2')?.value !== '');
    assert.deepEqual(await violations(page), [], 'stops');
    await screenshot(page, `journey-${name}-stops`);

    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await task(page, language, 'save');
    await page.click('#save-all');
    await page.click('#save-now');
    await page.waitForSelector('.saved li .fresh');
    assert.deepEqual(await violations(page), [], 'saved');
    await screenshot(page, `journey-${name}-save`);
    assert.deepEqual(faults, []);

    await server.stop();
    await context.setOffline(true);
    await page.goto('about:blank');
    await page.goto(`${server.url}/#lang=${language}`, { waitUntil: 'commit' });
    await drawn(page);
    assert.ok((await picture(page, ground)).colours > 5, 'the map is drawn');
    await page.waitForSelector('.trouble:not([hidden])');
    assert.match(await page.locator('.trouble').textContent(), say.saved);
    await find(page, 'balekambng', /Balekambang/);
    assert.equal(await page.locator('.visit .way-there').textContent(), online, 'the way to a place is saved with it');
    assert.match(await page.locator('.visit').textContent(), say.answered);
    assert.deepEqual(await violations(page), [], 'a place without a network');
    await screenshot(page, `journey-${name}-offline-place`);
    await task(page, language, way);
    await page.waitForSelector('.route-sum');
    assert.equal(await page.locator('.route-sum').textContent(), time, 'the way is the server’s');
    assert.match(await page.locator('.route-out').textContent(), say.answered);
    assert.deepEqual(await violations(page), [], 'the way without a network');
    await screenshot(page, `journey-${name}-offline-route`);
    await task(page, language, 'near:at~112.63,-8.1;name~Malang;signal~yes');
    await page.waitForSelector('.near-list .entry');
    assert.match(await page.locator('.near-list').textContent(), say.answered);
    await task(page, language, 'save');
    await page.waitForSelector('.saved li .unchecked');
    await screenshot(page, `journey-${name}-offline-save`);
    await page.locator('.saved .danger').click();
    await page.waitForFunction(() => !document.querySelector('.saved li'));
  } catch (error) {
    await screenshot(page, `journey-${name}-fault`).catch(() => undefined);
    throw error;
  } finally {
    await context.close().catch(() => undefined);
    await server.remove();
  }
}

// The four go side by side: most of a journey is waiting.
test('the journey of a visitor', { concurrency: 2 }, async (t) => {
  await Promise.all([['phone', phone], ['desktop', desktop]].flatMap(([device, options]) => ['id', 'en'].map((language) =>
    t.test(`${device}, ${language}`, { timeout: 120_000 }, () => journey(`${device}-${language}`, options, language)))));
});
