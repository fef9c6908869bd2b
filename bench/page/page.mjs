// Measures what a visitor waits for and prints it beside the budget: sizes of the
// first view, times on two slow links, and smoothness under the finger. Chromium
// as a weak phone: 360×740 at ratio 2, a four times slower processor, an empty
// cache. Times depend on the machine and on what else it does, so they are marked
// when over; a size over its budget ends with status 1.
//
//   PETADESA_BIN=./petadesa node bench/page/page.mjs    # REPEATS=5

import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startBrowser, startServer } from '../../frontend/e2e/harness.mjs';

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const slowdown = 4;
const links = {
  'slow 4G': { latency: 150, kbit: 1440 },
  weak: { latency: 400, kbit: 400 },
};
const repeats = Number(process.env.REPEATS ?? 5);

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A page like a phone on a link, and the sizes of what it fetches. */
async function open(browser, link) {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  if (link) {
    const throughput = (link.kbit * 1000) / 8;
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: link.latency, downloadThroughput: throughput, uploadThroughput: throughput });
  }
  const urls = new Map();
  const fetched = [];
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  const heads = new Map();
  cdp.on('Network.responseReceived', ({ requestId, response }) => heads.set(requestId, response.encodedDataLength));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const bytes = encodedDataLength; // with the head of the answer, which says how far it had come when it was seen
    fetched.push({ path: new URL(urls.get(requestId)).pathname, bytes, body: bytes - Math.min(bytes, heads.get(requestId) ?? 0) });
  });
  return { context, page, cdp, fetched };
}

/** When a mark was set, in ms from the navigation. It is asked for seldom and in the
 * page's own world: what Playwright would put into a new page costs a slow one 200 ms. */
async function mark(cdp, name) {
  const expression = `performance.getEntriesByName('${name}')[0]?.startTime`;
  for (let i = 0; i < 200; i++) {
    const { result } = await cdp.send('Runtime.evaluate', { expression }).catch(() => ({ result: {} }));
    if (typeof result.value === 'number') return result.value;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`the page never came to ${name}`);
}

async function firstView(browser, server, link) {
  const { context, cdp, fetched } = await open(browser, link);
  await cdp.send('Page.navigate', { url: server.url });
  const all = await mark(cdp, 'petadesa-all-tiles');
  const atDrawn = fetched.reduce((sum, { bytes }) => sum + bytes, 0);
  const first = await mark(cdp, 'petadesa-first-tile');
  for (let before = -1; before < fetched.length;) {
    before = fetched.length; // names come after the picture: they belong to the first view all the same
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
  await context.close();
  return { first, all, fetched, atDrawn };
}

const total = (fetched, wanted) => fetched.filter(({ path }) => wanted(path)).reduce((sum, { body }) => sum + body, 0);

/** Four drags and four pinches of a finger, with what they cost. */
async function gestures(browser, server) {
  const { context, page, cdp } = await open(browser, undefined);
  await page.goto(server.url);
  await mark(cdp, 'petadesa-all-tiles');
  await page.waitForTimeout(2500);
  await page.evaluate(() => {
    window.cost = { frames: [], excess: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.cost.excess += entry.duration - 50;
    }).observe({ type: 'longtask' });
    const frame = (now) => {
      window.cost.frames.push(now);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const touch = (type, points) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const began = Date.now();
  for (let round = 0; round < 4; round++) {
    await touch('touchStart', [[180, 380]]);
    for (let i = 1; i <= 20; i++) {
      await touch('touchMove', [[180 + (round % 2 ? -6 : 6) * i, 380 - (round < 2 ? 5 : -5) * i]]);
      await page.waitForTimeout(16);
    }
    await touch('touchEnd', []);
    await page.waitForTimeout(400);
    const [from, to] = round % 2 ? [110, 30] : [30, 110];
    await touch('touchStart', [[180, 340 - from], [180, 340 + from]]);
    for (let i = 1; i <= 20; i++) {
      const reach = from + ((to - from) * i) / 20;
      await touch('touchMove', [[180, 340 - reach], [180, 340 + reach]]);
      await page.waitForTimeout(16);
    }
    await touch('touchEnd', []);
    await page.waitForTimeout(700);
  }
  const took = (Date.now() - began) / 1000;
  const { frames, excess } = await page.evaluate(() => window.cost);
  await context.close();
  const gaps = frames.slice(1).map((t, i) => t - frames[i]);
  return { excess, worst: Math.max(...gaps), rate: frames.length / took };
}

/** How long the page takes to answer taps and keys, to the next picture. */
async function interactions(browser, server) {
  const { context, page, cdp } = await open(browser, undefined);
  await page.goto(server.url);
  await mark(cdp, 'petadesa-all-tiles');
  await page.waitForTimeout(2500);
  await page.evaluate(() => {
    window.delays = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.interactionId) window.delays.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 });
  });
  await page.tap('#tab-layers');
  for (const id of ['towers', 'roads', 'coverage', 'coverage', 'roads', 'towers']) {
    await page.locator(`label[for=layer-${id}]`).tap();
    await page.waitForTimeout(500);
  }
  await page.tap('#tab-list');
  await page.waitForTimeout(500);
  await page.tap('.handle');
  await page.waitForTimeout(500);
  for (const [x, y] of [[150, 380], [190, 420], [170, 450], [140, 430]]) {
    await page.touchscreen.tap(x, y);
    await page.waitForTimeout(700);
  }
  await page.locator('#search').tap();
  await page.keyboard.type('pantai', { delay: 120 });
  await page.waitForTimeout(700);
  const delays = (await page.evaluate(() => window.delays)).sort((a, b) => a - b);
  await context.close();
  return { p95: delays[Math.floor(delays.length * 0.95)] ?? 0, count: delays.length };
}

