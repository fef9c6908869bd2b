// Why a beach behind a ridge has no signal, what contradicts what, where to
// build, and who comes first.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { desktop, middle, petadesa, phone, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// One tower, a ridge of 260 m south of it, a beach behind the ridge.
const tower = { lon: 112.4242, lat: -8.338 };
const crest = -8.362;
const hill = { lon: 112.4242, lat: crest + 0.0022 };
const beach = { lon: 112.4242, lat: -8.3830 };

let server, listed, browser;
before(async () => {
  [server, listed] = [await startServer(), await startServer()];
  browser = await startBrowser();
  const towers = path.join(server.dir, 'towers.geojson');
  await writeFile(towers, JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', id: 'T-1', geometry: { type: 'Point', coordinates: [tower.lon, tower.lat] },
    properties: { operators: 'Telkomsel', technologies: '4g', frequency_mhz: 900, height_m: 45, status: 'active', source: 'uji', source_date: '2026' } }] }));
  const ground = path.join(server.dir, 'S09E112.hgt');
  await writeFile(ground, ridge());
  await petadesa('import', 'towers', towers, '--store', server.store, '--replace');
  await petadesa('import', 'elevation', ground, '--store', server.store);
  for (let i = 0; ; i++) {
    const { path: way } = await whyAt(beach);
    if (way?.terrain && way.tower === 'T-1') break;
    assert.ok(i < 100, 'the server has taken the ground over');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});
after(async () => {
  await browser?.close();
  await server?.remove();
  await listed?.remove();
});

/** A tile of SRTM: land of 10 m with a ridge from west to east. */
function ridge() {
  const side = 1201;
  const heights = Buffer.alloc(2 * side * side);
  for (let row = 0; row < side; row++) {
    const south = (-8 - row / 1200 - crest) * 111_000;
    const height = Math.round(10 + 260 * Math.exp(-(south * south) / (2 * 350 * 350)));
    for (let col = 0; col < side; col++) heights.writeInt16BE(height, 2 * (row * side + col));
  }
  return heights;
}

const whyAt = ({ lon, lat }) => fetch(`${server.url}/api/coverage/at?lon=${lon}&lat=${lat}&technology=4g`).then((r) => r.json());

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

/** Looks at the page as it is on a desk and in a hand, by what axe and the eye mind. */
async function look(page, name) {
  await page.waitForTimeout(900);
  assert.deepEqual(await violations(page), []);
  await screenshot(page, name);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
}

/** Opens the desk at a hash, in a window. */
async function openDesk(hash, options = desktop, of = server) {
  const visited = await visit(browser, of, hash, options);
  await visited.page.waitForSelector('.desk .tabs', { state: 'attached' });
  if (options === phone) {
    await visited.page.click('.banner .icon-button', { timeout: 2000 }).catch(() => undefined);
    await visited.page.evaluate(() => (document.querySelector('#panel').dataset.size = 'full'));
  }
  return visited;
}

const deskOf = async (page) => decodeURIComponent(await page.evaluate(() => location.hash));

test('a signal on the hill, none on the beach behind it, and the ridge between is drawn', async () => {
  const state = async (place) => (await whyAt(place)).operators.find((o) => o.operator === 'Telkomsel');
  assert.equal((await state(hill)).state, 'covered');
  assert.equal((await state(beach)).state, 'not covered');
  for (const [name, options] of [['desk-why', desktop], ['desk-why-phone', phone]]) {
    const { page, context, faults } = await openDesk(`#map=13/${beach.lat}/${beach.lon}&desk=gaps;at:${beach.lon},${beach.lat}`, options);
    await page.waitForSelector('.desk-operators [data-state="not covered"]');
    await page.waitForSelector('.desk-profile circle.ridge');
    assert.match(await page.innerText('.desk-profile figcaption'), /Terhalang \d+ m di atas garis pandang, 2,\d km dari menara/);
    const { ridgeAt, right } = await page.evaluate(() => ({ ridgeAt: Number(document.querySelector('.desk-profile circle.ridge').getAttribute('cx')), right: 560 }));
    assert.ok(ridgeAt > right * 0.4 && ridgeAt < right * 0.7, `the ridge is drawn at ${ridgeAt} of ${right}`);
    await page.locator('.desk-profile').scrollIntoViewIfNeeded();
    await look(page, name);
    assert.doesNotMatch(await page.innerText('.desk-card'), /\b(the|covered|tower|threshold|strongest)\b/i, 'the card is in Indonesian');
    assert.deepEqual(faults, []);
    await context.close();
  }
  const { page, context, faults } = await openDesk(`#map=13/${hill.lat}/${hill.lon}&desk=gaps;at:${hill.lon},${hill.lat}&lang=en`);
  await page.waitForSelector('.desk-profile:has-text("line of sight is clear")');
  await look(page, 'desk-why-hill');
  assert.deepEqual(faults, []);
  await context.close();
});

