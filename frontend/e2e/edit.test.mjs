// Editing in the page: signing in, attributes, moving, adding, deleting, and two
// people who edit the same.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { at, desktop, petadesa, phone, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server, browser, token, viewer, beach;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
  const create = async (role) => (await petadesa('token', 'create', '--store', server.store, '--role', role, '--name', role)).stdout.trim();
  [token, viewer] = [await create('editor'), await create('viewer')];
  beach = (await fetch(`${server.url}/api/collections/destinations/items?limit=1`).then((r) => r.json())).features[0];
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

/** What a browser says of answers that are refusals by design is no fault. */
const real = (faults) => faults.filter((f) => !/status of (401|403|412|422)/.test(f));

const item = (id) => `${server.url}/api/collections/destinations/items/${encodeURIComponent(id)}`;
const stored = (id) => fetch(item(id)).then((r) => r.json());

/** Changes a feature behind the page's back. */
async function elsewhere(id, properties) {
  const etag = (await fetch(item(id))).headers.get('ETag');
  const answer = await fetch(item(id), { method: 'PATCH', headers: { Authorization: `Bearer ${token}`, 'If-Match': etag, 'Content-Type': 'application/merge-patch+json' }, body: JSON.stringify({ properties }) });
  assert.equal(answer.status, 200);
}

/** Opens the beach in English and presses Edit. */
async function openForm(options = desktop) {
  const [lon, lat] = beach.geometry.coordinates;
  const visited = await visit(browser, server, at({ lon, lat }, 12, `&at=destinations/${encodeURIComponent(beach.id)}&lang=en`), options);
  await visited.page.click('.detail .actions button:has-text("Edit")');
  return visited;
}

async function signIn(page, text = token) {
  await page.fill('#edit-token', text);
  await page.press('#edit-token', 'Enter');
}

test('who has no token, or the wrong one, is told so; who has one edits', async () => {
  const { page, context, faults } = await openForm();
  await page.waitForSelector('#edit-token');
  assert.deepEqual(await violations(page), []);
  await signIn(page, 'petadesa_nothing');
  await page.waitForSelector('.failed:has-text("not known")');
  await signIn(page, viewer);
  await page.waitForSelector('.failed:has-text("does not allow")');
  await signIn(page);
  await page.waitForSelector('#edit-name');
  assert.deepEqual(await violations(page), []);
  assert.equal(await page.inputValue('#edit-name'), beach.properties.name);
  assert.equal(await page.evaluate(() => localStorage.length), 0);

  await page.click('button[type=submit]');
  await page.waitForSelector('[role=alert]:has-text("Nothing was changed")');
  await page.fill('#edit-name_en', 'A beach by the browser');
  await page.fill('#edit-price_idr_min', '12500');
  await page.click('button[type=submit]');
  await page.waitForSelector('.detail h2:has-text("A beach by the browser")');
  assert.equal((await stored(beach.id)).properties.price_idr_min, 12500);
  assert.equal((await stored(beach.id)).properties.name, beach.properties.name);
  assert.deepEqual(real(faults), []);
  await context.close();
});

test('a point is moved by dragging, by keys and by coordinates; what is refused is said beside its field', async () => {
  const { page, context, faults } = await openForm();
  await signIn(page);
  await page.waitForSelector('.edit-pin:visible');
  const before = await page.inputValue('#edit-lon');
  const pin = await page.locator('.edit-pin').boundingBox();
  await page.mouse.move(pin.x + 22, pin.y + 30);
  await page.mouse.down();
  await page.mouse.move(pin.x + 62, pin.y + 30, { steps: 4 });
  await page.mouse.up();
  const dragged = await page.inputValue('#edit-lon');
  assert.ok(Number(dragged) > Number(before), `${before} → ${dragged}`);
  await page.focus('.edit-pin');
  await page.keyboard.press('ArrowLeft');
  assert.ok(Number(await page.inputValue('#edit-lon')) < Number(dragged));
  await screenshot(page, 'edit-form');

  await page.fill('#edit-lat', '95');
  await page.click('button[type=submit]');
  await page.waitForSelector('#edit-geometry-fault:not(:empty)');
  assert.equal(await page.getAttribute('#edit-lat', 'aria-invalid'), 'true');
  assert.deepEqual(await violations(page), []);
  await page.fill('#edit-lon', '112.5');
  await page.fill('#edit-lat', '-8.25');
  await page.click('button[type=submit]');
  await page.waitForSelector('.detail .provenance');
  assert.deepEqual((await stored(beach.id)).geometry.coordinates, [112.5, -8.25]);
  assert.equal(await page.locator('.edit-pin').count(), 0);
  assert.deepEqual(real(faults), []);
  await context.close();
});

