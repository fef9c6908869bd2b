// Paints canvases one task at a time, newest wish for a canvas only, and not
// before the next frame: so fingers and keys are answered first. The browser draws
// what a frame's tasks told a canvas at the end of the frame; so, once the first view
// stands and there are fingers on it, a frame gets one canvas.

export class PaintQueue {
  private readonly jobs = new Map<object, () => void>();
  private readonly channel = new MessageChannel();
  private running = false;
  /** Whether each frame gets one canvas, rather than as many as come. */
  paced = false;

  constructor() {
    this.channel.port1.onmessage = () => this.step();
  }

  /** Does the job soon, instead of an earlier one with the same key. */
  add(key: object, job: () => void): void {
    this.jobs.set(key, job);
    if (this.running) return;
    this.running = true;
    this.next(true);
  }

  /** Forgets the job of a key. */
  drop(key: object): void {
    this.jobs.delete(key);
  }

  private next(frame: boolean): void {
    if (frame) requestAnimationFrame(() => this.channel.port2.postMessage(0));
    else this.channel.port2.postMessage(0);
  }

  private step(): void {
    const next = this.jobs.entries().next().value;
    if (next) {
      this.jobs.delete(next[0]);
      next[1]();
    }
    this.running = this.jobs.size > 0;
    if (this.running) this.next(this.paced);
  }
}
