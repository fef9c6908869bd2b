// The planner's desk: one question as a sentence, its answer as a table and a
// map, and beside it contradictions, scenarios, sites and priorities.

import type { Place } from '../data/mercator';
import { type Context } from '../ui/context';
import { h, pictogram } from '../ui/dom';
import type { Frame } from '../ui/frame';
import type { Desk as DeskHandle } from '../ui/modes';
import { darkness } from '../ui/night';
import { narrow } from '../map/measures';
import { Tabs } from '../ui/tabs';
import { Choropleth } from './choropleth';
import css from './desk.text.css';
import { renderLegend } from './legend';
import { ask, askJSON, givenUp } from './request';
import { sentence } from './sentence';
import { panels, parametersOf, readDesk, usual, writeDesk, type DeskState, type Options, type Question } from './state';
import { Spots } from './spots';
import { Swipe } from './swipe';
import type { Answer } from './types';
import { deskSay, type DeskSay, type DeskWord } from './words';

/** Two scenarios on the map, or how it is and a scenario: the classes that they give villages, by code. */
export interface Sides {
  /** Undefined: as it is. */
  readonly left: ReadonlyMap<string, string> | undefined;
  readonly right: ReadonlyMap<string, string>;
  readonly names: readonly [string, string];
}

/** A part of the desk under its tab. */
export interface Panel {
  /** Draws itself, with the answer and in the language of now. */
  render(): void;
  /** Takes a place that was chosen on the map; false lets it be explained. */
  point?(place: Place): boolean;
  close(): void;
}

const icons: Readonly<Record<string, string>> = {
  gaps: 'M3 17V9M8 17V5M13 17v-6M18 17V3',
  reconcile: 'M4 7h9l-3-3M16 13H7l3 3',
  scenarios: 'M10 18V9M6 5a5 5 0 0 0 0 7M14 5a5 5 0 0 1 0 7M10 8.5h.1',
  sites: 'M10 18s6-5.5 6-10a6 6 0 0 0-12 0c0 4.5 6 10 6 10zM10 6v4M8 8h4',
  priorities: 'M4 5h12M4 10h8M4 15h4',
};
const titles: Readonly<Record<string, DeskWord>> = { gaps: 'panelGaps', reconcile: 'panelReconcile', scenarios: 'panelScenarios', sites: 'panelSites', priorities: 'panelPriorities' };

export const openDesk = (frame: Frame, context: Context): DeskHandle => new Desk(frame, context);

export class Desk implements DeskHandle {
  state: DeskState;
  answer: Answer | undefined;
  against: Answer | undefined;
  error: unknown;
  loading = false;
  readonly spots = new Spots();
  readonly map: Choropleth;
  private readonly other: Choropleth;
  private swipe: Swipe | undefined;
  private readonly tabs: Tabs;
  private readonly question = h('section', { class: 'desk-question' });
  private readonly card = h('article', { class: 'desk-card', hidden: true });
  private readonly legend = h('aside', { class: 'desk-legend' });
  private readonly sheet = new CSSStyleSheet();
  private panel: Panel | undefined;
  private sides: Sides | undefined;
  private request: AbortController | undefined;
  private explaining: AbortController | undefined;
  private written = '';
  private readonly redraw = () => this.renderMap();
  private readonly replace = () => this.placeLegend();

  constructor(readonly frame: Frame, readonly context: Context) {
    this.state = readDesk(context.store.state.desk);
    this.sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
    const failed = () => context.announce(this.say('mapFailed'), true);
    this.map = new Choropleth(context.view.map, 3, failed);
    this.other = new Choropleth(context.view.map, 4, failed);
    this.tabs = new Tabs(panels.map((id) => ({ id, icon: icons[id]! })), (id) => {
      frame.sheet.reveal();
      this.set({ panel: id, at: '' });
    });
    frame.desk.replaceChildren(this.tabs.bar, this.question, this.card, ...this.tabs.panels.values());
    void this.offer();
    this.placeLegend();
    narrow.addEventListener('change', this.replace);
    this.spots.addTo(context.view.map);
    context.view.map.on('zoomend', this.redraw);
    darkness.addEventListener('change', this.redraw);
    frame.sheet.reveal();
    for (const id of ['villages', 'coverage', 'towers']) void context.attributes.load(id).then(() => this.renderQuestion());
    this.open();
    this.render();
    if (this.state.at) this.explain();
  }

