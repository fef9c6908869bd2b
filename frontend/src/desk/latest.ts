// Asks for the newest of what is wanted and for nothing else: at once when
// nothing is under way; otherwise when that has answered, or, once the wishes
// have rested for a moment, in its place.

/** How long wishes rest before a request that is under way is given up, in ms. */
const calm = 120;

export class Latest<T> {
  private running: AbortController | undefined;
  private waiting: { readonly wish: T } | undefined;
  private timer = 0;

  /** run answers one wish; it must not fail. */
  constructor(private readonly run: (wish: T, signal: AbortSignal) => Promise<void>) {}

  want(wish: T): void {
    this.waiting = { wish };
    clearTimeout(this.timer);
    if (!this.running) this.next();
    else this.timer = window.setTimeout(() => this.next(), calm);
  }

  /** Gives up what is under way and what waits. */
  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = this.waiting = undefined;
  }

  private next(): void {
    const { waiting } = this;
    if (!waiting) return;
    clearTimeout(this.timer);
    this.running?.abort();
    this.waiting = undefined;
    const mine = (this.running = new AbortController());
    void this.run(waiting.wish, mine.signal).finally(() => {
      if (this.running !== mine) return;
      this.running = undefined;
      this.next();
    });
  }
}
