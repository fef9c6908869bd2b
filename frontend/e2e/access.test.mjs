// For everyone: phone, keyboard alone, both languages, screen readers, less motion.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { at, desktop, find, middle, phone, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

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

/** What axe finds wrong; it is put in by the debugger, which the page's policy does not bind. */
async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

for (const [name, options] of [['desktop', desktop], ['phone', phone], ['dark', { ...desktop, colorScheme: 'dark' }]]) {
  test(`axe finds nothing: ${name}`, async () => {
    const { page, context } = await visit(browser, server, '', options);
    assert.deepEqual(await violations(page), [], 'first view');
    await page.click('#tab-list');
    await page.waitForSelector('.entries .entry');
    assert.deepEqual(await violations(page), [], 'list');
    await page.locator('.group').last().locator('.entry').first().click();
    await page.waitForSelector('.detail .provenance');
    assert.deepEqual(await violations(page), [], 'detail');
    await page.fill('#search', 'pantai');
    await page.waitForSelector('[role=option]');
    assert.deepEqual(await violations(page), [], 'search');
    await screenshot(page, `${name}-detail-and-search`);
    await context.close();
  });
}

test('on a phone the sheet opens, shows a village, and every target is large enough', async () => {
  const village = await find(server, 'Kepanjen');
  const { page, context, faults } = await visit(browser, server, '', phone);
  await page.waitForTimeout(400);
  await screenshot(page, 'phone-first-view');
  await page.click('.banner .icon-button');
  const small = await page.evaluate(() => [...document.querySelectorAll('button, a, select, summary, input')]
    .filter((e) => e.offsetParent !== null && !e.closest('.credits') && !e.classList.contains('skip') && !e.classList.contains('handle'))
    .map((e) => [e.id || e.className || e.tagName, e.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 39.5)).map(([name, box]) => `${name} ${box.width}×${box.height}`));
  assert.deepEqual(small, []);
  await page.tap('#tab-layers');
  await page.waitForFunction(() => document.querySelector('#panel').getBoundingClientRect().height > innerHeight * 0.45);
  await screenshot(page, 'phone-layers');
  await page.tap('.handle');
  await page.waitForFunction(() => document.querySelector('#panel').getBoundingClientRect().height < 200);
  await page.evaluate((hash) => (location.hash = hash), at(village, 13));
  await page.waitForTimeout(1200);
  const { x, y } = await middle(page);
  await page.touchscreen.tap(x, y);
  await page.waitForSelector('.detail .provenance');
  await page.waitForTimeout(500);
  const sheet = await page.locator('#panel').boundingBox();
  assert.ok(sheet.y > 300 && sheet.y + sheet.height <= 845, 'the sheet covers the lower half');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  await screenshot(page, 'phone-village');
  assert.deepEqual(faults, []);
  await context.close();
});

test('everything can be done from the keyboard', async () => {
  const village = await find(server, 'Kepanjen');
  const { page, context, faults } = await visit(browser, server, at(village, 13, '&layers=villages'));
  await page.waitForTimeout(300);
  const reached = [];
  for (let i = 0; i < 25; i++) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.className || document.activeElement?.tagName));
    if (reached.at(-1) === 'map') break;
  }
  assert.ok(reached[0].includes('skip'), 'the first stop is the way past the map');
  assert.ok(reached.includes('search') && reached.includes('map'), reached.join(', '));
  const before = await page.evaluate(() => location.hash);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((hash) => location.hash !== hash, before);
  await page.keyboard.press('ArrowLeft');
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.detail .provenance');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.detail', { state: 'hidden' });
  await page.focus('#tab-layers');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getAttribute('#tab-list', 'aria-selected'), 'true');
  await page.focus('#tab-list');
  await page.keyboard.press('ArrowLeft');
  await page.focus('#layer-towers');
  await page.keyboard.press('Space');
  assert.equal(await page.isChecked('#layer-towers'), true);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'layer-towers', 'focus stays');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the language changes everywhere, and stays in the link', async () => {
  const { page, context, faults } = await visit(browser, server);
  assert.equal(await page.getAttribute('html', 'lang'), 'id');
  await page.click('.language');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.waitForFunction(() => /villages/.test(document.querySelector('.summary').textContent));
  const text = await page.locator('body').innerText();
  for (const word of ['Layers', 'Internet coverage', 'Road links', 'Village boundaries on this map are approximate.']) assert.ok(text.includes(word), word);
  for (const word of ['Lapisan', 'Cakupan', 'Jalan penghubung', 'Batas desa']) assert.ok(!text.includes(word), `${word} is left`);
  assert.match(await page.evaluate(() => location.hash), /lang=en/);
  await screenshot(page, 'desktop-english');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the banner names the commands, and once dismissed stays away', async () => {
  const { page, context, faults } = await visit(browser, server);
  const banner = await page.locator('.banner').innerText();
  assert.ok(banner.includes('petadesa pull 35.07'), banner);
  for (const mode of ['--dry-run', '--replace']) assert.ok(banner.includes(`petadesa import villages FILE ${mode}`), banner);
  await page.click('.banner .icon-button');
  await page.waitForSelector('.banner', { state: 'hidden' });
  await page.reload();
  await page.waitForSelector('html[data-drawn]');
  assert.equal(await page.isVisible('.banner'), false);
  assert.deepEqual(faults, []);
  await context.close();
});

test('with less motion asked for, the map jumps', async () => {
  const { page, context, faults } = await visit(browser, server, '', { ...desktop, reducedMotion: 'reduce' });
  await page.locator('.pair .map-button').first().click();
  await page.waitForTimeout(50);
  assert.equal(await page.locator('.leaflet-zoom-anim').count(), 0);
  await page.waitForTimeout(800);
  assert.ok((await picture(page, '.ground canvas')).opaque > 1000);
  assert.deepEqual(faults, []);
  await context.close();
});
