// What saved areas answer in the place of the server while it cannot be reached:
// the same addresses, the same shapes, and the day they are of.

import type { Feature } from '../data/api';
import { readPlace } from '../explore/task';
import { openAt } from './hours';
import { NoWay, offlineRoute } from './route';
import type { RoadVehicle } from './roads';
import type { Saved } from './saved';
import { grow, nearest, wayTo } from './way';

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/** Answers a path, or undefined for what saved areas do not know. served is told the day. */
export async function answerFrom(saved: Saved, path: string, served: (date: string) => void): Promise<Response | undefined> {
  const url = new URL(path, location.href);
  const q = url.searchParams;
  const item = /^\/api\/collections\/([^/]+)\/items(?:\/([^/]+))?$/.exec(url.pathname);
  if (item) return items(saved, decodeURIComponent(item[1]!), item[2] && decodeURIComponent(item[2]), q, served);
  switch (url.pathname) {
    case '/api/search': {
      const finder = await saved.find();
      return json({ features: finder.find(q.get('q') ?? '', Number(q.get('limit') ?? 8)) });
    }
    case '/api/route': return route(saved, q, served);
    case '/api/nearby': return nearby(saved, q, served);
    case '/api/visit': return visit(saved, q, served);
  }
  return undefined;
}

async function items(saved: Saved, collection: string, id: string | undefined, q: URLSearchParams, served: (date: string) => void): Promise<Response | undefined> {
  const { features, saved: day } = await saved.features(collection);
  if (features.length === 0) return undefined;
  if (id !== undefined) {
    const found = features.find((f) => String(f.id) === id);
    if (!found) return undefined;
    served(day);
    return json(found);
  }
  if (q.get('f') !== 'csv') return undefined;
  const where = [...q].filter(([name]) => !['f', 'properties', 'limit', 'skipGeometry'].includes(name));
  const names = (q.get('properties') ?? '').split(',').filter(Boolean);
  const cell = (value: unknown) => (value === null || value === undefined ? '' : `"${String(Array.isArray(value) ? value.join(';') : value).replaceAll('"', '""')}"`);
  const rows = features.filter((f) => where.every(([name, value]) => String(f.properties[name] ?? '') === value)).map((f) => {
    const [lon, lat] = f.bbox ? ['', ''] : ((f.geometry?.coordinates as number[] | undefined) ?? ['', '']);
    return [f.id, ...names.map((name) => f.properties[name]), lon, lat].map(cell).join(',');
  });
  return new Response([['id', ...names, 'lon', 'lat'].join(','), ...rows].join('\r\n') + '\r\n');
}

const vehicleOf = (q: URLSearchParams): RoadVehicle => (['car', 'motorcycle', 'walk'] as const).find((v) => v === q.get('vehicle')) ?? 'car';

async function route(saved: Saved, q: URLSearchParams, served: (date: string) => void): Promise<Response | undefined> {
  if (q.has('f')) return undefined;
  const texts = [q.get('from') ?? '', ...(q.get('via') ?? '').split(/[|;]/).filter((t) => t.trim() !== ''), q.get('to') ?? ''];
  const places = texts.map((t) => readPlace(t));
  const known = places.filter((p) => p !== undefined).map((p) => [p.lon, p.lat] as const);
  const found = known.length === places.length ? await saved.roads(known) : undefined;
  if (!found) return undefined;
  served(found.area.saved);
  try {
    return json(offlineRoute(found.graph, vehicleOf(q), known, q.get('lang') ?? 'id', found.area.saved));
  } catch (error) {
    if (error instanceof NoWay) return json({ detail: error.message }, 404);
    throw error;
  }
}

/** What a pack has of a destination beside its properties. */
interface Visit {
  readonly signal: string;
  readonly signal_operators: readonly string[];
  readonly last_signal_before_m: number | null;
  readonly from?: string;
  readonly id: readonly string[] | null;
  readonly en: readonly string[] | null;
}

const visitOf = (f: Feature): Visit | undefined => (f as Feature & { readonly visit?: Visit }).visit;

/** Whether a place is open at a time, as far as its hours are plain. */
function hoursAt(f: Feature, time: Date): Readonly<Record<string, unknown>> {
  const text = f.properties['opening_hours'];
  const state = typeof text === 'string' ? openAt(text, time) : undefined;
  return state ? { open: state.open ? 'open' : 'closed', ...(state.changes ? { open_changes: state.changes.toISOString() } : {}) } : {};
}

/** What a visitor asks of a destination. */
async function visit(saved: Saved, q: URLSearchParams, served: (date: string) => void): Promise<Response | undefined> {
  const { features, saved: day } = await saved.features('destinations');
  const found = features.find((f) => String(f.id) === q.get('id'));
  const facts = found && visitOf(found);
  if (!facts) return undefined;
  served(day);
  return json({ ...facts, ...hoursAt(found, new Date()), way: (q.get('lang') === 'en' ? facts.en : facts.id) ?? [], offline: day });
}

/** Destinations by time on the saved roads. Who has signal is of the day they were saved;
 * of one operator or technology the server must be asked. */
async function nearby(saved: Saved, q: URLSearchParams, served: (date: string) => void): Promise<Response | undefined> {
  const at = readPlace(`${q.get('lon')},${q.get('lat')}`);
  const time = q.get('open_at') === 'now' ? new Date() : undefined;
  if (!at || (q.has('open_at') && !time) || (q.has('signal') && q.get('signal') !== 'any') || q.has('technology')) return undefined;
  const { features, saved: day } = await saved.features('destinations');
  const roads = await saved.roads([[at.lon, at.lat]]);
  if (features.length === 0) return undefined;
  const vehicle = vehicleOf(q);
  const start = roads && nearest(roads.graph, vehicle, at.lon, at.lat);
  const tree = start && grow(roads.graph, vehicle, start);
  const most = Number(q.get('max_minutes') ?? Infinity);
  const price = q.get('price');
  const all = features.filter((f) => !q.get('category') || f.properties['category'] === q.get('category'))
    .filter((f) => price === null || (typeof f.properties['price_idr_min'] === 'number' && f.properties['price_idr_min'] <= Number(price)))
    .filter((f) => !q.has('signal') || visitOf(f)?.signal === 'covered')
    .filter((f) => !time || hoursAt(f, time)['open'] === 'open')
    .map((f): Feature => {
      const [lon, lat] = f.geometry!.coordinates as [number, number];
      const spot = tree && nearest(roads.graph, vehicle, lon, lat);
      const way = spot && wayTo(roads.graph, vehicle, tree, start, spot);
      const air = Math.hypot((lon - at.lon) * Math.cos((lat * Math.PI) / 180), lat - at.lat) * 111_320;
      return { ...f, properties: { ...f.properties, signal: visitOf(f)?.signal, signal_operators: visitOf(f)?.signal_operators, ...(time ? hoursAt(f, time) : {}), distance_m: way ? way.metres : air, ...(way ? { minutes: way.millis / 60_000 } : {}) } };
    })
    .filter((f) => !Number.isFinite(most) || (typeof f.properties['minutes'] === 'number' && f.properties['minutes'] <= most))
    .sort((a, b) => Number(a.properties['minutes'] ?? Infinity) - Number(b.properties['minutes'] ?? Infinity) || Number(a.properties['distance_m']) - Number(b.properties['distance_m']))
    .slice(0, Number(q.get('limit') ?? 50));
  served(day);
  return json({ features: all, offline: day });
}

