// The sizes of the page that the map's first view depends on, as styles/frame.css has them.

import { embedded } from '../data/hash';

/** Up to this width the panel is a sheet below the map. */
export const narrow = matchMedia('(max-width: 760px)');

/** Width of the panel beside the map. */
const beside = 392;

/** What a sheet that peeks takes from the map. */
export const peeking = 160;

/** How much of the map the page covers at its corners, in pixels. */
export interface Padding {
  readonly paddingTopLeft: [number, number];
  readonly paddingBottomRight: [number, number];
}

/** The padding while the sheet covers so much. */
export function padding(covered: number): Padding {
  if (embedded()) return { paddingTopLeft: [8, 8], paddingBottomRight: [8, 8] };
  if (narrow.matches) return { paddingTopLeft: [12, 84], paddingBottomRight: [12, covered + 12] };
  return { paddingTopLeft: [24, 24], paddingBottomRight: [24, 24] };
}

/** Width and height of the map in a window that has just opened. */
export const mapSize = (): [number, number] => [innerWidth - (embedded() || narrow.matches ? 0 : beside), innerHeight];
