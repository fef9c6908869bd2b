// The part of the form that measures: start, progress, stop, result.

import { h } from '../ui/dom';
import { givenUp, why } from './request';
import { measureSpeed, mostMegabytes, type Speed } from './speed';
import type { ReportSay } from './words';

export class SpeedBox {
  readonly element: HTMLElement;
  /** What was measured and shall be sent. */
  result: Speed | undefined;
  private running: AbortController | undefined;
  private readonly start: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly bar: HTMLProgressElement;
  private readonly status = h('p', { role: 'status', class: 'help' });

  constructor(private readonly say: ReportSay) {
    this.bar = h('progress', { max: '1', value: '0', hidden: true, 'aria-label': say('measuring') });
    this.start = h('button', { type: 'button', class: 'button', onclick: () => void this.run() }, say('measure'));
    this.stop = h('button', { type: 'button', class: 'button', hidden: true, onclick: () => (this.running ? this.end() : this.clear('')) }, say('stop'));
    this.element = h('fieldset', {}, h('legend', {}, say('speed')), h('p', { class: 'help' }, say('speedHelp', { mb: mostMegabytes })),
      h('div', { class: 'actions' }, this.start, this.stop), this.bar, this.status);
  }

  /** Whether there is anything to measure; what was is not sent otherwise. */
  allow(works: boolean): void {
    if (!works) {
      this.end();
      this.clear(this.say('noSpeed'));
    } else if (this.start.disabled) this.clear('');
    this.start.disabled = !works;
  }

  /** Stops what runs. */
  end(): void {
    this.running?.abort();
  }

  private clear(said: string): void {
    this.result = undefined;
    this.stop.hidden = true;
    this.start.textContent = this.say('measure');
    this.status.textContent = said;
  }

  private async run(): Promise<void> {
    const { say, bar, status, stop, start } = this;
    const running = (this.running = new AbortController());
    this.result = undefined;
    start.hidden = true;
    stop.hidden = bar.hidden = false;
    stop.textContent = say('stop');
    stop.focus();
    status.textContent = say('measuring');
    try {
      const speed = await measureSpeed(running.signal, (part) => (bar.value = part));
      running.signal.throwIfAborted();
      this.result = speed;
      status.textContent = say('measured', { ...speed });
      start.textContent = say('again');
      stop.textContent = say('drop');
    } catch (error) {
      this.clear(start.disabled ? say('noSpeed') : givenUp(error) || running.signal.aborted ? say('stopped') : say('measureFailed', { why: why(error, say) }));
    } finally {
      this.running = undefined;
      start.hidden = false;
      bar.hidden = true;
      if (this.element.contains(document.activeElement) || document.activeElement === document.body) start.focus();
    }
  }
}
