// Opens and closes the detail: what was clicked, listed, found or linked to
// becomes the selection, and the selection becomes what the panel shows.

import type { Hit } from '../map/pick';
import type { Place } from '../data/mercator';
import type { Bounds } from '../data/places';
import { collectionById } from '../schema/collections';
import type { TaskPanel } from '../explore/panel';
import { type Context, speaker } from './context';
import type { Pointed } from './detail';
import type { Frame } from './frame';

/** Any collection that the schema does not know. */
const other = '';

/** Collections a click opens, most specific first; coverage and districts are reached from there. */
const openable: readonly string[] = ['blankspots', 'destinations', 'towers', 'products', other, 'roads', 'villages', 'districts', 'neighbours', 'coverage'];

export class DetailPanel {
  private pointed: Pointed | undefined;
  private request: AbortController | undefined;
  private tasks: TaskPanel | undefined;
  private opener: HTMLElement | undefined;

  constructor(private readonly frame: Frame, private readonly context: Context) {
    context.store.listen((now, before) => {
      if (now.selection !== before.selection || now.language !== before.language || now.task !== before.task) this.refresh(now.selection !== before.selection || nameOfTask(now.task) !== nameOfTask(before.task));
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      if (context.store.state.selection) context.store.set({ selection: undefined });
      else if (context.store.state.task) context.store.set({ task: '' });
    });
  }

  /** Opens what lies under a click: a cluster falls apart, anything else is selected. */
  point(hits: readonly Hit[], place: Place): void {
    const cluster = hits[0]?.properties['point_count'] !== undefined ? hits[0] : undefined;
    if (cluster) {
      this.context.view.goTo(place, Number(cluster.properties['expansion_zoom'] ?? 10) + 1);
      return;
    }
    const hit = openable.map((collection) => hits.find((h) => (collectionById.has(h.collection) ? h.collection : other) === collection)).find((h) => h !== undefined);
    this.pointed = { place, hits };
    this.context.store.set({ selection: hit && { collection: hit.collection, id: hit.id } });
    if (hit) this.context.view.reveal(place);
  }

  /** Opens a feature by its id and brings it into view. */
  open(collection: string, id: string, bounds?: Bounds): void {
    this.opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    this.pointed = undefined;
    this.frame.sheet.reveal();
    this.context.store.set({ selection: { collection, id } });
    const place = this.context.places.find(collection, id);
    if (bounds && bounds.east > bounds.west) this.context.view.fit(bounds);
    else if (bounds) this.context.view.goTo({ lon: bounds.west, lat: bounds.south }, 13);
    else if (place) this.context.view.goTo(place, 12);
  }

  /** Lets somebody add a point, and opens it. */
  async add(): Promise<void> {
    const { frame, context } = this;
    frame.detail.hidden = false;
    frame.browse.hidden = true;
    frame.sheet.reveal();
    const made = await import('../edit/editor').then(({ addPoint }) => addPoint(frame.detail, context)).catch(() => undefined);
    if (made) context.open(made.collection, made.id);
    else this.refresh();
  }

  /** Shows what the visitor is doing; its part of the program is loaded when first needed. */
  private async showTask(fresh: boolean): Promise<void> {
    const { frame, context } = this;
    this.tasks ??= await import('../explore/panel').then(({ TaskPanel }) => new TaskPanel(frame.task, context), () => undefined);
    if (!this.tasks) {
      context.announce(speaker(context.store)('failed'), true);
      return;
    }
    const { task } = context.store.state;
    this.tasks.show(task);
    if (!fresh || task === '') return;
    frame.sheet.reveal();
    frame.sheet.body.scrollTop = 0;
    document.getElementById('task-title')?.focus();
  }

  /** Shows the selection as it is now; what somebody is entering is left alone. */
  refresh(fresh = true): void {
    const { frame, context } = this;
    const { selection, task } = context.store.state;
    if (!fresh && !frame.detail.hidden && frame.detail.querySelector('form')) return;
    this.request?.abort();
    context.view.select(selection);
    frame.detail.hidden = selection === undefined;
    frame.task.hidden = selection !== undefined || task === '';
    frame.browse.hidden = selection !== undefined || task !== '';
    if (task !== '' || this.tasks) void this.showTask(fresh && !selection);
    if (!selection) {
      frame.detail.replaceChildren();
      this.pointed = undefined;
      if (this.opener?.isConnected) this.opener.focus();
      this.opener = undefined;
      return;
    }
    if (fresh) frame.sheet.reveal();
    const request = (this.request = new AbortController());
    void import('./detail').then(async ({ renderDetail }) => {
      if (request.signal.aborted) return;
      await renderDetail(frame.detail, selection, this.pointed, context, request.signal);
      frame.sheet.body.scrollTop = 0;
      if (fresh && this.opener) document.getElementById('detail-title')?.focus();
    });
  }
}

const nameOfTask = (task: string): string => task.split(':')[0]!;
