// A visitor's journey with the network: a beach, filters, the way and its signal,
// reach, the scoreboard, sharing; phone and desktop, in both languages.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { desktop, find, phone, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

/** Controls smaller than a finger, of those in the card. */
const small = (page) => page.evaluate(() => [...document.querySelectorAll('.task button, .task a.button, .task input[type=search]')]
  .filter((e) => e.offsetParent && !e.classList.contains('link') && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 80)));

for (const [name, options, language] of [['phone-id', phone, 'id'], ['desktop-en', desktop, 'en']]) {
  test(`a beach is found, the way there is shown with its signal: ${name}`, async () => {
    const { page, context, faults } = await visit(browser, server, `#lang=${language}`, options);
    await page.fill('#search', 'balekambang');
    await page.waitForSelector('[role=option] mark');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.visit .actions');
    const beach = await page.locator('#detail-title').textContent();
    await page.waitForSelector('.visit .facts');
    assert.deepEqual(await violations(page), [], 'place card');
    await screenshot(page, `${name}-place`);
    await page.locator('.visit .button').first().click();
    await page.waitForSelector('#route-to');
    assert.equal(await page.inputValue('#route-to'), beach);
    await page.fill('#route-from', 'kepanjen');
    await page.waitForSelector('#route-from-suggestions [role=option]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.route-sum');
    assert.match(await page.locator('.route-sum').textContent(), /\d+ km/);
    assert.ok(await page.locator('.along .strip').count() === 1, 'the strip of signal');
    assert.ok((await page.locator('.gaps li').count()) > 0, 'the signal in words');
    assert.ok((await page.locator('.steps li').count()) > 1, 'steps');
    assert.deepEqual(await violations(page), [], 'route card');
    assert.deepEqual(await small(page), [], 'controls for fingers');
    await screenshot(page, `${name}-route`);
    await page.click('#by-walk');
    await page.waitForFunction(() => document.activeElement?.id === 'by-walk' && document.querySelector('.route-sum'));
    const link = await page.evaluate(() => location.href);
    assert.match(link, /do=route:.*by~walk/);
    const sum = await page.locator('.route-sum').textContent();
    await page.reload();
    await page.waitForSelector('.route-sum');
    assert.equal(await page.locator('.route-sum').textContent(), sum, 'the link brings the route back');
    const gpx = await page.locator('a[download="petadesa.gpx"]').getAttribute('href');
    assert.match(await fetch(server.url + gpx).then((r) => r.text()), /<gpx/);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`places near, by chips: ${name}`, async () => {
    const { page, context, faults } = await visit(browser, server, `#lang=${language}&do=near:at~112.63,-7.98;name~Malang`, options);
    await page.waitForSelector('.near-count');
    const all = await page.locator('.near-count').textContent();
    await page.click('#kind-beach');
    await page.waitForFunction((before) => document.querySelector('.near-count') && document.querySelector('.near-count').textContent !== before, all);
    assert.equal(await page.getAttribute('#kind-beach', 'aria-pressed'), 'true');
    assert.ok((await page.locator('.near-list .entry').count()) > 0);
    assert.deepEqual(await violations(page), [], 'near card');
    assert.deepEqual(await small(page), []);
    await screenshot(page, `${name}-near`);
    const first = await page.locator('.near-list .entry-title').first().textContent();
    await page.locator('.near-list .entry').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.detail .provenance');
    assert.equal(await page.locator('#detail-title').textContent(), first);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.near-list .entry');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('the scoreboard, what is within reach, and sharing', async () => {
  const { page, context, faults } = await visit(browser, server, '#do=score', phone);
  await page.waitForSelector('table.score');
  const rows = await page.locator('.task .near-count').textContent();
  await page.click('#no-product');
  await page.waitForFunction((before) => document.querySelector('.task .near-count').textContent !== before, rows);
  assert.deepEqual(await violations(page), [], 'scoreboard');
  assert.match(await fetch(`${server.url}/api/villages/scoreboard?f=csv`).then((r) => r.headers.get('content-type')), /csv/);
  await page.evaluate(() => (location.hash = '#do=reach:at~112.63,-7.98'));
  await page.waitForSelector('.reach li');
  assert.equal(await page.locator('.reach li').count(), 3);
  assert.deepEqual(await violations(page), [], 'reach');
  await page.evaluate(() => (location.hash = '#do=share'));
  await page.waitForSelector('#share-embed');
  assert.match(await page.inputValue('#share-embed'), /\/embed\?/);
  assert.deepEqual(await violations(page), [], 'share');
  const saved = page.waitForEvent('download');
  await page.click('#share-picture');
  const file = await (await saved).path();
  assert.equal((await readFile(file)).subarray(1, 4).toString(), 'PNG');
  assert.deepEqual(faults, []);
  await context.close();
});

test('bad links and places without roads get a plain answer', async () => {
  const village = await find(server, 'Kepanjen');
  for (const task of ['route:from~0,0;to~112.6,-8', `route:from~${village.lon},${village.lat};to~${village.lon},${village.lat}`, 'near:at~999,999', 'nonsense:x~y']) {
    const { page, context } = await visit(browser, server, `#do=${task}`, desktop);
    await page.waitForFunction(() => document.querySelector('.task .failed, .task .hint') || !document.querySelector('.browse').hidden);
    await context.close();
  }
});