  get say(): DeskSay {
    return deskSay(this.context.store.state.language);
  }

  get language() {
    return this.context.store.state.language;
  }

  /** Changes what the desk shows; the address follows. */
  set(part: Partial<DeskState>): void {
    const before = this.state;
    this.state = { ...before, ...part };
    this.written = writeDesk(this.state);
    this.context.store.set({ desk: this.written });
    this.changed(before);
  }

  ask(part: Partial<Question>): void {
    this.set({ question: { ...this.state.question, ...part } });
  }

  /** Sets what a panel is set to. */
  option(part: Partial<Options>): void {
    this.set({ options: { ...this.state.options, ...part } });
  }

  follow(desk: string): void {
    if (desk === this.written) return;
    const before = this.state;
    this.state = readDesk(desk);
    this.written = desk;
    this.changed(before);
  }

  point(place: Place): void {
    if (this.panel?.point?.(place)) return;
    this.frame.sheet.reveal();
    this.set({ at: `${place.lon.toFixed(6)},${place.lat.toFixed(6)}` });
  }

  render(): void {
    this.renderQuestion();
    this.tabs.bar.setAttribute('aria-label', this.say('panels'));
    for (const [id, word] of Object.entries(titles)) this.tabs.label(id, this.say(word));
    this.panel?.render();
    this.load();
    if (this.state.at) this.explain();
  }