test('two people edit the same: both versions are shown, nothing is lost', async () => {
  const { page, context, faults } = await openForm();
  await signIn(page);
  await page.fill('#edit-facilities', 'parking');
  await elsewhere(beach.id, { name_en: 'Named elsewhere', facilities: 'toilet' });
  await page.waitForTimeout(800); // the news arrive; what is being entered stays
  assert.equal(await page.inputValue('#edit-facilities'), 'parking');
  await page.click('button[type=submit]');
  await page.waitForSelector('.conflict');
  await page.waitForSelector('.toast', { state: 'hidden' });
  assert.deepEqual(await violations(page), []);
  const table = await page.innerText('.conflict table');
  for (const text of ['parking', 'toilet', 'Named elsewhere']) assert.ok(table.includes(text), `${text} in ${table}`);
  await screenshot(page, 'edit-conflict');
  await page.click('.conflict button:has-text("Use mine")');
  assert.equal(await page.inputValue('#edit-name_en'), 'Named elsewhere');
  assert.equal(await page.inputValue('#edit-facilities'), 'parking');
  await page.click('button[type=submit]');
  await page.waitForSelector('.detail .provenance');
  const now = await stored(beach.id);
  assert.equal(now.properties.facilities, 'parking');
  assert.equal(now.properties.name_en, 'Named elsewhere');
  assert.deepEqual(real(faults), []);
  await context.close();
});

test('a point is added and deleted from the keyboard, on a phone, in Indonesian', async () => {
  const { page, context, faults } = await visit(browser, server, '', phone);
  await page.click('.banner .icon-button').catch(() => undefined);
  await page.tap('#tab-list');
  await page.click('.credits button:has-text("Tambah titik")');
  await signIn(page);
  await page.waitForSelector('#edit-collection');
  assert.deepEqual(await violations(page), []);
  await page.selectOption('#edit-collection', 'towers');
  await page.waitForSelector('#edit-height_m');
  await page.fill('#edit-height_m', '31');
  await page.fill('#edit-operators', 'Telkomsel');
  await page.selectOption('#edit-status', 'planned');
  await page.press('#edit-operators', 'Enter');
  await page.waitForSelector('.detail .provenance');
  const [, id] = decodeURIComponent(await page.evaluate(() => location.hash)).match(/towers[:/]([^&]+)/) ?? [];
  const tower = await fetch(`${server.url}/api/collections/towers/items/${id}`).then((r) => r.json());
  assert.equal(tower.properties.height_m, 31);
  assert.equal(tower.properties.status, 'planned');
  await screenshot(page, 'edit-added');

  await page.click('.detail .actions button:has-text("Ubah")');
  await page.waitForSelector('.edit-form button:has-text("Hapus")');
  await page.focus('.edit-form button:has-text("Hapus")');
  await page.keyboard.press('Enter');
  await page.waitForSelector('button:has-text("Ya, hapus")');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Jangan hapus');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.detail', { state: 'hidden' });
  assert.equal((await fetch(`${server.url}/api/collections/towers/items/${id}`)).status, 404);
  assert.deepEqual(real(faults), []);
  await context.close();
});
