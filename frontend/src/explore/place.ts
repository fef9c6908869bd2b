// What a visitor asks of a place: how to get there, what is around it, whether it is
// open, and who has signal there.

import { getJSON } from '../data/api';
import type { Selection } from '../data/hash';
import type { Place } from '../data/mercator';
import type { Context } from '../ui/context';
import { h, pictogram, pictograms } from '../ui/dom';
import { date } from './measure';
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
  if (selection.collection === 'destinations') void showState(facts, selection.id, signal, say, context);
}

/** What /api/visit answers, or a saved area in its place. */
interface Facts {
  readonly open?: string;
  readonly open_changes?: string;
  readonly signal: string;
  readonly signal_operators: readonly string[];
  readonly signal_pending?: boolean;
  readonly way: readonly string[];
  /** The day of the saved area that answered. */
  readonly offline?: string;
}

/** Whether it is open now, who has signal there, and where the last signal on the way is. */
async function showState(root: HTMLElement, id: string, signal: AbortSignal, say: Say, context: Context): Promise<void> {
  const { language } = context.store.state;
  try {
    const p = await getJSON<Facts>(`/api/visit?id=${encodeURIComponent(id)}&lang=${language}`, signal);
    if (signal.aborted) return;
    const changes = p.open_changes ? new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Jakarta' }).format(new Date(p.open_changes)) : '';
    const none = say(p.signal_pending ? 'signalPending' : p.signal === 'not covered' ? 'noSignal' : 'unknown');
    const known = p.open === 'open' || p.open === 'closed';
    root.replaceChildren(h('dl', { class: 'facts' },
      known ? h('div', {}, h('dt', {}, say('state')), h('dd', {}, `${say(p.open === 'open' ? 'open' : 'shut')}${changes && ` → ${changes}`}`)) : '',
      h('div', {}, h('dt', {}, say('signalBy')), h('dd', {}, ...(p.signal_operators.length > 0 ? p.signal_operators.map((o) => h('span', { class: 'chip' }, o)) : [none]))),
      p.way.length > 0 ? h('div', { class: 'way-there' }, h('dt', {}, say('gettingThere')), h('dd', {}, ...p.way.map((line) => h('p', {}, line)))) : ''),
    p.offline ? h('p', { class: 'hint' }, say('offlineAnswer', { date: date(p.offline, language, true) })) : '');
  } catch {
    // What the place itself says is still below.
  }
}
