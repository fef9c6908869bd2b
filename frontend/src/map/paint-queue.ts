// Paints canvases in tasks of their own, newest wish for a canvas only, and not
// before the next frame: so fingers and keys are answered first. The browser draws
// what a frame's tasks told a canvas at the end of the frame; so, once the first view
// stands and there are fingers on it, a frame gets one canvas. Until then every frame
// costs more than what is painted for it, and a task paints several.

import type { Map as LeafletMap } from 'leaflet';

/** How long a task paints before the first view stands, in ms. */
const batch = 40;

const queues = new WeakMap<LeafletMap, PaintQueue>();

export class PaintQueue {
  private readonly jobs = new Map<object, () => void>();
  private readonly urgent = new Map<object, () => void>();
  private readonly channel = new MessageChannel();
  private running = false;
  /** Whether each frame gets one canvas, rather than as many as fit. */
  paced = false;

  constructor() {
    this.channel.port1.onmessage = () => this.step();
  }

  /** The one queue of a map. */
  static of(map: LeafletMap): PaintQueue {
    let queue = queues.get(map);
    if (!queue) queues.set(map, (queue = new PaintQueue()));
    return queue;
  }

  /** Does the job soon, instead of an earlier one with the same key; what is urgent comes before the rest. */
  add(key: object, job: () => void, urgent = false): void {
    (urgent ? this.urgent : this.jobs).set(key, job);
    if (this.running) return;
    this.running = true;
    this.next(true);
  }

  /** Forgets the job of a key. */
  drop(key: object): void {
    this.jobs.delete(key);
    this.urgent.delete(key);
  }

  private next(frame: boolean): void {
    if (frame) requestAnimationFrame(() => this.channel.port2.postMessage(0));
    else this.channel.port2.postMessage(0);
  }

  private step(): void {
    const until = this.paced ? 0 : performance.now() + batch;
    do {
      const jobs = this.urgent.size > 0 ? this.urgent : this.jobs;
      const next = jobs.entries().next().value;
      if (!next) break;
      jobs.delete(next[0]);
      next[1]();
    } while (performance.now() < until);
    this.running = this.urgent.size + this.jobs.size > 0;
    if (this.running) this.next(this.paced);
  }
}
