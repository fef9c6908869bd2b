// Reads vector tiles of a PMTiles archive, version 3, by HTTP range requests, as
// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md describes it.
// Compression is none or gzip. Loaded when the operator named an archive.

import type { TileAddress } from './mercator';

export interface PMTiles {
  readonly maxZoom: number;
  /** Ids of the layers its metadata name. */
  readonly layers: ReadonlySet<string>;
  /** The decompressed tile, or undefined when there is none. */
  tile(address: TileAddress, signal: AbortSignal): Promise<ArrayBuffer | undefined>;
}

/** A run of equal tiles; with run 0 a leaf directory. */
interface Entry {
  readonly id: number;
  readonly run: number;
  readonly offset: number;
  readonly length: number;
}

/** Reads length bytes of an archive from an offset, or those there are. */
export type Range = (offset: number, length: number, signal?: AbortSignal) => Promise<ArrayBuffer>;

/** The header and the root directory lie within the first so many bytes. */
const start = 16384;
/** Leaf directories kept. */
const leaves = 64;

/** Opens an archive; fails when it cannot be read by ranges or holds no vector tiles. */
export async function openPMTiles(url: string, range: Range = overHTTP(url)): Promise<PMTiles> {
  const head = await range(0, start);
  const view = new DataView(head);
  const at = (offset: number): number => view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 2 ** 32;
  const magic = String.fromCharCode(...new Uint8Array(head, 0, 7));
  if (magic !== 'PMTiles' || view.getUint8(7) !== 3) throw new Error(`${url} is not PMTiles of version 3`);
  if (view.getUint8(99) !== 1) throw new Error(`${url} holds no vector tiles`);
  const [inner, outer] = [view.getUint8(97), view.getUint8(98)];
  const part = (offset: number, length: number, signal?: AbortSignal) => (offset + length <= head.byteLength ? Promise.resolve(head.slice(offset, offset + length)) : range(offset, length, signal));
  const directory = async (offset: number, length: number) => readDirectory(new Uint8Array(await plain(await part(offset, length), inner)));
  const [root, metadata] = await Promise.all([directory(at(8), at(16)), part(at(24), at(32)).then((bytes) => plain(bytes, inner))]);
  const known = new Map<number, Promise<Entry[]>>();
  const leaf = (offset: number, length: number): Promise<Entry[]> => {
    let found = known.get(offset);
    if (!found) {
      if (known.size >= leaves) known.delete(known.keys().next().value!);
      found = directory(at(40) + offset, length);
      found.catch(() => known.delete(offset));
      known.set(offset, found);
    }
    return found;
  };
  return {
    maxZoom: view.getUint8(101),
    layers: new Set(layersOf(metadata)),
    async tile(address, signal) {
      const id = tileID(address);
      let entry = find(root, id);
      for (let depth = 0; entry?.run === 0 && depth < 3; depth++) entry = find(await leaf(entry.offset, entry.length), id);
      if (!entry || id >= entry.id + entry.run) return undefined;
      return plain(await range(at(56) + entry.offset, entry.length, signal), outer);
    },
  };
}

/** The number of a tile along the Hilbert curves of all zooms, as PMTiles counts. */
export function tileID({ z, x, y }: TileAddress): number {
  let id = (4 ** z - 1) / 3;
  for (let side = 2 ** z / 2; side >= 1; side /= 2) {
    const [right, below] = [x & side ? 1 : 0, y & side ? 1 : 0];
    id += side * side * ((3 * right) ^ below);
    if (below) continue;
    if (right) [x, y] = [side - 1 - x, side - 1 - y];
    [x, y] = [y, x];
  }
  return id;
}

function layersOf(metadata: ArrayBuffer): string[] {
  const { vector_layers: listed } = JSON.parse(new TextDecoder().decode(metadata)) as { vector_layers?: { id: string }[] };
  return (listed ?? []).map(({ id }) => id);
}

/** Reads bytes over HTTP; a server that sends the whole file instead fails. */
const overHTTP = (url: string): Range => async (offset, length, signal) => {
  const stop = new AbortController();
  signal?.addEventListener('abort', () => stop.abort());
  const response = await fetch(url, { headers: { Range: `bytes=${offset}-${offset + length - 1}` }, signal: stop.signal });
  if (response.status !== 206) {
    stop.abort();
    throw new Error(`${url}: status ${response.status}, not a range`);
  }
  return response.arrayBuffer();
};

async function plain(bytes: ArrayBuffer, compression: number): Promise<ArrayBuffer> {
  if (compression === 1) return bytes;
  if (compression !== 2) throw new Error(`compression ${compression} of the archive is not known`);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

function readDirectory(bytes: Uint8Array): Entry[] {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let weight = 1; at < bytes.length; weight *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
    throw new Error('a directory of the archive ends early');
  };
  const column = (count: number): number[] => Array.from({ length: count }, varint);
  const count = varint();
  if (count > bytes.length) throw new Error('a directory of the archive is damaged');
  const [steps, runs, lengths, offsets] = [column(count), column(count), column(count), column(count)];
  let id = 0;
  let next = 0;
  return steps.map((step, i) => {
    id += step;
    const offset = offsets[i] === 0 && i > 0 ? next : offsets[i]! - 1;
    next = offset + lengths[i]!;
    return { id, run: runs[i]!, offset, length: lengths[i]! };
  });
}

/** The last entry that does not begin after id. */
function find(entries: readonly Entry[], id: number): Entry | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.id <= id) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}
