// Ways on a saved graph: the nearest place on it, and the cheapest way between two
// such places by Dijkstra's algorithm, with the server's integer weights and its rule
// for parts of edges, so that both find ways of the same cost.

import { between, planeAt, round } from './metres';
import { closed, type Graph, type RoadVehicle } from './roads';

/** A place on an edge. */
export interface Spot {
  readonly edge: number;
  /** Of the way along the edge, by metres. */
  readonly share: number;
  /** In 1e-7 degrees. */
  readonly x: number;
  readonly y: number;
  /** From the place asked for. */
  readonly metres: number;
}

/** A part of an edge that is travelled, between two shares. */
export interface Piece {
  readonly edge: number;
  readonly start: number;
  readonly end: number;
  readonly millis: number;
}

export interface Way {
  readonly pieces: readonly Piece[];
  readonly millis: number;
  readonly metres: number;
}

/** How far a place may be from the nearest road, in metres. */
export const maxOffRoad = 10_000;

export const edgeMetres = (g: Graph, e: number): number => {
  let sum = 0;
  for (let k = g.first[e]! + 1; k < g.first[e + 1]!; k++) sum += between(g.vertices[2 * k - 2]!, g.vertices[2 * k - 1]!, g.vertices[2 * k]!, g.vertices[2 * k + 1]!);
  return sum;
};

/** The place on the graph nearest to a point that the vehicle may use. */
export function nearest(g: Graph, vehicle: RoadVehicle, lon: number, lat: number): Spot | undefined {
  const [px, py] = planeAt(lat);
  const vx = round(lon * 1e7), vy = round(lat * 1e7);
  let best = maxOffRoad, edge = -1, segment = 0, along = 0;
  for (let e = 0; e < g.edges; e++) {
    if (g.forward[vehicle][e] === closed && g.backward[vehicle][e] === closed) continue;
    for (let k = g.first[e]!; k < g.first[e + 1]! - 1; k++) {
      const ax = g.vertices[2 * k]!, ay = g.vertices[2 * k + 1]!;
      const dx = (g.vertices[2 * k + 2]! - ax) * px, dy = (g.vertices[2 * k + 3]! - ay) * py;
      const wx = (vx - ax) * px, wy = (vy - ay) * py;
      const n = dx * dx + dy * dy;
      const share = n > 0 ? Math.min(Math.max((wx * dx + wy * dy) / n, 0), 1) : 0;
      const metres = Math.hypot(wx - share * dx, wy - share * dy);
      if (metres < best) [best, edge, segment, along] = [metres, e, k, share];
    }
  }
  if (edge < 0) return undefined;
  const v = g.vertices;
  const ax = v[2 * segment]!, ay = v[2 * segment + 1]!;
  const x = ax + round((v[2 * segment + 2]! - ax) * along), y = ay + round((v[2 * segment + 3]! - ay) * along);
  let before = 0;
  for (let k = g.first[edge]!; k < segment; k++) before += between(v[2 * k]!, v[2 * k + 1]!, v[2 * k + 2]!, v[2 * k + 3]!);
  before += between(ax, ay, x, y);
  const total = edgeMetres(g, edge);
  return { edge, share: total > 0 ? Math.min(before / total, 1) : 0, x, y, metres: best };
}

interface Entry {
  readonly node: number;
  readonly cost: number;
  readonly piece: Piece;
}

const part = (weight: number, share: number): number => round(weight * share);

/** How to leave a spot, or, into, how to come to it. */
function ends(g: Graph, vehicle: RoadVehicle, s: Spot, into: boolean): Entry[] {
  const all: Entry[] = [];
  const f = g.forward[vehicle][s.edge]!, b = g.backward[vehicle][s.edge]!;
  const add = (node: number, cost: number, start: number, end: number) => all.push({ node, cost, piece: { edge: s.edge, start, end, millis: cost } });
  if (f !== closed) {
    if (into) add(g.from[s.edge]!, part(f, s.share), 0, s.share);
    else add(g.to[s.edge]!, part(f, 1 - s.share), s.share, 1);
  }
  if (b !== closed) {
    if (into) add(g.to[s.edge]!, part(b, 1 - s.share), 1, s.share);
    else add(g.from[s.edge]!, part(b, s.share), s.share, 0);
  }
  return all;
}

