// Finding: search, list, location, and links that bring everything back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, drawn, find, screenshot, startBrowser, startServer, visit, desktop } from './harness.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('search suggests, the chosen one opens, and the link brings it back after a reload', async () => {
  const { page, context, faults } = await visit(browser, server);
  await page.fill('#search', 'balekam');
  await page.waitForSelector('[role=option]');
  await screenshot(page, 'desktop-search');
  const wanted = await page.locator('[role=option] .entry-title').first().textContent();
  assert.match(wanted, /balekambang/i);
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getAttribute('#search', 'aria-activedescendant'), 'suggestion-0');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.detail .provenance');
  assert.equal(await page.locator('#detail-title').textContent(), wanted);
  await page.waitForTimeout(600);
  const hash = await page.evaluate(() => location.hash);
  assert.match(hash, /map=\d+\/-?\d+\.\d+\/\d+\.\d+/);
  assert.match(hash, /at=[a-z]+\//);
  await page.reload();
  await drawn(page);
  await page.waitForSelector('.detail .provenance');
  assert.equal(await page.locator('#detail-title').textContent(), wanted);
  assert.equal(await page.evaluate(() => location.hash), hash);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a link with layers, filter, selection and language is obeyed', async () => {
  const village = await find(server, 'Kepanjen');
  const { page, context, faults } = await visit(browser, server, at(village, 12, '&layers=villages,coverage,towers&tech=4g&lang=en&at=villages/' + village.id));
  await page.waitForSelector('.detail .provenance');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.locator('.detail').textContent(), /Population/);
  await page.locator('.detail').getByRole('button', { name: 'Close' }).click();
  assert.equal(await page.isChecked('#layer-towers'), true);
  assert.equal(await page.isChecked('#layer-roads'), false);
  assert.equal(await page.inputValue('#choose-technology'), '4g');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a link that is followed while the page writes its own address is obeyed', async () => {
  const { page, context, faults } = await visit(browser, server, '#lang=en');
  await page.evaluate(() => {
    location.hash = '#lang=en&do=save';
    document.querySelector('.language').click(); // changes the state before the browser tells of the link
  });
  await page.waitForSelector('#save-all');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.evaluate(() => location.hash), /do=save/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('nothing found and strange queries get a plain answer', async () => {
  const { page, context, faults } = await visit(browser, server);
  for (const query of ['zzzzqqqq', '<img src=x onerror=alert(1)>', "'; DROP TABLE villages; --", '🏖️🏖️', 'x'.repeat(900)]) {
    await page.fill('#search', query);
    await page.waitForSelector('.search-note:not([hidden])');
    assert.equal(await page.locator('.suggestions img').count(), 0);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('the list holds what is in view and opens it', async () => {
  const { page, context, faults } = await visit(browser, server);
  await page.waitForFunction(() => /^390 desa, \d+ tempat wisata/.test(document.querySelector('.summary').textContent));
  const summary = await page.locator('.summary').textContent();
  assert.equal(await page.locator('[role=status]').first().textContent(), summary);
  await page.click('#tab-list');
  await page.waitForSelector('.entries .entry');
  const entry = page.locator('.group').nth(1).locator('.entry').first();
  const name = await entry.locator('.entry-title').textContent();
  await entry.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.detail .provenance');
  assert.equal(await page.locator('#detail-title').textContent(), name);
  assert.ok(await page.evaluate(() => document.activeElement?.id === 'detail-title'), 'focus is on the title');
  await page.waitForTimeout(900);
  assert.match(await page.locator('.summary').textContent(), /^\d{1,3} desa/);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.detail', { state: 'hidden' });
  assert.deepEqual(faults, []);
  await context.close();
});

test('locate me goes to the device’s place, and says so when it may not', async () => {
  const allowed = { ...desktop, geolocation: { latitude: -8.13, longitude: 112.57, accuracy: 30 }, permissions: ['geolocation'] };
  const { page, context, faults } = await visit(browser, server, '', allowed);
  await page.click('.locate');
  await page.waitForFunction(() => /map=1[3-9]\/-8\.1/.test(location.hash));
  await page.waitForSelector('.toast:not([hidden])');
  assert.match(await page.locator('.toast').textContent(), /30 m/);
  await screenshot(page, 'desktop-located');
  assert.deepEqual(faults, []);
  await context.close();
  const denied = await visit(browser, server);
  await denied.page.click('.locate');
  await denied.page.waitForFunction(() => /Izin|tidak ditemukan/.test(document.querySelector('.toast')?.textContent ?? ''));
  await denied.context.close();
});

test('where the data come from is told for every collection', async () => {
  const { page, context, faults } = await visit(browser, server);
  await page.locator('.about summary').click();
  await page.waitForSelector('.about-body section');
  assert.ok(await page.locator('.about-body section').count() >= 8);
  assert.match(await page.locator('.about-body').innerText(), /geografis/);
  assert.deepEqual(faults, []);
  await context.close();
});
