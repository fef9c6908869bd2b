// What every part of the page may use.

import type { AppInfo } from '../data/app-info';
import type { Attributes } from '../data/attributes';
import type { Bounds, Places } from '../data/places';
import type { Store } from '../data/state';
import { say, type Word } from '../schema/words';
import type { MapView } from '../map/map-view';

export interface Context {
  readonly store: Store;
  readonly attributes: Attributes;
  readonly places: Places;
  readonly view: MapView;
  /** What the server last said of itself. */
  app(): AppInfo;
  /** Says a thing to screen readers, and shows it shortly when it matters to all. */
  announce(message: string, visible?: boolean): void;
  /** Opens a feature and brings it into view. */
  open(collection: string, id: string, bounds?: Bounds): void;
}

/** Speaks the words of the interface in the language of now. */
export const speaker = (store: Store) => (word: Word, values: Readonly<Record<string, string | number>> = {}): string => say(word, store.state.language, values);
export type Speak = ReturnType<typeof speaker>;
