// The heights along a route, from a raster made for the purpose: a plane that rises
// to the north, so that every height is known.

import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { petadesa, phone, screenshot, startBrowser, startServer, visit } from './harness.mjs';

/** Metres of the plane at a latitude: 0 at 9° south, 1200 at 8°. */
const height = (lat) => 1200 * (lat + 9);

let server, browser;
before(async () => {
  const side = 1201; // samples along a side of a degree, 3 arc-seconds apart, the northernmost row first
  const rows = Buffer.alloc(side * side * 2);
  for (let row = 0; row < side; row++) for (let column = 0; column < side; column++) rows.writeInt16BE(Math.round(height(-8 - row / (side - 1))), 2 * (row * side + column));
  const dir = await mkdtemp(path.join(tmpdir(), 'petadesa-heights-'));
  const file = path.join(dir, 'S09E112.hgt');
  await writeFile(file, rows);
  await (await startServer({ folder: dir })).stop(); // which fills the store
  await petadesa('import', 'elevation', file, '--bbox', '112.56,-8.2,112.6,-8.12', '--store', path.join(dir, 'store.gpkg'));
  server = await startServer({ folder: dir });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('the heights along a route are those of the ground', async () => {
  const { page, context, faults } = await visit(browser, server, '#lang=en&do=route:from~112.5736,-8.1303;to~112.5760,-8.1700', phone);
  await page.waitForSelector('svg.heights');
  const { features, properties, geometry } = await fetch(`${server.url}/api/route?from=112.5736,-8.1303&to=112.5760,-8.1700&vehicle=motorcycle`).then((r) => r.json());
  assert.equal(features, undefined);
  const { profile, ascent_m: up, descent_m: down } = properties.elevation;
  const [first, last] = [geometry.coordinates[0], geometry.coordinates.at(-1)];
  assert.ok(Math.abs(profile[0][1] - height(first[1])) <= 2, `begins at ${profile[0][1]} m, not ${height(first[1])} m`);
  assert.ok(Math.abs(profile.at(-1)[1] - height(last[1])) <= 2, `ends at ${profile.at(-1)[1]} m, not ${height(last[1])} m`);
  assert.ok(Math.abs(profile.at(-1)[0] - properties.distance_m) <= 1, 'the profile is as long as the route');
  assert.ok(Math.abs(down - up - (profile[0][1] - profile.at(-1)[1])) <= 2, 'climbs and falls sum to the difference');
  const words = await page.locator('svg.heights').getAttribute('aria-label');
  assert.match(words, new RegExp(`^Up ${Math.round(up)} m, down ${Math.round(down)} m; `));
  // The line begins as high in the picture as the ground is, and ends as low.
  const points = (await page.locator('.heights-line').getAttribute('points')).split(' ').map((p) => p.split(',').map(Number));
  assert.equal(points.length, profile.length);
  assert.ok(points[0][0] === 0 && Math.abs(points.at(-1)[0] - 320) < 1 && points[0][1] < 15 && points.at(-1)[1] > 45, `${points[0]} … ${points.at(-1)}`);
  await page.locator('svg.heights').scrollIntoViewIfNeeded();
  await screenshot(page, 'phone-heights');
  assert.deepEqual(faults, []);
  await context.close();
});
