// Where what is shown comes from: the server, or what was kept while it is away.

export class Health {
  /** Day of the oldest that is shown in the place of what the server would say, or ''. */
  kept: string;
  /** The server did not answer when it was last asked. */
  away = false;
  /** The operator's archive of tiles cannot be read: the server is asked instead. */
  archiveGone = false;
  /** Called after a change. */
  onChange: () => void = () => {};

  /** kept is the day of the server's own words when the browser gave them in its place. */
  constructor(kept: string) {
    this.kept = kept;
  }

  answered(ok: boolean): void {
    this.away = !ok;
    this.onChange();
  }

  /** Something of a day was shown in the place of the server's answer. */
  fromStore(date: string): void {
    if (!this.kept || Date.parse(date) < Date.parse(this.kept)) this.kept = date;
    this.onChange();
  }

  archiveFailed(error: unknown): void {
    console.warn(error);
    this.archiveGone = true;
    this.onChange();
  }
}
