// Measures what a visitor waits for and prints it beside the budget: sizes of the
// first view, times on two slow links, and smoothness under the finger. Chromium
// as a weak phone: 360×740 at ratio 2, a four times slower processor, an empty
// cache. Times depend on the machine and on what else it does.
//
//   PETADESA_BIN=./petadesa node bench/page/page.mjs

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
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => fetched.push({ path: new URL(urls.get(requestId)).pathname, bytes: encodedDataLength }));
  return { context, page, cdp, fetched };
}

const mark = (page, name) => page.waitForFunction((n) => performance.getEntriesByName(n)[0]?.startTime, name, { timeout: 60_000 }).then((h) => h.jsonValue());

async function firstView(browser, server, link) {
  const { context, page, fetched } = await open(browser, link);
  await page.goto(server.url, { waitUntil: 'commit' });
  const first = await mark(page, 'petadesa-first-tile');
  const all = await mark(page, 'petadesa-all-tiles');
  const atDrawn = [...fetched];
  await page.waitForTimeout(300);
  await context.close();
  return { first, all, fetched: atDrawn };
}

const total = (fetched, wanted) => fetched.filter(({ path }) => wanted(path)).reduce((sum, { bytes }) => sum + bytes, 0);

/** Four drags and four pinches of a finger, with what they cost. */
async function gestures(browser, server) {
  const { context, page, cdp } = await open(browser, undefined);
  await page.goto(server.url);
  await mark(page, 'petadesa-all-tiles');
  await page.waitForTimeout(1500);
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
  const { context, page } = await open(browser, undefined);
  await page.goto(server.url);
  await mark(page, 'petadesa-all-tiles');
  await page.waitForTimeout(1500);
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
  await page.goto(server.url);
  await mark(page, 'petadesa-all-tiles');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  await page.waitForTimeout(3000);
  await context.setOffline(true);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(server.url, { waitUntil: 'commit' });
  const all = await mark(page, 'petadesa-all-tiles');
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

const server = await startServer();
const browser = await startBrowser();
const rows = [];
const row = (what, value, limit, unit) => {
  const ok = value <= limit;
  rows.push([what, `${unit === 'kB' ? (value / 1000).toFixed(1) : Math.round(value)} ${unit}`, `≤ ${unit === 'kB' ? limit / 1000 : limit} ${unit}`, ok ? 'within' : 'OVER']);
};
try {
  await firstView(browser, server, undefined); // the server's own caches are warm, the browser's never
  for (const [name, link] of Object.entries(links)) {
    const runs = [];
    for (let i = 0; i < repeats; i++) runs.push(await firstView(browser, server, link));
    const { fetched } = runs[0];
    if (rows.length === 0) {
      row('scripts, brotli', total(fetched, (p) => p.endsWith('.js')), 60_000, 'kB');
      row('styles, brotli', total(fetched, (p) => p.endsWith('.css')), 8_000, 'kB');
      row('tiles of the first view', total(fetched, (p) => p.startsWith('/tiles/')), 25_000, 'kB');
      row('attributes of the first view', total(fetched, (p) => p.includes('/items')), 6_000, 'kB');
      row('all bytes to a drawn first view', total(fetched, () => true), 100_000, 'kB');
    }
    row(`first tile, ${name}`, median(runs.map((r) => r.first)), name === 'weak' ? 2800 : 1200, 'ms');
    row(`all tiles, ${name}`, median(runs.map((r) => r.all)), name === 'weak' ? 3300 : 1800, 'ms');
  }
  const drags = [];
  for (let i = 0; i < 3; i++) drags.push(await gestures(browser, server));
  row('4 drags + 4 pinches: long-task excess', median(drags.map((d) => d.excess)), 150, 'ms');
  row('4 drags + 4 pinches: worst frame', median(drags.map((d) => d.worst)), 150, 'ms');
  const offline = [];
  for (let i = 0; i < 3; i++) offline.push(await offlineVisit(browser, server));
  row('second visit with no network, all tiles', median(offline), 1000, 'ms');
  row('offline pack of the regency', await packSize(server), 500_000, 'kB');
  const { p95, count } = await interactions(browser, server);
  row(`interaction to next paint, p95 of ${count}`, p95, 200, 'ms');
} finally {
  await browser.close();
  await server.remove();
}
const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((r) => [...r[i]].length)));
console.log(`Phone 360×740 at ratio 2, processor ÷ ${slowdown}, empty cache, median of ${repeats}\n`);
for (const r of rows) console.log(r.map((cell, i) => cell.padEnd(widths[i])).join('  '));
