// What a visitor asks of a place: how to get there, what is around it, whether it is
// open, and who has signal there.

import { getJSON, type Feature } from '../data/api';
import type { Selection } from '../data/hash';
import type { Place } from '../data/mercator';
import type { Context } from '../ui/context';
import { h, pictogram, pictograms } from '../ui/dom';
import type { Kind, Values } from './task';
import { writePlace, writeTask } from './task';
import { saying, type Say } from './words';

export interface Visited {
  readonly selection: Selection;
  readonly place: Place;
  readonly title: string;
  readonly signal: AbortSignal;
}

export function renderPlace(root: HTMLElement, { selection, place, title, signal }: Visited, context: Context): void {
  const say = saying(context.store);
  const go = (kind: Kind, values: Values) => context.store.set({ task: writeTask(kind, values), selection: undefined });
  const at = writePlace(place);
  const page = selection.collection === 'villages' ? `/desa/${encodeURIComponent(selection.id)}` : `/wisata/${encodeURIComponent(selection.id)}`;
  const tool = (icon: string, label: string, press: () => void) => h('button', { type: 'button', class: 'button', onclick: press }, pictogram(icon), label);
  const facts = h('div');
  root.replaceChildren(h('div', { class: 'actions' },
    tool(pictograms.route, say('routeHere'), () => go('route', { to: at, toName: title })),
    tool(pictograms.near, say('nearHere'), () => go('near', { at, name: title })),
    tool(pictograms.home, say('reachHere'), () => go('reach', { at, name: title })),
    h('a', { class: 'button', href: `${page}?lang=${context.store.state.language}` }, say('openPage'))), facts);
  if (selection.collection === 'destinations') void showState(facts, selection.id, place, signal, say, context);
}

/** Whether it is open now and who has signal there, in the words of /api/nearby. */
async function showState(root: HTMLElement, id: string, { lon, lat }: Place, signal: AbortSignal, say: Say, context: Context): Promise<void> {
  try {
    const { features } = await getJSON<{ features: readonly Feature[] }>(`/api/nearby?lon=${lon.toFixed(5)}&lat=${lat.toFixed(5)}&sort=distance&limit=5`, signal);
    const p = features.find((f) => String(f.id) === id || f.properties['id'] === id)?.properties;
    if (!p || signal.aborted) return;
    const changes = typeof p['open_changes'] === 'string' ? new Intl.DateTimeFormat(context.store.state.language === 'id' ? 'id-ID' : 'en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Jakarta' }).format(new Date(p['open_changes'])) : '';
    const operators = Array.isArray(p['signal_operators']) ? (p['signal_operators'] as unknown[]).map(String) : [];
    const none = p['signal'] === 'not covered' ? say('noSignal') : say('unknown');
    root.replaceChildren(h('dl', { class: 'facts' },
      p['open'] === 'open' || p['open'] === 'closed' ? h('div', {}, h('dt', {}, say('state')), h('dd', {}, `${say(p['open'] === 'open' ? 'open' : 'shut')}${changes && ` → ${changes}`}`)) : '',
      h('div', {}, h('dt', {}, say('signalBy')), h('dd', {}, ...(operators.length > 0 ? operators.map((o) => h('span', { class: 'chip' }, o)) : [none])))));
  } catch {
    // Offline there are still the place's own properties below.
  }
}
