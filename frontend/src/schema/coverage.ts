// Technologies of coverage from least to most capable. Lightness falls with
// capability, and each has its own pattern, so the scale reads without colour.

import { text, type Text } from './language';

export type Pattern = 'plain' | 'dots' | 'diagonal' | 'cross' | 'vertical' | 'horizontal';

export interface Technology {
  readonly id: string;
  readonly title: Text;
  readonly colour: string;
  readonly ink: string;
  readonly pattern: Pattern;
}

export const technologies: readonly Technology[] = [
  { id: '2g', title: text('2G (suara)', '2G (voice)'), colour: '#e8dfae', ink: '#b3a354', pattern: 'dots' },
  { id: '3g', title: text('3G', '3G'), colour: '#a9d3b0', ink: '#7db890', pattern: 'diagonal' },
  { id: '4g', title: text('4G', '4G'), colour: '#54acb9', ink: '#2f7f92', pattern: 'plain' },
  { id: '5g', title: text('5G', '5G'), colour: '#2f67a3', ink: '#25558c', pattern: 'cross' },
  { id: 'fibre', title: text('Serat optik', 'Fibre'), colour: '#5d3b87', ink: '#c9b4e4', pattern: 'vertical' },
  { id: 'wifi', title: text('Wi-Fi umum', 'Public Wi-Fi'), colour: '#a55c96', ink: '#f0d3ea', pattern: 'horizontal' },
];

export const technologyById: ReadonlyMap<string, Technology> = new Map(technologies.map((t) => [t.id, t]));