test('contradictions are listed by kind with their evidence, and the list over time', async () => {
  for (const [name, options] of [['desk-reconcile', desktop], ['desk-reconcile-phone', phone]]) {
    const { page, context, faults } = await openDesk('#desk=reconcile', options, listed);
    await page.waitForSelector('.desk-table tbody tr[data-key]');
    const answer = await fetch(`${listed.url}/api/coverage/reconcile?technology=4g`).then((r) => r.json());
    assert.equal(await page.locator('.desk-table tbody tr').count(), answer.rows.length);
    const kind = answer.rows[0].type;
    await page.click(`.desk-filters [data-kind=${kind}]`);
    assert.equal(await page.locator('.desk-table tbody tr').count(), answer.counts[kind]);
    assert.match(await deskOf(page), new RegExp(`kinds:${kind}`));
    assert.ok((await page.locator('.desk-series meter').count()) > 1);
    const evidence = await page.innerText('.desk-table tbody tr:first-child .desk-evidence');
    assert.match(evidence, /Daftar resmi|daftar resmi/);
    assert.doesNotMatch(evidence, /covered|official|threshold/, 'the evidence is in Indonesian');
    if (options === desktop) {
      const cut = await page.evaluate(() => { const s = document.querySelector('.desk-scroll'); return s.scrollWidth - s.clientWidth; });
      assert.ok(cut <= 0, `the table is cut off by ${cut} px`);
    }
    await look(page, name);
    const link = await page.evaluate(() => location.href);
    await page.goto('about:blank');
    await page.goto(link);
    await page.waitForSelector(`.desk-filters [data-kind=${kind}][aria-pressed=true]`);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('sites are searched with progress, cancelled, found again from the link, and become a scenario', async () => {
  const { page, context, faults } = await openDesk('#map=12/-8.34/112.45&desk=sites;district:35.07.01;min_rsrp:-85&lang=en', desktop, listed);
  await page.waitForSelector('#site-count');
  // Stopped while it runs, it leaves the form as it was.
  await page.route('**/api/coverage/sites', (route) => setTimeout(() => route.continue().catch(() => undefined), 1500));
  await page.click('button:has-text("Find sites")');
  await page.waitForSelector('.desk-searching progress');
  await page.click('.desk-searching button');
  await page.waitForSelector('[role=status]:has-text("Cancelled")');
  await page.unroute('**/api/coverage/sites');

  await page.fill('#site-count', '3');
  await page.fill('#site-lattice', '1500');
  await page.fill('#site-spacing', '2500');
  await page.click('.desk-more summary');
  await page.fill('#site-height', '60');
  await page.locator('#s-places').fill('40');
  await page.click('button:has-text("Exclude an area")');
  const { x, y } = await middle(page);
  for (const [dx, dy] of [[-60, -60], [60, -60], [60, 60], [-60, 60]]) {
    await page.mouse.click(x + dx, y + dy);
    await page.waitForTimeout(300); // two clicks at once would be a double click, which zooms
  }
  await page.click('button:has-text("Close the area")');
  await page.waitForSelector('.desk-areas li');
  assert.match(await deskOf(page), /s-count:3;.*s-not:112\..*s-places:40/);
  const sent = page.waitForRequest('**/api/coverage/sites');
  await page.click('button:has-text("Find sites")');
  const body = (await sent).postDataJSON();
  assert.deepEqual([body.count, body.min_spacing_m, body.height_m, body.candidates.lattice_m, body.weights.places], [3, 2500, 60, 1500, 40]);
  assert.equal(body.candidates.exclude[0].type, 'Polygon');
  assert.equal(body.candidates.exclude[0].coordinates[0].length, 5);
  await page.waitForSelector('.desk-certificate');
  const sites = await page.locator('.desk-table tbody tr[data-key]').count();
  assert.ok(sites >= 1 && sites <= 3, `${sites} sites`);
  await look(page, 'desk-sites');
  const dossier = await page.getAttribute('.desk-table tbody a', 'href');
  assert.match(dossier, /lon=.*lat=.*height_m=60/);
  assert.equal((await fetch(listed.url + dossier)).status, 200);

  const link = await page.evaluate(() => location.href);
  await page.goto('about:blank');
  await page.goto(link);
  await page.waitForSelector('.desk-areas li');
  assert.deepEqual(await page.evaluate(() => ['site-count', 'site-lattice', 's-places'].map((id) => document.getElementById(id).value)), ['3', '1500', '40']);
  await page.click('button:has-text("Find sites")');
  await page.waitForSelector('.desk-certificate');
  await page.click('button:has-text("Make it a scenario")');
  await page.waitForSelector('[data-measure=peopleGap]');
  assert.deepEqual(faults, []);
  await context.close();

  const small = await openDesk('#desk=sites;district:35.07.01;min_rsrp:-85;s-count:2', phone, listed);
  await small.page.click('button:has-text("Cari lokasi")');
  await small.page.waitForSelector('.desk-certificate');
  await small.page.locator('.desk-certificate').scrollIntoViewIfNeeded();
  await look(small.page, 'desk-sites-phone');
  assert.doesNotMatch(await small.page.innerText('.desk-certificate'), /\b(greedy|people|swap|of the|exact)\b/i, 'the certificate is in Indonesian');
  assert.deepEqual(small.faults, []);
  await small.context.close();
});

test('what the server refuses of a plan is said with its reason', async () => {
  const { page, context } = await openDesk('#desk=sites;s-people:0&lang=en');
  await page.click('button:has-text("Find sites")');
  await page.waitForSelector('.desk-trouble:has-text("weights")');
  await context.close();
});

test('villages are ranked by weights of the address, with what is missing and how steady a place is', async () => {
  const { page, context, faults } = await openDesk('#desk=priorities;district:35.07.01;p-fibre_km:30&lang=en', desktop, listed);
  await page.waitForSelector('.desk-table tbody tr[data-key]');
  const order = () => page.evaluate(() => [...document.querySelectorAll('.desk-table tbody tr')].slice(0, 10).map((r) => r.dataset.key));
  const said = (weights) => fetch(`${listed.url}/api/coverage/priorities?technology=4g&operator=any&evidence=best&poi=destinations&season=normal&district=35.07.01&weights=${weights}&limit=10000`).then((r) => r.json());
  const first = await said('gap:0.4,places:0.15,road_km:0.1,tower_km:0.1,fibre_km:0.3,official:0.15');
  assert.deepEqual(await order(), first.rows.slice(0, 10).map((r) => r.code));
  assert.match(await page.innerText('.desk-missing'), /fibre/i, 'what is missing is said above the table');
  await page.locator('#w-official').fill('100');
  await page.locator('#w-gap').fill('0');
  const second = await said('places:0.15,road_km:0.1,tower_km:0.1,fibre_km:0.3,official:1');
  await page.waitForFunction((code) => document.querySelector('.desk-table tbody tr').dataset.key === code, second.rows[0].code);
  assert.deepEqual(await order(), second.rows.slice(0, 10).map((r) => r.code));
  assert.match(await deskOf(page), /p-gap:0;.*p-official:100/);
  await look(page, 'desk-priorities');
  assert.deepEqual(faults, []);
  await context.close();
  const small = await openDesk('#desk=priorities;district:35.07.01;p-gap:0;p-official:100', phone, listed);
  await small.page.waitForSelector('.desk-table tbody tr[data-key]');
  assert.equal(await small.page.inputValue('#w-official'), '100');
  await look(small.page, 'desk-priorities-phone');
  await small.page.locator('.desk-table').scrollIntoViewIfNeeded();
  await screenshot(small.page, 'desk-priorities-phone-table');
  await small.context.close();
});

test('while a difference is computed that is shown, and a newer change takes its place', async () => {
  const { page, context } = await openDesk('#map=11/-8.0/112.85&desk=scenarios;min_rsrp:-85;draft:112.85,-8.05,40,0&lang=en', desktop, listed);
  await page.waitForSelector('[data-measure=peopleGap]');
  let given = 0;
  page.on('requestfailed', (r) => r.url().includes('/scenarios') && given++);
  const first = await page.innerText('[data-measure=peopleGap]');
  await page.route('**/api/coverage/scenarios*', (route) => setTimeout(() => route.continue().catch(() => undefined), 1500));
  await page.fill('#tower-0-height', '60');
  await page.press('#tower-0-height', 'Tab');
  await page.waitForSelector('.desk-live[aria-busy=true]');
  assert.equal(await page.innerText('[data-measure=peopleGap]'), first, 'the numbers of before stay');
  await page.fill('#tower-0-height', '120');
  await page.press('#tower-0-height', 'Tab');
  await page.waitForTimeout(400);
  assert.equal(given, 1, 'what is not wanted any more was given up');
  await page.unroute('**/api/coverage/scenarios*');
  await page.waitForSelector('.desk-live:not([aria-busy])');
  const plan = { technology: '4g', operator: 'any', evidence: 'best', parameters: { min_rsrp: '-85', poi: 'destinations', season: 'normal' }, add: [{ lon: 112.85, lat: -8.05, height_m: 120 }] };
  const said = await fetch(`${listed.url}/api/coverage/scenarios?save=false`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(plan) }).then((r) => r.json());
  const whole = (n) => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }).format(n);
  assert.match(await page.innerText('[data-measure=peopleGap]'), new RegExp(whole(said.difference.after.people.gap)));
  await context.close();
});