/** A second visit with no network, from what the service worker kept of the first. */
async function offlineVisit(browser, server) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await page.goto(server.url);
  await mark(cdp, 'petadesa-all-tiles');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  await page.waitForTimeout(3000);
  await context.setOffline(true);
  await page.goto('about:blank');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await cdp.send('Page.navigate', { url: server.url });
  const all = await mark(cdp, 'petadesa-all-tiles');
  await context.close();
  return all;
}

/** The bytes of a saved area of the whole regency. */
async function packSize(server) {
  const { collections } = await fetch(`${server.url}/api/app.json`).then((r) => r.json());
  const { bound } = collections.find(({ id }) => id === 'villages');
  for (;;) {
    const answer = await fetch(`${server.url}/api/offline?bbox=${bound.join(',')}`);
    if (answer.ok) return (await answer.json()).bytes;
    await new Promise((resolve) => setTimeout(resolve, 1000)); // the roads are being prepared
  }
}

/** The parts that are loaded on demand, by their brotli form: the largest, and all; those of the first view are named by the page. */
async function laterParts(server) {
  const first = await fetch(server.url).then((r) => r.text());
  const folder = new URL('../../frontend/dist/assets/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js.br') && !first.includes(name.slice(0, -3)));
  const sizes = await Promise.all(names.map(async (name) => (await stat(new URL(name, folder))).size));
  return { largest: Math.max(...sizes), all: sizes.reduce((sum, size) => sum + size, 0) };
}

/** What axe finds on the first view, a place, a route and the card for saving. */
async function violations(browser, server) {
  const axe = await readFile(createRequire(new URL('../../frontend/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
  let count = 0;
  for (const [hash, ready] of [['', '.summary:not(:empty)'], ['#at=destinations/pantai-balekambang', '.detail .provenance'], ['#do=route:from~112.5736,-8.1303;to~112.5333,-8.4036', '.route-sum'], ['#do=save', '.saved-list']]) {
    const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(`${server.url}/${hash}`);
    await page.waitForSelector(ready);
    await page.evaluate(axe);
    count += await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.length);
    await context.close();
  }
  return count;
}

const server = await startServer();
const browser = await startBrowser();
const rows = [];
let broken = false;
const row = (what, value, limit, unit, sized = false) => {
  const write = (v) => (unit === 'kB' ? (v / 1000).toFixed(1) : Math.round(v)) + (unit && ` ${unit}`);
  const within = value <= limit;
  broken ||= sized && !within;
  rows.push([what, write(value), `≤ ${write(limit)}`, within ? '' : sized ? 'OVER' : 'over']);
};
const size = (what, value, limit) => row(what, value, limit, 'kB', true);
const time = (what, value, limit) => row(what, value, limit, 'ms');
try {
  await firstView(browser, server, undefined); // the server's own caches are warm, the browser's never
  for (const [name, link] of Object.entries(links)) {
    const runs = [];
    for (let i = 0; i < repeats; i++) runs.push(await firstView(browser, server, link));
    const { fetched } = runs[0];
    if (rows.length === 0) {
      size('scripts, brotli', total(fetched, (p) => p.endsWith('.js') && p !== '/sw.js'), 60_000);
      size('styles, brotli', total(fetched, (p) => p.endsWith('.css')), 8_000);
      size('tiles of the first view', total(fetched, (p) => p.startsWith('/tiles/')), 25_000);
      size('names of villages', total(fetched, (p) => p === '/api/collections/villages/items'), 6_000);
      size('all bytes to a drawn first view', median(runs.map((r) => r.atDrawn)), 100_000);
    }
    time(`first tile, ${name}`, median(runs.map((r) => r.first)), name === 'weak' ? 2800 : 1200);
    time(`all tiles, ${name}`, median(runs.map((r) => r.all)), name === 'weak' ? 3300 : 1800);
  }
  const offline = [];
  for (let i = 0; i < 3; i++) offline.push(await offlineVisit(browser, server));
  time('second visit with no network, all tiles', median(offline), 1000);
  const drags = [];
  for (let i = 0; i < 3; i++) drags.push(await gestures(browser, server));
  time('4 drags + 4 pinches: long-task excess', median(drags.map((d) => d.excess)), 150);
  time('4 drags + 4 pinches: worst frame', median(drags.map((d) => d.worst)), 150);
  size('offline pack of the regency', await packSize(server), 500_000);
  const later = await laterParts(server);
  size('the largest part loaded later, brotli', later.largest, 40_000);
  size('all parts loaded later, brotli', later.all, 120_000);
  const { p95, count } = await interactions(browser, server);
  time(`interaction to next paint, p95 of ${count}`, p95, 200);
  row('violations that axe finds', await violations(browser, server), 0, '', true);
} finally {
  await browser.close();
  await server.remove();
}
const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((r) => [...r[i]].length)));
console.log(`Phone 360×740 at ratio 2, processor ÷ ${slowdown}, empty cache, median of ${repeats}\n`);
for (const r of rows) console.log(r.map((cell, i) => (i === 1 || i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd());
if (broken) {
  console.error('\na budget of size is broken');
  process.exitCode = 1;
}
