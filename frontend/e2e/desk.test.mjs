// The planner's desk: the question, its table, map and files, comparison,
// scenarios, in both languages, by day and night, by keyboard and on a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { desktop, middle, petadesa, phone, picture, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const choropleth = '.desk-gaps canvas';

let server, browser, token;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
  token = (await petadesa('token', 'create', '--store', server.store, '--role', 'planner', '--name', 'Perencana')).stdout.trim();
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

const gaps = (operator) => fetch(`${server.url}/api/coverage/gaps?by=village&technology=4g&operator=${operator}&evidence=best&poi=destinations&season=normal&limit=10000`).then((r) => r.json());

/** Opens the desk and waits for the answer. */
async function openDesk(hash = '#desk=gaps', options = desktop) {
  const visited = await visit(browser, server, hash, options);
  await answered(visited.page);
  return visited;
}

const answered = (page) => page.waitForFunction(() => document.querySelector('.desk-table tbody tr[data-key]') && !document.querySelector('.desk-stale'));

/** Digits alone, for numbers as a language writes them. */
const digits = (s) => s.replace(/[^\d]/g, '');

test('the mode switch opens the desk and closes it again, and the address keeps it', async () => {
  const { page, context, faults } = await visit(browser, server);
  await page.click('.modes button:nth-child(2)');
  await answered(page);
  assert.match(await page.evaluate(() => location.hash), /desk=gaps/);
  assert.equal(await page.locator('.browse').isVisible(), false);
  await page.waitForTimeout(1200);
  await screenshot(page, 'desk-id');
  assert.deepEqual(await violations(page), []);
  await page.click('.modes button:nth-child(1)');
  assert.equal(await page.locator('.browse').isVisible(), true);
  assert.equal(await page.locator('.desk-legend').count(), 0);
  assert.doesNotMatch(await page.evaluate(() => location.hash), /desk=/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('table, totals, legend and CSV say what the API says', async () => {
  const { page, context, faults } = await openDesk('#desk=gaps;operator:all');
  const answer = await gaps('all');
  assert.equal(await page.locator('.desk-table tbody tr').count(), answer.rows.length);
  const rows = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('.desk-table tbody tr')].map((tr) => [tr.dataset.key, { gap: tr.cells[2].firstElementChild.firstChild.textContent, people: tr.cells[5].textContent, area: tr.cells[6].textContent, class: tr.querySelector('.desk-class').dataset.class }])));
  const id = (n, d = 0) => new Intl.NumberFormat('id-ID', { maximumFractionDigits: d }).format(n);
  for (const row of answer.rows) {
    assert.deepEqual(rows[row.code], { gap: id(row.people.gap), people: id(row.people.total), area: id(row.area_km2.gap, 2), class: row.class }, row.name);
  }
  for (const name of ['BLANK', 'PARTIAL', 'SERVED', 'UNKNOWN']) {
    assert.equal(Number(await page.getAttribute(`.desk-legend [data-class=${name}]`, 'data-count')), answer.rows.filter((r) => r.class === name).length, name);
  }
  assert.equal(await page.innerText('[data-figure=people] strong'), id(answer.totals.people.gap));
  assert.match(await page.innerText('[data-figure=people]'), /antara|tidak diketahui|semua diketahui/);

  const csv = await fetch(new URL(await page.getAttribute('.desk-exports a[download$=csv]', 'href'), server.url)).then((r) => r.text());
  const [head, ...lines] = csv.trim().split('\r\n').map((l) => l.split(','));
  assert.equal(lines.length, answer.rows.length);
  const at = (name) => head.indexOf(name);
  const shown = await page.evaluate(() => [...document.querySelectorAll('.desk-table tbody tr')].slice(0, 20).map((tr) => tr.dataset.key));
  assert.deepEqual(shown, lines.slice(0, 20).map((l) => l[at('code')]), 'the same order');
  for (const line of lines.slice(0, 20)) assert.equal(rows[line[at('code')]].gap, id(Number(line[at('people_gap')])));
  const { colours, opaque } = await picture(page, choropleth);
  assert.ok(opaque > 1000 && colours > 3, `${opaque} pixels in ${colours} colours`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the question is changed as a sentence; what does not go together is said with what is allowed', async () => {
  const { page, context, faults } = await openDesk('#desk=gaps&lang=en');
  await page.selectOption('#q-operator', 'all');
  await page.waitForFunction(() => Number(document.querySelector('.desk-legend [data-class=BLANK]').dataset.count) > 0);
  await page.selectOption('#q-by', 'district');
  await page.waitForFunction(() => document.querySelectorAll('.desk-table tbody tr').length === 33);
  await page.selectOption('#q-near_road', '500');
  await page.waitForSelector('#q-road_class');
  await answered(page);
  assert.match(decodeURIComponent(await page.evaluate(() => location.hash)), /by:district;operator:all;near_road:500|operator:all;near_road:500/);
  await page.selectOption('#q-technology', '2g');
  await page.selectOption('#q-preset', 'fcc-mobile');
  await page.waitForSelector('.desk-trouble:has-text("defined for 4g, 5g")');
  await screenshot(page, 'desk-trouble');
  await page.selectOption('#q-preset', 'own');
  await page.waitForSelector('#q-min_rsrp');
  await answered(page);
  await page.click('.desk-question .desk-link');
  await page.waitForFunction(() => document.querySelectorAll('.desk-table tbody tr').length === 390);
  assert.deepEqual(faults.filter((f) => !/status of 400/.test(f)), []);
  await context.close();
});

test('the table is sorted, searched, filtered by class and walked with the keyboard', async () => {
  const { page, context, faults } = await openDesk('#desk=gaps;operator:all&lang=en');
  await page.click('.desk-table thead button:has-text("Village")');
  const names = await page.evaluate(() => [...document.querySelectorAll('.desk-table tbody tr strong')].map((s) => s.textContent));
  assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b, 'id')));
  assert.equal(await page.locator('.desk-table th[aria-sort=ascending]').count(), 1);
  await page.click('.desk-legend [data-class=BLANK]');
  const blank = Number(await page.getAttribute('.desk-legend [data-class=BLANK]', 'data-count'));
  await page.waitForFunction((n) => document.querySelectorAll('.desk-table tbody tr').length === n, blank);
  await page.click('.desk-legend [data-class=BLANK]');
  await page.fill('.desk-find', 'sitiarjo');
  assert.equal(await page.locator('.desk-table tbody tr').count(), 1);
  await page.fill('.desk-find', '');
  await page.focus('.desk-table tbody tr[tabindex="0"]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  assert.equal(await page.evaluate(() => document.activeElement.rowIndex), 390);
  await page.keyboard.press('Home');
  const before = await page.evaluate(() => location.hash);
  await page.keyboard.press('Enter');
  await page.waitForFunction((hash) => location.hash !== hash, before);
  assert.match(decodeURIComponent(await page.evaluate(() => location.hash)), /at:1\d\d\.\d+,-\d/);
  await context.close();
  assert.deepEqual(faults.filter((f) => !/status of 404/.test(f)), []);
});

