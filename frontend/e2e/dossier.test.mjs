// The dossier on paper: A4, whole, and for everyone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { desktop, find, output, phone, screenshot, startBrowser, startServer } from './harness.mjs';
import { mkdir } from 'node:fs/promises';

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

async function check(name, address, options = desktop) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.stack));
  const answer = await page.goto(server.url + address);
  assert.equal(answer.status(), 200);
  assert.ok((await page.locator('table th[scope=row]').count()) > 20);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
  await screenshot(page, `dossier-${name}`);
  await mkdir(output, { recursive: true });
  const pdf = await page.pdf({ path: path.join(output, `dossier-${name}.pdf`), preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  assert.ok(boxes.length >= 1, 'there are pages');
  for (const [, wide, high] of boxes) {
    assert.ok(Math.abs(wide - 595) < 1.5 && Math.abs(high - 842) < 1.5, `${wide} × ${high} is no A4`);
  }
  assert.ok(pdf.length > 10_000, `${pdf.length} bytes of PDF`);
  assert.deepEqual(faults, []);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 962 });
  await mkdir(output, { recursive: true });
  await page.screenshot({ path: path.join(output, `dossier-${name}-print.png`), fullPage: true });
  await context.close();
}

test('a village on paper', async () => {
  const village = await find(server, 'Tamansari');
  await check('village', `/dossier?village=${village.id}&lang=id`);
});

test('a site on paper', () => check('site', '/dossier?lon=112.93&lat=-8.17&height_m=60&frequency_mhz=900&technology=4g&lang=en'));

test('a site on a phone, in the dark', () => check('phone', '/dossier?lon=112.93&lat=-8.17&lang=id', { ...phone, colorScheme: 'dark' }));
