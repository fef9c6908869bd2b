// Exploring or planning: the choice between them, and the planner's desk, whose
// parts are loaded when it is first opened.

import type { Place } from '../data/mercator';
import { type Context, speaker } from './context';
import { h } from './dom';
import type { Frame } from './frame';

/** What the page needs of the desk. */
export interface Desk {
  /** Draws itself anew in the language of now, with the data of now. */
  render(): void;
  /** Follows the address. */
  follow(desk: string): void;
  /** A place on the map was chosen. */
  point(place: Place): void;
  close(): void;
}

export class Modes {
  private desk: Desk | undefined;
  private loading = false;
  private readonly explore = h('button', { type: 'button', onclick: () => this.context.store.set({ desk: '' }) });
  private readonly plan = h('button', { type: 'button', onclick: () => this.context.store.set({ desk: 'gaps', selection: undefined, task: '' }) });

  constructor(private readonly frame: Frame, private readonly context: Context) {
    frame.modes.append(this.explore, this.plan);
    context.store.listen((now, before) => {
      if (now.desk !== before.desk) this.show();
      else if (now.selection !== before.selection) this.arrange();
    });
  }

  /** Writes its words, and those of the desk. */
  words(): void {
    const say = speaker(this.context.store);
    this.explore.textContent = say('modeExplore');
    this.plan.textContent = say('modePlan');
    this.show();
    this.desk?.render();
  }

  /** Whether the desk takes a click on the map. */
  point(place: Place): boolean {
    if (!this.desk) return false;
    this.desk.point(place);
    return true;
  }

  private show(): void {
    const { desk } = this.context.store.state;
    this.explore.setAttribute('aria-pressed', String(!desk));
    this.plan.setAttribute('aria-pressed', String(!!desk));
    if (document.body.classList.toggle('planning', !!desk) !== this.planned) {
      this.planned = !!desk;
      this.context.view.map.invalidateSize({ animate: false });
    }
    if (!desk) {
      this.desk?.close();
      this.desk = undefined;
    } else if (this.desk) this.desk.follow(desk);
    else if (!this.loading) this.open();
    this.arrange();
  }

  private planned = false;

  private open(): void {
    const { frame, context } = this;
    const say = speaker(context.store);
    this.loading = true;
    frame.desk.replaceChildren(h('p', { class: 'loading', role: 'status' }, say('loading')));
    import('../desk/desk').then(({ openDesk }) => {
      if (context.store.state.desk) this.desk = openDesk(frame, context);
    }).catch((error: unknown) => {
      console.warn(error);
      frame.desk.replaceChildren(h('p', { class: 'failed', role: 'alert' }, say('failed'), ' ', h('button', { type: 'button', class: 'button', onclick: () => this.show() }, say('retry'))));
    }).finally(() => (this.loading = false));
  }

  /** The desk stands where browsing does (the style sheet hides that); a detail stands before both. */
  private arrange(): void {
    const { desk, selection } = this.context.store.state;
    this.frame.desk.hidden = !desk || selection !== undefined;
  }
}
