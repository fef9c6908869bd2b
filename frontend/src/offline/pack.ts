// A saved area as the server packs it: a header in JSON, then the tiles, the places
// and the roads one after another.

import type { Feature } from '../data/api';

export type Box = readonly [west: number, south: number, east: number, north: number];

export interface PackHeader {
  readonly format: number;
  readonly bbox: Box;
  readonly zooms: readonly [number, number];
  readonly snapshot: string;
  readonly built: string;
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
}

export interface Pack extends PackHeader {
  part(name: 'tiles' | 'places' | 'roads'): ArrayBuffer;
}

export type PlacesOf = Readonly<Record<string, readonly Feature[]>>;

const magic = 'PETAPACK';

/** Reads a pack; fails when it is none or was cut short. */
export function readPack(bytes: ArrayBuffer): Pack {
  if (bytes.byteLength < 12 || String.fromCharCode(...new Uint8Array(bytes, 0, 8)) !== magic) throw new Error('this is no saved area');
  const length = new DataView(bytes).getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 12, length))) as PackHeader;
  if (header.format !== 1) throw new Error(`a saved area of form ${header.format} is not known`);
  const ends = header.parts.reduce((sum, part) => sum + part.bytes, 12 + length);
  if (ends !== bytes.byteLength) throw new Error(`the saved area has ${bytes.byteLength} bytes of ${ends}`);
  return {
    ...header,
    part(name) {
      let at = 12 + length;
      for (const part of header.parts) {
        if (part.name === name) return bytes.slice(at, at + part.bytes);
        at += part.bytes;
      }
      return new ArrayBuffer(0);
    },
  };
}

/** Unpacks gzip. */
export const unzip = (bytes: ArrayBuffer): Promise<ArrayBuffer> => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();

export async function readPlaces(pack: Pack): Promise<PlacesOf> {
  return JSON.parse(new TextDecoder().decode(await unzip(pack.part('places')))) as PlacesOf;
}