/** The way on the one edge that both spots are on. */
function direct(g: Graph, vehicle: RoadVehicle, from: Spot, to: Spot): Piece | undefined {
  if (from.edge !== to.edge) return undefined;
  let weight = g.forward[vehicle][from.edge]!;
  let forward = true;
  if (to.share < from.share || weight === closed) {
    weight = g.backward[vehicle][from.edge]!;
    forward = false;
  }
  if (weight === closed || (!forward && to.share > from.share)) return undefined;
  return { edge: from.edge, start: from.share, end: to.share, millis: part(weight, Math.abs(to.share - from.share)) };
}

/** Costs from a spot to all nodes, and the pieces that lead there. */
export interface Tree {
  readonly cost: Float64Array;
  readonly by: readonly (Piece | undefined)[];
  readonly before: Int32Array;
}

/** Grows the tree from a spot until all nodes of stop are settled, or everywhere. */
export function grow(g: Graph, vehicle: RoadVehicle, from: Spot, stop: ReadonlySet<number> = new Set()): Tree {
  const cost = new Float64Array(g.nodes).fill(Infinity);
  const before = new Int32Array(g.nodes).fill(-1);
  const by: (Piece | undefined)[] = new Array<Piece | undefined>(g.nodes);
  const done = new Uint8Array(g.nodes);
  const heap = new Heap();
  const reach = (node: number, to: number, piece: Piece, previous: number) => {
    if (to >= cost[node]!) return;
    cost[node] = to;
    by[node] = piece;
    before[node] = previous;
    heap.push(to, node);
  };
  for (const e of ends(g, vehicle, from, false)) reach(e.node, e.cost, e.piece, -1);
  let left = stop.size;
  for (let n = heap.pop(); n >= 0; n = heap.pop()) {
    if (done[n]) continue;
    done[n] = 1;
    if (stop.has(n) && --left === 0) break;
    for (const e of g.at[n]!) {
      const f = g.forward[vehicle][e]!, b = g.backward[vehicle][e]!;
      if (f !== closed && g.from[e] === n) reach(g.to[e]!, cost[n]! + f, { edge: e, start: 0, end: 1, millis: f }, n);
      if (b !== closed && g.to[e] === n) reach(g.from[e]!, cost[n]! + b, { edge: e, start: 1, end: 0, millis: b }, n);
    }
  }
  return { cost, by, before };
}

/** The cheapest way of a tree to a spot. */
export function wayTo(g: Graph, vehicle: RoadVehicle, tree: Tree, from: Spot, to: Spot): Way | undefined {
  const straight = direct(g, vehicle, from, to);
  let best: Entry | undefined;
  let cost = straight ? straight.millis : Infinity;
  for (const e of ends(g, vehicle, to, true)) {
    if (tree.cost[e.node]! + e.cost < cost) [cost, best] = [tree.cost[e.node]! + e.cost, e];
  }
  if (!Number.isFinite(cost)) return undefined;
  let pieces: Piece[] = straight ? [straight] : [];
  if (best) {
    pieces = [best.piece];
    for (let n = best.node; n >= 0; n = tree.before[n]!) pieces.push(tree.by[n]!);
    pieces.reverse();
  }
  return { pieces, millis: cost, metres: pieces.reduce((sum, p) => sum + edgeMetres(g, p.edge) * Math.abs(p.end - p.start), 0) };
}

/** The cheapest way between two spots. */
export function findWay(g: Graph, vehicle: RoadVehicle, from: Spot, to: Spot): Way | undefined {
  const tree = grow(g, vehicle, from, new Set(ends(g, vehicle, to, true).map((e) => e.node)));
  return wayTo(g, vehicle, tree, from, to);
}

/** A binary heap of nodes by cost. */
class Heap {
  private readonly costs: number[] = [];
  private readonly nodes: number[] = [];

  push(cost: number, node: number): void {
    let i = this.costs.push(cost) - 1;
    this.nodes.push(node);
    for (let up = (i - 1) >> 1; i > 0 && this.costs[up]! > cost; up = (i - 1) >> 1) {
      this.swap(i, up);
      i = up;
    }
  }

  /** The cheapest node, or -1. */
  pop(): number {
    if (this.nodes.length === 0) return -1;
    this.swap(0, this.nodes.length - 1);
    const node = this.nodes.pop()!;
    this.costs.pop();
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      if (left >= this.nodes.length) return node;
      const least = left + 1 < this.nodes.length && this.costs[left + 1]! < this.costs[left]! ? left + 1 : left;
      if (this.costs[i]! <= this.costs[least]!) return node;
      this.swap(i, least);
      i = least;
    }
  }

  private swap(a: number, b: number): void {
    [this.costs[a], this.costs[b]] = [this.costs[b]!, this.costs[a]!];
    [this.nodes[a], this.nodes[b]] = [this.nodes[b]!, this.nodes[a]!];
  }
}
