// What is drawn over the tiles: marks and names.

import type { Shape } from '../data/geometry';
import type { Badge } from './badge';

/** A mark as drawn, in layer points. A cluster has no id. */
export interface DrawnMark {
  readonly collection: string;
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly badge: Badge;
  /** How many it stands for; 1 for a single feature. */
  readonly count: number;
  readonly properties: Shape['properties'];
}

/** A name, in layer points. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  readonly spacing?: string;
  /** Where else it may stand, in pixels below its place, in order of preference. */
  readonly shifts?: readonly number[];
}
