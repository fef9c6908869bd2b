// The graph of the roads of a saved area, as api/offline_roads.go writes it.

export interface Road {
  readonly name: string;
  readonly ref: string;
  readonly class: string;
  readonly surface: string;
  readonly condition: string;
}

export const closed = -1;
const vehicleOrder = ['car', 'motorcycle', 'walk'] as const;
export type RoadVehicle = (typeof vehicleOrder)[number];

export interface Graph {
  readonly nodes: number;
  readonly edges: number;
  readonly roads: readonly Road[];
  readonly road: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Vertices of edge e are first[e] to first[e + 1], two numbers each, in 1e-7 degrees. */
  readonly first: Int32Array;
  readonly vertices: Int32Array;
  /** Milliseconds by edge; closed where there is no way. */
  readonly forward: Readonly<Record<RoadVehicle, Float64Array>>;
  readonly backward: Readonly<Record<RoadVehicle, Float64Array>>;
  /** By edge: state and share of its length in ten-thousandths, by turns. */
  readonly signal: readonly (readonly number[])[];
  /** Edges that leave a node, and enter it, as first and list. */
  readonly at: readonly (readonly number[])[];
}

const magic = 'PETAROAD1';

/** Reads a graph; fails when it is damaged. */
export function readRoads(bytes: Uint8Array): Graph {
  let at = magic.length;
  if (new TextDecoder().decode(bytes.subarray(0, at)) !== magic) throw new Error('these are no saved roads');
  const unsigned = (): number => {
    let value = 0;
    for (let weight = 1; at < bytes.length; weight *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
    throw new Error('the saved roads end early');
  };
  const signed = (): number => {
    const value = unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const count = (): number => {
    const n = unsigned();
    if (n > bytes.length) throw new Error('the saved roads are damaged');
    return n;
  };
  const text = new TextDecoder();
  const words = Array.from({ length: count() }, () => {
    const length = count();
    return text.decode(bytes.subarray(at, (at += length)));
  });
  const word = () => words[unsigned()] ?? '';
  const roads = Array.from({ length: count() }, () => ({ name: word(), ref: word(), class: word(), surface: word(), condition: word() }));
  const nodes = count();
  const edges = count();
  const ints = () => new Int32Array(edges);
  const weights = () => ({ car: new Float64Array(edges), motorcycle: new Float64Array(edges), walk: new Float64Array(edges) });
  const [road, from, to, first] = [ints(), ints(), ints(), new Int32Array(edges + 1)];
  const [forward, backward] = [weights(), weights()];
  const vertices: number[] = [];
  const signal: number[][] = [];
  const around: number[][] = Array.from({ length: nodes }, () => []);
  let [startX, startY] = [0, 0];
  for (let e = 0; e < edges; e++) {
    [road[e], from[e], to[e]] = [unsigned(), unsigned(), unsigned()];
    const length = count();
    let [x, y] = [startX, startY];
    for (let i = 0; i < length; i++) {
      x += signed();
      y += signed();
      if (i === 0) [startX, startY] = [x, y];
      vertices.push(x, y);
    }
    first[e + 1] = vertices.length / 2;
    for (const v of vehicleOrder) {
      const [f, b] = [unsigned(), unsigned()];
      forward[v][e] = f === 0 ? closed : f - 1;
      backward[v][e] = b === 0 ? forward[v][e]! : b === 1 ? closed : b - 2;
    }
    const stretches: number[] = [];
    for (let n = count(); n > 0; n--) stretches.push(bytes[at++]!, unsigned());
    signal.push(stretches);
    if (from[e]! >= nodes || to[e]! >= nodes || road[e]! >= roads.length) throw new Error('the saved roads are damaged');
    around[from[e]!]!.push(e);
    if (to[e] !== from[e]) around[to[e]!]!.push(e);
  }
  return { nodes, edges, roads, road, from, to, first, vertices: Int32Array.from(vertices), forward, backward, signal, at: around };
}
