// Tables and functions of a live PostGIS database as layers of the map.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { changedFrom, desktop, drawn, freePort, middle, phone, screenshot, startBrowser, startServer, visit } from './harness.mjs';

const run = promisify(execFile);
const bin = process.env.PG_BIN ?? '/usr/lib/postgresql/15/bin';
const over = '.other canvas';

let database, browser, server;
before(async () => {
  database = await startPostGIS(`
    CREATE EXTENSION postgis;
    CREATE TABLE public.parcels (gid serial PRIMARY KEY, owner text, code text, area_m2 float, geom geometry(Polygon, 32749));
    INSERT INTO public.parcels (owner, code, area_m2, geom)
      SELECT 'Pemilik ' || i, 'P-' || i, 780000.5, ST_Transform(ST_MakeEnvelope(112.5 + (i % 20) * 0.01, -8.2 + (i / 20) * 0.01, 112.508 + (i % 20) * 0.01, -8.192 + (i / 20) * 0.01, 4326), 32749)
      FROM generate_series(0, 399) AS i;
    CREATE FUNCTION public.frame(z int, x int, y int) RETURNS bytea LANGUAGE sql STABLE AS $$
      SELECT ST_AsMVT(q, 'frame') FROM (SELECT ST_AsMVTGeom(ST_Boundary(ST_TileEnvelope(z, x, y)), ST_TileEnvelope(z, x, y)) AS geom, format('%s/%s/%s', z, x, y) AS name) AS q $$;`);
  server = await startServer({ store: database.url, flags: ['--live-schemas', 'public'] });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.remove();
  await database?.remove();
});

test('a table in another reference system is a layer: switched on, picked, linked to', async () => {
  for (const [name, options] of [['desktop', desktop], ['phone', phone]]) {
    const { page, context, faults } = await visit(browser, server, '#map=13/-8.126/112.574&layers=villages', options);
    await page.check('[id="layer-public.parcels"]', { force: true });
    await changedFrom(page, over, { sum: 0 });
    assert.match(await page.evaluate(() => location.hash), /layers=villages,public\.parcels/);
    await page.waitForTimeout(500);
    await screenshot(page, `${name}-live-table`);
    if (name === 'desktop') {
      const { x, y } = await middle(page);
      await page.mouse.click(x, y);
      await page.waitForFunction(() => /at=public\.parcels\/148/.test(location.hash));
      await page.waitForSelector('.detail .provenance');
      await page.reload();
      await drawn(page);
      await page.waitForSelector('.detail .provenance');
      const panel = await page.locator('.detail').textContent();
      for (const word of ['public.parcels', 'Pemilik 147', 'code', 'P-147', '780.000,5']) assert.ok(panel.includes(word), `${word} in ${panel}`);
    }
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('a function is a layer whose features the tiles tell of', async () => {
  const { page, context, faults } = await visit(browser, server, '#map=12/-8.126/112.574&layers=villages,public.frame');
  await changedFrom(page, over, { sum: 0 });
  await page.waitForTimeout(500);
  await screenshot(page, 'desktop-live-function');
  assert.deepEqual(faults, []);
  await context.close();
});

/** A private cluster with one database, filled by a script; PostgreSQL does not run as root. */
async function startPostGIS(script) {
  const dir = await mkdtemp(path.join(tmpdir(), 'petadesa-pg-'));
  const asOwner = (command) => (process.getuid() === 0 ? run('su', ['postgres', '-c', command]) : run('sh', ['-c', command]));
  await chmod(dir, 0o777);
  const port = await freePort();
  await asOwner(`${bin}/initdb -D ${dir}/data -A trust -U postgres --no-sync`);
  await asOwner(`${bin}/pg_ctl -D ${dir}/data -w -l ${dir}/log -o "-p ${port} -k ${dir} -c listen_addresses=127.0.0.1 -c fsync=off" start`);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const remove = async () => {
    await asOwner(`${bin}/pg_ctl -D ${dir}/data -m immediate -w stop`);
    await rm(dir, { recursive: true, force: true });
  };
  await run(`${bin}/psql`, ['-q', '-v', 'ON_ERROR_STOP=1', '-c', script, url]).catch(async (error) => {
    await remove();
    throw error;
  });
  return { url, remove };
}