  close(): void {
    this.request?.abort();
    this.explaining?.abort();
    this.panel?.close();
    this.swipe?.remove();
    this.map.remove();
    this.other.remove();
    this.spots.remove();
    this.legend.remove();
    this.context.view.map.off('zoomend', this.redraw);
    darkness.removeEventListener('change', this.redraw);
    narrow.removeEventListener('change', this.replace);
    this.context.view.hover(undefined);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== this.sheet);
    this.frame.desk.replaceChildren();
  }

  /** Asks the question again. */
  load(): void {
    this.request?.abort();
    const request = (this.request = new AbortController());
    const { question, against } = this.state;
    this.loading = true;
    this.panel?.render();
    this.renderMap();
    const path = (q: Question) => `/api/coverage/gaps?${parametersOf(q)}&limit=10000`;
    Promise.all([askJSON<Answer>(path(question), { signal: request.signal }), against && askJSON<Answer>(path({ ...question, ...against }), { signal: request.signal })]).then(([answer, other]) => {
      [this.answer, this.against, this.error] = [answer, other, undefined];
      this.settled();
    }).catch((error: unknown) => {
      if (request.signal.aborted || givenUp(error)) return;
      this.error = error;
      this.settled();
    });
  }

  /** Shows what scenarios make of villages beside each other; undefined ends it. */
  overlay(sides: Sides | undefined): void {
    this.sides = sides;
    this.renderMap();
  }

  private settled(): void {
    this.loading = false;
    this.renderMap();
    this.panel?.render();
  }

  private changed(before: DeskState): void {
    const { state } = this;
    if (state.panel !== before.panel) this.open();
    if (JSON.stringify([state.question, state.against]) !== JSON.stringify([before.question, before.against])) {
      this.renderQuestion();
      this.load();
      if (state.at) this.explain();
    } else this.panel?.render();
    if (state.classes !== before.classes) this.renderMap();
    if (state.at !== before.at) this.explain();
  }

  /** Opens the panel of the state. */
  private open(): void {
    const { panel: id } = this.state;
    this.panel?.close();
    this.panel = undefined;
    this.spots.show([]);
    this.tabs.choose(id);
    const root = this.tabs.panels.get(id)!;
    if (root.childElementCount === 0) root.replaceChildren(h('p', { class: 'loading', role: 'status' }, this.say('loading')));
    const load = {
      gaps: () => import('./gaps-panel').then((m) => m.gapsPanel),
      reconcile: () => import('./reconcile-panel').then((m) => m.reconcilePanel),
      scenarios: () => import('./scenario-panel').then((m) => m.scenarioPanel),
      sites: () => import('./sites-panel').then((m) => m.sitesPanel),
      priorities: () => import('./priorities-panel').then((m) => m.prioritiesPanel),
    }[id as (typeof panels)[number]];
    void load().then((make) => {
      if (this.state.panel !== id || this.panel) return;
      root.replaceChildren();
      this.panel = make(this, root);
      this.panel.render();
    });
  }

  private renderQuestion(): void {
    const { say, state } = this;
    const focused = document.activeElement?.id;
    this.question.setAttribute('aria-label', say('question'));
    const ask = (part: Partial<Question>) => this.ask(part);
    this.question.replaceChildren(sentence(say('sentence'), this.context, say, state.question, 'q', ask));
    if (JSON.stringify(state.question) !== JSON.stringify(usual)) {
      this.question.append(h('button', { type: 'button', class: 'desk-link', onclick: () => this.set({ question: usual }) }, say('reset')));
    }
    if (focused?.startsWith('q-')) document.getElementById(focused)?.focus();
  }

  private renderMap(): void {
    const { state, context } = this;
    const { version } = context.app();
    const { sides } = this;
    this.map.show(state.question, version, darkness.matches, sides?.left);
    if (state.against || sides) {
      this.other.show({ ...state.question, ...(sides ? {} : state.against) }, version, darkness.matches, sides?.right);
      this.swipe ??= new Swipe(context.view.map, this.map, this.other, this.say('divider'));
      this.swipe.name(...(sides?.names ?? [this.say('left'), this.say('right')] as const));
      this.swipe.draw();
    } else if (this.swipe) {
      this.swipe.remove();
      this.swipe = undefined;
      this.other.remove();
    }
    renderLegend(this.legend, this.answer?.rows ?? [], state.classes, this.map.cells, (classes) => this.set({ classes }), this.say, this.language);
  }

  /** Offers the parts that this server has resources for. */
  private async offer(): Promise<void> {
    const tab = (id: string) => document.getElementById(`tab-${id}`);
    for (const id of ['sites', 'priorities']) tab(id)!.hidden = true;
    const described = await ask('/api/openapi').then((r) => r.text(), () => '');
    for (const id of ['sites', 'priorities']) if (tab(id)) tab(id)!.hidden = !described.includes(`/coverage/${id}`);
  }

  /** The legend floats over a wide map; on a narrow page it stands under the question. */
  private placeLegend(): void {
    if (narrow.matches) this.question.after(this.legend);
    else this.frame.stage.append(this.legend);
  }

  /** Explains the place of the state, or puts the explanation away. */
  private explain(): void {
    this.explaining?.abort();
    const { at } = this.state;
    const open = at !== '';
    this.card.hidden = !open;
    this.question.hidden = open;
    this.legend.hidden = open && narrow.matches;
    this.tabs.bar.hidden = open;
    this.tabs.panels.get(this.state.panel)!.hidden = open;
    if (!open) {
      this.card.replaceChildren();
      this.context.view.select(undefined);
      return;
    }
    const [lon = 0, lat = 0] = at.split(',').map(Number);
    const request = (this.explaining = new AbortController());
    void import('./why').then(({ renderWhy }) => renderWhy(this.card, {
      place: { lon, lat }, question: this.state.question, row: (code) => this.answer?.rows.find((r) => r.code === code), say: this.say, language: this.language, signal: request.signal,
      close: () => this.set({ at: '' }),
      openVillage: (code) => this.context.open('villages', code),
      addTower: (at) => this.set({ panel: 'scenarios', at: '', draft: `${at.lon.toFixed(5)},${at.lat.toFixed(5)},0,0` }),
    })).then((answer) => {
      if (request.signal.aborted) return;
      if (answer?.village) this.context.view.select({ collection: 'villages', id: answer.village.code });
      document.getElementById('desk-why')?.focus({ preventScroll: true });
      this.frame.sheet.body.scrollTop = 0;
    });
  }
}

/** A button with a pictogram, in the style of the desk. */
export const action = (path: string, title: string, press: () => void): HTMLButtonElement => h('button', { type: 'button', class: 'button', onclick: press }, pictogram(path), title);
