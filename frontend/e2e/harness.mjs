// Starts the built server on a free port with a store of its own, and a browser
// that minds what a visitor would not forgive: errors, and requests to others.

import { spawn, execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const binary = path.resolve(process.env.PETADESA_BIN ?? path.join(root, 'petadesa'));
export const output = path.join(root, 'e2e-output');

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** A port of the loopback that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Runs a command of the program to its end. */
export const petadesa = (...args) => promisify(execFile)(binary, args);

/** Starts a server with further flags; its store, a file unless another is named, starts as the bundle. */
export async function startServer({ port, folder, store: named, flags: more = [] } = {}) {
  const dir = folder ?? await mkdtemp(path.join(tmpdir(), 'petadesa-e2e-'));
  const store = named ?? path.join(dir, 'store.gpkg');
  const at = port ?? await freePort();
  const child = spawn(binary, ['serve', '--addr', `127.0.0.1:${at}`, '--store', store, ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-8000)));
  const url = `http://127.0.0.1:${at}`;
  for (let i = 0; ; i++) {
    if (child.exitCode !== null || child.signalCode !== null || i > 300) throw new Error(`the server did not start:\n${log}`);
    const ready = await fetch(url + '/readyz').then((r) => r.ok, () => false);
    if (ready) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url, store, dir, port: at,
    async stop() {
      // What was killed has a signal in the place of a code.
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
      }
    },
    async remove() {
      await this.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const startBrowser = () => chromium.launch({ executablePath: chromiumPath, args: flags });

/** Opens the map and waits until it is drawn. visit.faults holds what went wrong. */
export async function visit(browser, server, hash = '', options = desktop) {
  // What is tested of the network would be hidden by the service worker; its own tests let it in.
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`page: ${error.stack}`));
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.protocol.startsWith('http') && address.origin !== server.url) faults.push(`outside: ${request.url()}`);
  });
  await page.goto(`${server.url}/${hash}`);
  await drawn(page);
  return { page, context, faults };
}

/** Waits until the first view is drawn and what is in it has been counted. */
export async function drawn(page) {
  await page.waitForSelector('html[data-drawn]');
  await page.waitForFunction(() => document.querySelector('.summary')?.textContent !== '');
}

/** A number that changes when the picture of a kind of canvas changes, and how many colours it has. */
export function picture(page, selector) {
  return page.evaluate((chosen) => {
    let sum = 0;
    const colours = new Set();
    let opaque = 0;
    for (const canvas of document.querySelectorAll(chosen)) {
      if (canvas.width === 0) continue;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4 * 97) {
        if (data[i + 3] === 0) continue;
        opaque++;
        const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
        if (colours.size < 5000) colours.add(colour);
        sum = (sum * 31 + colour + i) % 2147483647;
      }
    }
    return { sum, colours: colours.size, opaque };
  }, selector);
}

export const ground = '.ground canvas';
export const marks = 'canvas.marks';

/** Waits until a picture is no longer the one given. */
export async function changedFrom(page, selector, before) {
  for (let i = 0; i < 100; i++) {
    const now = await picture(page, selector);
    if (now.sum !== before.sum) return now;
    await page.waitForTimeout(50);
  }
  throw new Error(`the picture of ${selector} did not change`);
}

/** Saves what the page looks like, for people. */
export async function screenshot(page, name) {
  await mkdir(output, { recursive: true });
  await page.screenshot({ path: path.join(output, `${name}.png`) });
}

/** The middle of the map's own part of the window. */
export function middle(page) {
  return page.evaluate(() => {
    const box = document.getElementById('map').getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
}

/** The first feature of a collection that the search finds. */
export async function find(server, query, collection = 'villages') {
  const answer = await fetch(`${server.url}/api/search?limit=20&q=${encodeURIComponent(query)}`).then((r) => r.json());
  const feature = answer.features.find((f) => f.properties.collection === collection);
  return { ...feature.properties, lon: feature.geometry.coordinates[0], lat: feature.geometry.coordinates[1] };
}

/** A link to a place in the middle of the map. */
export const at = ({ lat, lon }, zoom, more = '') => `#map=${zoom}/${lat.toFixed(5)}/${lon.toFixed(5)}${more}`;
