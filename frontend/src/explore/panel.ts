// The card of what the visitor is doing: its head, its content and what it draws
// on the map. One card at a time; an older one's answers are thrown away.

import { type Context, speaker } from '../ui/context';
import { h, pictogram, pictograms } from '../ui/dom';
import type { Bounds } from '../data/places';
import { Overlay, type Drawing } from './overlay';
import { readTask, writeTask, type Kind, type Values } from './task';
import { saying, type Say } from './words';

/** What a card is given. */
export interface Card {
  readonly context: Context;
  readonly say: Say;
  readonly values: Values;
  /** Aborted when another card, or this one with other values, takes its place. */
  readonly signal: AbortSignal;
  /** Changes values; '' removes one. */
  set(values: Values): void;
  /** Goes on to another card. */
  go(kind: Kind, values: Values): void;
  draw(drawing: Drawing): void;
  /** Brings something into view, once for the same text. */
  fit(bounds: Bounds, text: string): void;
}

type Render = (root: HTMLElement, card: Card) => void | Promise<void>;

const cards: Readonly<Record<Kind, () => Promise<Render>>> = {
  near: () => import('./near').then((m) => m.renderNear),
  route: () => import('./route').then((m) => m.renderRoute),
  reach: () => import('./reach').then((m) => m.renderReach),
  score: () => import('./score').then((m) => m.renderScore),
  save: () => import('../offline/save-card').then((m) => m.renderSave),
  share: () => import('./share-card').then((m) => m.renderShare),
};

export class TaskPanel {
  private readonly overlay: Overlay;
  private request: AbortController | undefined;
  private shown = '';
  private fitted = '';

  constructor(private readonly root: HTMLElement, private readonly context: Context) {
    this.overlay = new Overlay(context.view);
    context.view.grid.on('load', () => this.overlay.redraw());
  }

  /** Shows a task as it is now; '' takes the card and its drawing away. */
  show(text: string): void {
    const key = `${this.context.store.state.language} ${text}`;
    if (key === this.shown) return;
    const same = this.shown.split(':')[0] === key.split(':')[0];
    this.shown = key;
    this.request?.abort();
    const task = readTask(text);
    if (!same) {
      this.overlay.show({});
      this.fitted = '';
    }
    if (!task) {
      this.overlay.show({});
      this.root.replaceChildren();
      if (text !== '') this.context.store.set({ task: '' });
      return;
    }
    const focus = this.root.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const say = saying(this.context.store);
    const request = (this.request = new AbortController());
    const { kind, values } = task;
    const body = same ? (this.root.lastElementChild as HTMLElement) : h('div', { class: 'task-body' }, h('p', { class: 'loading' }, say('loading')));
    this.root.replaceChildren(this.head(say(kind), say('close')), body);
    const card: Card = {
      context: this.context, say, values, signal: request.signal,
      set: (change) => request.signal.aborted || this.context.store.set({ task: writeTask(kind, { ...values, ...change }) }),
      go: (next, given) => this.context.store.set({ task: writeTask(next, given), selection: undefined }),
      draw: (drawing) => request.signal.aborted || this.overlay.show(drawing),
      fit: (bounds, what) => {
        if (request.signal.aborted || what === this.fitted) return;
        this.fitted = what;
        this.context.view.fit(bounds);
      },
    };
    void cards[kind]().then((render) => {
      if (request.signal.aborted) return;
      void render(body, card);
      if (focus) document.getElementById(focus)?.focus();
    }, () => {
      body.replaceChildren(h('p', { class: 'failed', role: 'alert' }, speaker(this.context.store)('failed')));
    });
  }

  private head(title: string, close: string): HTMLElement {
    return h('header', { class: 'detail-head' },
      h('div', { class: 'detail-title' }, h('h2', { id: 'task-title', tabindex: '-1' }, title)),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': close, onclick: () => this.leave() }, pictogram(pictograms.close)));
  }

  private leave(): void {
    const kind = readTask(this.context.store.state.task)?.kind;
    this.context.store.set({ task: '' });
    document.querySelector<HTMLElement>(`.tool[data-task="${kind === 'reach' ? 'near' : kind}"]`)?.focus();
  }
}
