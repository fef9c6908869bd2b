// What the person has chosen: one value, changed in one place, told to all who
// listen. Nothing about data or the screen is kept here.

import type { Language } from '../schema/language';
import type { Selection } from './hash';

export interface State {
  readonly layers: ReadonlySet<string>;
  /** '' shows the best technology of any. */
  readonly technology: string;
  /** '' shows all operators. */
  readonly operator: string;
  readonly selection: Selection | undefined;
  readonly language: Language;
  /** What the planner's desk shows, as the desk writes it; '' while it is closed. */
  readonly desk: string;
  /** What the visitor is doing, such as finding a way, as explore/task writes it; '' nothing. */
  readonly task: string;
}

type Listener = (state: State, before: State) => void;

export class Store {
  private listeners: readonly Listener[] = [];

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  /** Changes some members and tells everyone, once. */
  set(change: Partial<State>): void {
    const before = this.current;
    this.current = { ...before, ...change };
    for (const listener of this.listeners) listener(this.current, before);
  }

  /** Calls back after every change, until what it returns is called. */
  listen(listener: Listener): () => void {
    this.listeners = [...this.listeners, listener];
    return () => (this.listeners = this.listeners.filter((l) => l !== listener));
  }
}