test('every number tells its method and source', async () => {
  const { page, context, faults } = await openDesk('#desk=gaps&lang=en');
  await page.click('[data-figure=people] .desk-info');
  await page.waitForSelector('dialog[open]');
  const text = await page.innerText('dialog[open]');
  for (const word of ['Signal model', 'Population', 'Data used', 'Data version', 'BAKTI']) assert.ok(text.includes(word), `${word} in ${text}`);
  assert.deepEqual(await violations(page), []);
  await screenshot(page, 'desk-method');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.deepEqual(faults, []);
  await context.close();
});

test('two answers are compared with a divider that keys move', async () => {
  const { page, context, faults } = await openDesk('#desk=gaps;operator:all&lang=en');
  await page.click('.desk-compare button');
  await page.waitForSelector('.desk-divider');
  await page.selectOption('#r-operator', 'any');
  await page.waitForFunction(() => document.querySelectorAll('.desk-against tbody tr').length === 5);
  await page.focus('.desk-divider');
  await page.keyboard.press('PageDown');
  assert.equal(await page.getAttribute('.desk-divider', 'aria-valuenow'), '40');
  const clips = await page.evaluate(() => [...document.querySelectorAll('.desk-gaps')].map((e) => e.style.clipPath).filter(Boolean).length);
  assert.ok(clips >= 2, 'both answers are clipped');
  await page.waitForTimeout(1000);
  await screenshot(page, 'desk-compare');
  assert.deepEqual(await violations(page), []);
  await page.click('.desk-against button');
  await page.waitForSelector('.desk-divider', { state: 'detached' });
  assert.deepEqual(faults, []);
  await context.close();
});

