// What each collection is to the map: its words, whether it is drawn at first,
// from which zoom of the tiles, and how it may be picked.

import { text, type Text } from './language';

export type Kind = 'area' | 'line' | 'mark' | 'context';

export interface CollectionStyle {
  readonly id: string;
  readonly kind: Kind;
  readonly title: Text;
  /** What one of them is called. */
  readonly one: Text;
  /** Counted noun for lists and announcements. */
  readonly noun: Text;
  /** Smallest zoom of the tiles that carry it. */
  readonly minZoom: number;
  /** Drawn when the address asks for nothing else. */
  readonly initial: boolean;
  /** Offered as a switch in the panel of layers. */
  readonly switchable: boolean;
}

export const collections: readonly CollectionStyle[] = [
  { id: 'neighbours', kind: 'context', title: text('Wilayah tetangga', 'Neighbouring regions'), one: text('Wilayah', 'Region'), noun: text('wilayah', 'regions'), minZoom: 0, initial: true, switchable: false },
  { id: 'villages', kind: 'area', title: text('Batas desa', 'Village boundaries'), one: text('Desa', 'Village'), noun: text('desa', 'villages'), minZoom: 5, initial: true, switchable: true },
  { id: 'districts', kind: 'area', title: text('Batas kecamatan', 'District boundaries'), one: text('Kecamatan', 'District'), noun: text('kecamatan', 'districts'), minZoom: 0, initial: true, switchable: true },
  { id: 'coverage', kind: 'area', title: text('Cakupan internet', 'Internet coverage'), one: text('Cakupan', 'Coverage'), noun: text('area cakupan', 'coverage areas'), minZoom: 5, initial: true, switchable: true },
  { id: 'roads', kind: 'line', title: text('Jalan penghubung', 'Road links'), one: text('Ruas jalan', 'Road link'), noun: text('ruas jalan', 'road links'), minZoom: 5, initial: true, switchable: true },
  { id: 'destinations', kind: 'mark', title: text('Tempat wisata', 'Destinations'), one: text('Tempat wisata', 'Destination'), noun: text('tempat wisata', 'destinations'), minZoom: 5, initial: true, switchable: true },
  { id: 'blankspots', kind: 'mark', title: text('Titik tanpa sinyal', 'Blank spots'), one: text('Titik tanpa sinyal', 'Blank spot'), noun: text('titik tanpa sinyal', 'blank spots'), minZoom: 5, initial: false, switchable: true },
  { id: 'towers', kind: 'mark', title: text('Menara', 'Towers'), one: text('Menara', 'Tower'), noun: text('menara', 'towers'), minZoom: 8, initial: false, switchable: true },
  { id: 'products', kind: 'mark', title: text('Produk unggulan', 'Village products'), one: text('Produk', 'Product'), noun: text('produk', 'products'), minZoom: 8, initial: false, switchable: true },
  { id: 'villages_label', kind: 'context', title: text('Nama desa', 'Village names'), one: text('Nama', 'Name'), noun: text('nama', 'names'), minZoom: 10, initial: true, switchable: false },
];

export const collectionById: ReadonlyMap<string, CollectionStyle> = new Map(collections.map((c) => [c.id, c]));

/** Ids of the switchable collections drawn at first. */
export const initialLayers: readonly string[] = collections.filter((c) => c.switchable && c.initial).map((c) => c.id);

/** Ids of what is always drawn. */
export const ground: readonly string[] = collections.filter((c) => !c.switchable).map((c) => c.id);

/** The properties that drawing needs, by collection; names come with the attributes. */
export const tileProperties: Readonly<Record<string, readonly string[]>> = {
  roads: ['class'],
  coverage: ['operator', 'technology'],
  destinations: ['category'],
  products: ['category'],
};

/** Zooms at which tiles are cut; beyond the last they are enlarged. */
export const tileZooms = { min: 5, max: 14 } as const;

/** Zooms of the map. */
export const zooms = { min: 6, max: 18 } as const;

/** Units a tile is divided into: enough for a screen, little for the link. */
export const extentAt = (zoom: number): number => (zoom <= 8 ? 512 : zoom <= 10 ? 1024 : zoom <= 12 ? 2048 : 4096);
