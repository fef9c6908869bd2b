// A citizen reports the signal of a place, and an editor decides on it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { at, petadesa, phone, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server, browser, token, beach;
before(async () => {
  server = await startServer({ flags: ['--reporters-least', '1'] });
  browser = await startBrowser();
  token = (await petadesa('token', 'create', '--store', server.store, '--role', 'editor', '--name', 'Sri')).stdout.trim();
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
const real = (faults) => faults.filter((f) => !/status of (409|412|429)/.test(f));

async function openPlace(options = phone) {
  const [lon, lat] = beach.geometry.coordinates;
  const visited = await visit(browser, server, at({ lon, lat }, 12, `&at=destinations/${encodeURIComponent(beach.id)}&lang=en`), options);
  await visited.page.waitForSelector('.detail .actions button:has-text("Report signal")');
  return visited;
}

async function openForm() {
  const visited = await openPlace();
  await visited.page.click('.detail .actions button:has-text("Report signal")');
  await visited.page.waitForSelector('#report-operator');
  return visited;
}

const cells = () => fetch(`${server.url}/api/reports/cells`).then((r) => r.json());
const pending = () => fetch(`${server.url}/api/reports?status=pending`, { headers: { Authorization: `Bearer ${token}` } }).then((r) => r.json());

test('a phone measures and reports from a place; an editor accepts, and the measurement appears', async () => {
  const { page, context, faults } = await openForm();
  assert.deepEqual(await violations(page), []);
  await page.click('button:has-text("Send the report")');
  await page.waitForSelector('[role=alert]:has-text("Choose the operator")');
  const operator = await page.locator('#report-operator option').nth(1).getAttribute('value');
  await page.selectOption('#report-operator', operator);
  await page.selectOption('#report-technology', '4g');
  await page.check('[name=works][value=true]');

  // Stopped, it leaves nothing.
  await page.route('**/api/reports/speed*', (route) => setTimeout(() => route.continue().catch(() => undefined), 1000));
  await page.click('button:has-text("Measure now")');
  await page.click('button:has-text("Stop")');
  await page.waitForSelector('[role=status]:has-text("was stopped")');
  await page.unroute('**/api/reports/speed*');
  await page.click('button:has-text("Measure now")');
  await page.waitForSelector('[role=status]:has-text("to this server")');
  await page.locator('button:has-text("Do not send")').scrollIntoViewIfNeeded();
  await screenshot(page, 'report-measured');
  assert.deepEqual(await violations(page), []);
  await page.click('button:has-text("Send the report")');
  await page.waitForSelector('h2:has-text("Report received")');
  await screenshot(page, 'report-received');
  assert.deepEqual(await violations(page), []);
  const { reports } = await pending();
  assert.equal(reports.length, 1);
  assert.equal(reports[0].operator, operator);
  assert.ok(reports[0].down_mbps > 0 && reports[0].up_mbps > 0 && reports[0].latency_ms > 0, JSON.stringify(reports[0]));

  // Signed in as an editor, the place offers to check reports.
  await page.evaluate((t) => sessionStorage.setItem('petadesa-token', t), token);
  await page.click('button:has-text("Back to the place")');
  await page.click('.detail .actions button:has-text("Check citizens")');
  await page.waitForSelector('.report-list .button.primary');
  await screenshot(page, 'report-moderate');
  assert.deepEqual(await violations(page), []);

  // Another editor was first: that is said, and nothing is decided twice.
  const put = (body, tag) => fetch(`${server.url}/api/reports/${reports[0].id}`, { method: 'PUT', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'If-Match': tag }, body: JSON.stringify(body) });
  assert.equal((await put({ decision: 'reject' }, reports[0].etag)).status, 200);
  await page.click('.report-list button:has-text("Accept")');
  await page.waitForSelector('[role=status]:has-text("Another editor")');
  await page.waitForSelector('.report-list:has-text("No reports wait")');
  assert.equal((await cells()).features.length, 0);

  // One more, accepted in the page.
  const [lon, lat] = beach.geometry.coordinates;
  const sent = await fetch(`${server.url}/api/reports`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ lon, lat, operator, technology: '3g', works: true, down_mbps: 7 }) });
  assert.equal(sent.status, 201);
  await page.click('button:has-text("Back to the place")');
  await page.click('.detail .actions button:has-text("Check citizens")');
  await page.click('.report-list button:has-text("Accept")');
  await page.waitForSelector('[role=status]:has-text("Accepted")');
  const said = await cells();
  assert.equal(said.features.length, 1);
  const item = await fetch(`${server.url}/api/collections/measurements/items/${encodeURIComponent(said.features[0].id)}`).then((r) => r.json());
  assert.equal(item.properties.down_mbps, 7);
  assert.deepEqual(real(faults), []);
  await context.close();
});

test('who sends too much is told when to try again, and keeps what was entered', async () => {
  const [lon, lat] = beach.geometry.coordinates;
  const { operators } = await fetch(`${server.url}/api/reports/choices`).then((r) => r.json());
  for (let i = 0, status = 0; status !== 429; i++) {
    assert.ok(i < 20);
    status = (await fetch(`${server.url}/api/reports`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ lon, lat, operator: operators[0], works: false }) })).status;
  }
  const { page, context, faults } = await openForm();
  await page.selectOption('#report-operator', operators[0]);
  await page.check('[name=works][value=false]');
  await page.waitForSelector('[role=status]:has-text("no speed is sent")');
  await page.click('button:has-text("Send the report")');
  await page.waitForSelector('[role=alert]:has-text("Try again in")');
  assert.equal(await page.inputValue('#report-operator'), operators[0]);
  await page.locator('[role=alert]:has-text("Try again in")').scrollIntoViewIfNeeded();
  await screenshot(page, 'report-refused');
  assert.deepEqual(await violations(page), []);
  assert.equal(await page.getAttribute('a:has-text("Form without a script")', 'href'), '/lapor?lang=en');
  assert.deepEqual(real(faults), []);
  await context.close();
});
