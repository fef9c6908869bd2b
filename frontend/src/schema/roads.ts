// Classes of roads, least important first: the order in which they are drawn.

import { text, type Text } from './language';

export interface RoadClass {
  readonly id: string;
  readonly title: Text;
  readonly colour: string;
  readonly night: string;
  /** Width in pixels at zoom 12; it grows and shrinks with the zoom. */
  readonly width: number;
  /** Smallest zoom of the map at which the class is drawn. */
  readonly minZoom: number;
  readonly dash?: readonly number[];
}

export const roadClasses: readonly RoadClass[] = [
  { id: 'path', title: text('Jalan setapak', 'Path'), colour: '#8b7d6b', night: '#9a8f80', width: 1, minZoom: 13, dash: [3, 3] },
  { id: 'village', title: text('Jalan desa', 'Village road'), colour: '#8b8577', night: '#99968c', width: 1.2, minZoom: 12 },
  { id: 'regency', title: text('Jalan kabupaten', 'Regency road'), colour: '#7c7465', night: '#aaa598', width: 1.5, minZoom: 8 },
  { id: 'provincial', title: text('Jalan provinsi', 'Provincial road'), colour: '#a8692a', night: '#d09a5e', width: 2.1, minZoom: 7 },
  { id: 'national', title: text('Jalan nasional', 'National road'), colour: '#a04a1b', night: '#e38d5c', width: 2.7, minZoom: 6 },
  { id: 'toll', title: text('Jalan tol', 'Toll road'), colour: '#6d2f57', night: '#d795bd', width: 3.1, minZoom: 6 },
];

export const roadClassById: ReadonlyMap<string, RoadClass> = new Map(roadClasses.map((c) => [c.id, c]));
