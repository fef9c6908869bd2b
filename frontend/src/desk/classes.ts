// The classes of the answer and how they look: lightness and pattern tell them
// apart, hue only helps.

import { text, type Text } from '../schema/language';
import type { Technology } from '../schema/coverage';

/** A class of villages, or the state of a cell. */
export interface ClassStyle extends Technology {
  readonly meaning: Text;
  /** Colour and ink by night. */
  readonly night: readonly [string, string];
}

export const classes: readonly ClassStyle[] = [
  { id: 'BLANK', title: text('Blank spot', 'Blank'), meaning: text('Tidak ada penduduk yang terlayani', 'Nobody is covered'), night: ['#c4553b', '#5b1f12'], colour: '#8c2d19', ink: '#e9a48f', pattern: 'cross' },
  { id: 'PARTIAL', title: text('Sebagian', 'Partial'), meaning: text('Kurang dari 95 % penduduk terlayani', 'Fewer than 95 % of people are covered'), night: ['#c08a35', '#5e3f0c'], colour: '#eeb04b', ink: '#a86a10', pattern: 'diagonal' },
  { id: 'SERVED', title: text('Terlayani', 'Served'), meaning: text('95 % penduduk atau lebih terlayani', '95 % of people or more are covered'), night: ['#2f5e5b', '#2f5e5b'], colour: '#a6d3cf', ink: '#a6d3cf', pattern: 'plain' },
  { id: 'UNKNOWN', title: text('Tidak diketahui', 'Unknown'), meaning: text('Diketahui untuk kurang dari separuh penduduk', 'Known for fewer than half of people'), night: ['#4a575c', '#7f8c91'], colour: '#c3c7c8', ink: '#7b8487', pattern: 'dots' },
];

export const classById: ReadonlyMap<string, ClassStyle> = new Map(classes.map((c) => [c.id, c]));

/** A class in the colours of the time of day. */
export const inLight = (style: ClassStyle, night: boolean): ClassStyle => (night ? { ...style, colour: style.night[0], ink: style.night[1] } : style);

/** The class that a state of a cell looks like. */
export const classOfState: Readonly<Record<string, string>> = { 'not covered': 'BLANK', covered: 'SERVED', unknown: 'UNKNOWN' };
