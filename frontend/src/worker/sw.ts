// The service worker: keeps the program by its version, what was asked of the server
// as it came last, and tiles by their address, which names the data they are of.
// Data that come from here instead of from the network say of when they are.

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Extendable {
  readonly data: { readonly keep?: readonly string[]; readonly all?: boolean };
  readonly ports: readonly MessagePort[];
}
declare const SHELL: { readonly version: string; readonly first: readonly string[]; readonly later: readonly string[] };

const worker = self as unknown as {
  addEventListener(type: string, listener: (event: never) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
};

const shell = `shell-${SHELL.version}`;
const data = 'data';
const tiles = 'tiles';
const most = { [data]: 200, [tiles]: 500 };
/** Answers vary by the media type asked for, which the address already tells here: what
 * was kept under one set of headers answers all. */
const anyHeaders = { ignoreVary: true };
/** How long the network is waited for when there is something kept, in ms. */
const patience = 4000;

worker.addEventListener('install', (event: Extendable) => {
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll([...SHELL.first])).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event: Extendable) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('shell-') && name !== shell).map((name) => caches.delete(name)))).then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event: Told) => {
  const work = event.data.all
    ? caches.open(shell).then(async (cache) => {
      const missing = await Promise.all(SHELL.later.map(async (path) => ((await cache.match(path, anyHeaders)) ? '' : path)));
      await cache.addAll(missing.filter(Boolean));
      await keep(new URL('/api/app.json', location.href).href);
    })
    : Promise.all((event.data.keep ?? []).map(keep));
  event.waitUntil(work.then(() => event.ports[0]?.postMessage('kept'), () => event.ports[0]?.postMessage('failed')));
});

worker.addEventListener('fetch', (event: Fetched) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const where = placeOf(url, request.mode === 'navigate');
  if (where === 'page') event.respondWith(page(request, url));
  else if (where === shell) event.respondWith(keptFirst(shell, request));
  else if (where === tiles) event.respondWith(keptFirst(tiles, request));
  else if (where === data) event.respondWith(networkFirst(request));
});

/** Where what lies at an address is kept; '' for what is not. */
function placeOf(url: URL, navigates: boolean): string {
  const { pathname } = url;
  if (navigates) return pathname === '/' || /^\/(desa|wisata)\//.test(pathname) ? 'page' : '';
  if (pathname.startsWith('/assets/') || SHELL.first.includes(pathname)) return shell;
  if (pathname.startsWith('/tiles/') && url.searchParams.has('v')) return tiles;
  if (pathname === '/api/app.json' || pathname === '/api/villages/scoreboard' || /^\/api\/collections\/[^/]+\/items/.test(pathname)) return data;
  return '';
}

async function keep(address: string): Promise<void> {
  const url = new URL(address);
  const name = placeOf(url, false);
  if (!name || (await caches.match(address, anyHeaders))) return;
  const response = await fetch(address, { cache: 'force-cache' });
  if (response.ok) await put(name, new Request(address), response);
}

/** The page: from the network, or the kept one. A place's own page becomes the map with it open. */
async function page(request: Request, url: URL): Promise<Response> {
  const [, kind, id] = url.pathname.split('/');
  const kept = () => (kind ? Promise.resolve(Response.redirect(`/#at=${kind === 'desa' ? 'villages' : 'destinations'}/${id}`)) : caches.match('/', anyHeaders));
  return inTime(fetch(request), kept).catch(async () => (await kept()) ?? Response.error());
}

/** What is kept never changes; what is not is fetched and kept. */
async function keptFirst(name: string, request: Request): Promise<Response> {
  const kept = await caches.match(request, anyHeaders);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) await put(name, request, response.clone());
  return response;
}

async function networkFirst(request: Request): Promise<Response> {
  const kept = async () => {
    const found = await caches.match(request, anyHeaders);
    if (!found) return undefined;
    const headers = new Headers(found.headers);
    headers.set('X-Saved', found.headers.get('Date') ?? new Date().toUTCString());
    return new Response(await found.blob(), { status: found.status, headers });
  };
  const fetched = fetch(request).then(async (response) => {
    if (response.ok) await put(data, request, response.clone());
    return response;
  });
  return inTime(fetched, kept).catch(async () => (await kept()) ?? Response.error());
}

/** The network's answer, or what is kept when that takes too long. */
function inTime(network: Promise<Response>, kept: () => Promise<Response | undefined>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => void kept().then((found) => found && resolve(found)), patience);
    network.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Keeps an answer; the oldest go when there are too many. */
async function put(name: string, request: Request, response: Response): Promise<void> {
  const cache = await caches.open(name);
  await cache.put(request.url, response);
  const limit = name === data || name === tiles ? most[name] : Infinity;
  const keys = limit === Infinity ? [] : await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - limit!)).map((old) => cache.delete(old)));
}

export {};
