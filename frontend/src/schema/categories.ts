// Categories of destinations: word, colour family and a glyph on a 16 by 16
// grid, used both on the canvas and in the legend.

import { text, type Text } from './language';

export interface Category {
  readonly id: string;
  readonly title: Text;
  readonly colour: string;
  readonly glyph: string;
}

const water = '#1c6a94';
const green = '#3b6e37';
const culture = '#8a4b1d';
const stay = '#6c4a86';

export const categories: readonly Category[] = [
  { id: 'beach', title: text('Pantai', 'Beach'), colour: water, glyph: 'M2 12c1.5-1.3 2.5-1.3 4 0s2.5 1.3 4 0 2.5-1.3 4 0v1.5c-1.5-1.3-2.5-1.3-4 0s-2.5 1.3-4 0-2.5-1.3-4 0zM8.6 2.2c3 .2 5 2.3 5.2 4.6L9 5.7 8 10H7l1-4.5L3.2 4.3C4.3 2.7 6.3 2 8.6 2.2z' },
  { id: 'waterfall', title: text('Air terjun', 'Waterfall'), colour: water, glyph: 'M3 2h10v1.5H3zM4.5 5H6v6H4.5zM7.25 5h1.5v7h-1.5zM10 5h1.5v6H10zM2 13c2-1.4 3-1.4 6 0 3-1.4 4-1.4 6 0v1.3c-2-1.2-4-1.2-6 0-2-1.2-4-1.2-6 0z' },
  { id: 'lake', title: text('Danau, waduk', 'Lake, reservoir'), colour: water, glyph: 'M2 6c2-1.5 4-1.5 6 0 2 1.5 4 1.5 6 0v1.5c-2 1.5-4 1.5-6 0-2-1.5-4-1.5-6 0zM2 10c2-1.5 4-1.5 6 0 2 1.5 4 1.5 6 0v1.5c-2 1.5-4 1.5-6 0-2-1.5-4-1.5-6 0z' },
  { id: 'spring', title: text('Sumber air', 'Spring'), colour: water, glyph: 'M8 2c2.5 3.3 4 5.3 4 7.6A4 4 0 0 1 4 9.6C4 7.3 5.5 5.3 8 2z' },
  { id: 'pool', title: text('Pemandian', 'Pool'), colour: water, glyph: 'M5 3h1.5v5H5zM9.5 3H11v5H9.5zM6 4.5h4V6H6zM2 10c2-1.5 4-1.5 6 0 2 1.5 4 1.5 6 0v1.5c-2 1.5-4 1.5-6 0-2-1.5-4-1.5-6 0z' },
  { id: 'tubing', title: text('Arung sungai', 'River tubing'), colour: water, glyph: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3zm0 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4z' },
  { id: 'island', title: text('Pulau', 'Island'), colour: water, glyph: 'M2 12c1-3.5 3.5-5 6-5s5 1.5 6 5zM8.6 2c1.9.2 3 1.3 3.4 2.7L9 4.5 8.7 7h-1l.3-2.7-3 .6C5.4 3 6.7 2 8.6 2z' },
  { id: 'mountain', title: text('Gunung', 'Mountain'), colour: green, glyph: 'M1.5 13 6.5 4l2.7 4.7L10.5 7l4 6z' },
  { id: 'viewpoint', title: text('Titik pandang', 'Viewpoint'), colour: green, glyph: 'M8 4c3 0 5.3 2 6.5 4C13.3 10 11 12 8 12S2.7 10 1.5 8C2.7 6 5 4 8 4zm0 1.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z' },
  { id: 'nature', title: text('Alam', 'Nature'), colour: green, glyph: 'M8 1.5 12 8h-2l3 4H9v2.5H7V12H3l3-4H4z' },
  { id: 'park', title: text('Taman wisata', 'Park'), colour: green, glyph: 'M8 1.5a4 4 0 0 1 1 7.9V14.5H7V9.4a4 4 0 0 1 1-7.9z' },
  { id: 'camping', title: text('Perkemahan', 'Camping'), colour: green, glyph: 'M8 2.5 14.5 13h-5L8 9.5 6.5 13h-5z' },
  { id: 'agro', title: text('Agrowisata', 'Agrotourism'), colour: green, glyph: 'M13.5 2.5c.5 6-2.5 8.5-6.5 8L4 13.5 3 12.5l3-3.3C5.5 5.2 8 2.5 13.5 2.5z' },
  { id: 'cave', title: text('Gua', 'Cave'), colour: green, glyph: 'M2 13V9a6 6 0 0 1 12 0v4h-3.5v-2.5a2.5 2.5 0 0 0-5 0V13z' },
  { id: 'temple', title: text('Candi', 'Temple'), colour: culture, glyph: 'M8 1.5 9.5 4H11v2h1v2h1v4h1v1.5H2V12h1V8h1V6h1V4h1.5zM7 9v3h2V9z' },
  { id: 'religious', title: text('Wisata religi', 'Religious site'), colour: culture, glyph: 'M8 2c.5 2 4 3 4 6v.5h1.5V14H9.5v-2a1.5 1.5 0 0 0-3 0v2h-4V8.5H4V8c0-3 3.5-4 4-6z' },
  { id: 'museum', title: text('Museum', 'Museum'), colour: culture, glyph: 'M8 2l6 3.5V7H2V5.5zM3 8h1.7v4H3zM7.1 8h1.8v4H7.1zM11.3 8H13v4h-1.7zM2 12.5h12V14H2z' },
  { id: 'culture', title: text('Budaya', 'Culture'), colour: culture, glyph: 'M3 3c3 1.3 7 1.3 10 0 .7 6-1.5 10-5 11C4.5 13 2.3 9 3 3zm2 4h2V5.8H5zm4 0h2V5.8H9zM6 9.5c1 1.3 3 1.3 4 0z' },
  { id: 'square', title: text('Alun-alun', 'Square'), colour: culture, glyph: 'M3 3h10v10H3zm2 2v6h6V5z' },
  { id: 'desa_wisata', title: text('Desa wisata', 'Tourism village'), colour: stay, glyph: 'M8 2.5 14.5 8H13v5.5H9.5V10h-3v3.5H3V8H1.5z' },
  { id: 'resort', title: text('Penginapan, resor', 'Resort'), colour: stay, glyph: 'M2 4h1.5v4.5H7V6h5a2 2 0 0 1 2 2v5h-1.5v-2h-9v2H2z' },
];

export const otherCategory: Category = { id: 'other', title: text('Lainnya', 'Other'), colour: stay, glyph: 'M8 2l1.8 4.1 4.4.4-3.3 2.9 1 4.4L8 11.5l-3.9 2.3 1-4.4L1.8 6.5l4.4-.4z' };

const byId = new Map(categories.map((c) => [c.id, c]));

/** The category of a destination; one the schema does not know is "other". */
export const categoryOf = (id: unknown): Category => byId.get(String(id)) ?? otherCategory;

export const towerGlyph = 'M7.3 6.5h1.4L11 14H9.5l-.5-1.8H7L6.5 14H5zM8 3.5A1.5 1.5 0 1 1 8 6.5 1.5 1.5 0 0 1 8 3.5zM4.3 1.6l1 1A3.6 3.6 0 0 0 5.3 7.4l-1 1A5 5 0 0 1 4.3 1.6zM11.7 1.6a5 5 0 0 1 0 6.8l-1-1a3.6 3.6 0 0 0 0-4.8z';
export const blankGlyph = 'M2.5 3.6 3.6 2.5 13.5 12.4 12.4 13.5zM3 10h1.6v3H3zM6 8l2 2v3H6zM9.5 5.5H11v4L9.5 8zM12.5 3H14v9l-1.5-1.5z';
export const productGlyph = 'M3 5h10l-.8 8.5H3.8zM5.5 5a2.5 2.5 0 0 1 5 0H9.3a1.3 1.3 0 0 0-2.6 0z';