test('towers are tried on the map, and scenarios kept, opened, forked and compared', async () => {
  const { page, context, faults } = await openDesk('#map=11/-8.0/112.85&desk=gaps;operator:all&lang=en');
  await page.click('#tab-scenarios');
  await page.waitForSelector('.desk-scenario');
  const { x, y } = await middle(page);
  await page.mouse.click(x + 20, y);
  await page.waitForSelector('[data-measure=peopleGap]');
  await page.waitForSelector('.edit-pin');
  const first = await page.innerText('[data-measure=peopleGap]');
  const pin = await page.locator('.edit-pin').boundingBox();
  await page.mouse.move(pin.x + 22, pin.y + 28);
  await page.mouse.down();
  await page.mouse.move(pin.x - 30, pin.y + 80, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction((was) => document.querySelector('[data-measure=peopleGap]')?.innerText !== was, first);
  await page.fill('#tower-0-height', '72');
  await page.press('#tower-0-height', 'Tab');
  await page.waitForFunction(() => /draft:[^;]*,72,0/.test(decodeURIComponent(location.hash)));
  await page.waitForTimeout(800);
  assert.deepEqual(await violations(page), []);
  await screenshot(page, 'desk-scenario');

  await page.fill('#scenario-name', 'Timur');
  await page.press('#scenario-name', 'Enter');
  await page.fill('.desk-save #desk-token', token);
  await page.press('.desk-save #desk-token', 'Enter');
  await page.waitForSelector('.desk-kept li:has-text("Timur")');
  const dossier = await page.getAttribute('.desk-towers a', 'href');
  assert.match(dossier, /^\/dossier\?scenario=[a-z0-9]{12}&tower=1&/);
  assert.equal((await fetch(server.url + dossier)).status, 200);
  await page.click('.desk-kept button:has-text("Fork")');
  await page.waitForFunction(() => document.querySelectorAll('.desk-kept li').length === 2);
  for (const box of await page.locator('.desk-kept input').all()) if (!(await box.isChecked())) await box.check();
  await page.waitForSelector('.desk-compared');
  await page.waitForSelector('.desk-side.left:has-text("Timur")');
  await page.waitForSelector('.desk-side.right:has-text("Timur (2)")');
  assert.equal(await page.locator('.desk-compared thead th').count(), 3);
  await page.waitForTimeout(800);
  assert.deepEqual(await violations(page), []);
  await page.locator('.desk-compared').scrollIntoViewIfNeeded();
  await screenshot(page, 'desk-scenarios');
  const link = await page.evaluate(() => location.href);
  await page.goto('about:blank');
  await page.goto(link);
  await page.waitForSelector('[data-measure=peopleGap]');
  assert.equal(await page.inputValue('#tower-0-height'), '72');
  assert.deepEqual(faults.filter((f) => !/status of 40[13]/.test(f)), []);
  await context.close();
});

test('the sea takes no tower, and the desk says so', async () => {
  const { page, context } = await openDesk('#desk=gaps;draft:112.6,-9.2,0,0&lang=en');
  await page.click('#tab-scenarios');
  await page.waitForSelector('.desk-trouble');
  await context.close();
});

test('the desk at night, in English, and on a phone in Indonesian', async () => {
  const dark = await openDesk('#desk=gaps;operator:all&lang=en', { ...desktop, colorScheme: 'dark' });
  await dark.page.waitForTimeout(1200);
  await screenshot(dark.page, 'desk-en-dark');
  assert.deepEqual(await violations(dark.page), []);
  await dark.context.close();
  const small = await openDesk('#desk=gaps;operator:all', { ...phone, reducedMotion: 'reduce' });
  await small.page.click('.banner .icon-button').catch(() => undefined);
  await small.page.waitForTimeout(1000);
  await screenshot(small.page, 'desk-phone');
  assert.deepEqual(await violations(small.page), []);
  await small.page.evaluate(() => (document.querySelector('#panel').dataset.size = 'full'));
  await small.page.locator('.desk-table').scrollIntoViewIfNeeded();
  await screenshot(small.page, 'desk-phone-table');
  assert.ok(await small.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  assert.deepEqual(small.faults, []);
  await small.context.close();
});

test('without villages the desk says what to load', async () => {
  const { page, context } = await visit(browser, server);
  await page.route('**/api/coverage/gaps*', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"title":"Not found","detail":"the snapshot has no villages"}' }));
  await page.click('.modes button:nth-child(2)');
  await page.waitForSelector('.desk-trouble:has-text("no villages")');
  await page.unroute('**/api/coverage/gaps*');
  await page.click('.desk-trouble button');
  await answered(page);
  await context.close();
});
