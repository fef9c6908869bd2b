// Kept scenarios beside each other: in a table, and the first two on the map.

import { h } from '../ui/dom';
import type { Desk } from './desk';
import { renderCompared } from './difference';
import { ask, askJSON } from './request';
import type { Compared, Scenario } from './scenario-types';
import { trouble } from './trouble';

const root = '/api/coverage/scenarios';

export class Comparison {
  readonly element = h('section');
  private shown = '';
  private request: AbortController | undefined;

  constructor(private readonly desk: Desk) {}

  /** Whether the map shows kept scenarios. */
  get open(): boolean {
    return this.desk.state.scenarios.length > 1;
  }

  /** Shows the scenarios of the state; over is called when there is nothing to compare any more. */
  render(over: () => void): void {
    const { desk } = this;
    const ids = desk.state.scenarios;
    const key = [desk.language, desk.context.app().version, ...ids].join('/');
    if (key === this.shown) return;
    const was = this.shown;
    this.shown = key;
    this.request?.abort();
    if (!this.open) {
      this.element.replaceChildren();
      if (was) over();
      return;
    }
    void this.load(ids);
  }

  close(): void {
    this.request?.abort();
  }

  private async load(ids: readonly string[]): Promise<void> {
    const { desk } = this;
    const { say, language } = desk;
    const { signal } = (this.request = new AbortController());
    const heading = h('h2', {}, say('compareIt'));
    this.element.replaceChildren(heading, h('p', { class: 'loading', role: 'status' }, say('computing')));
    try {
      const compared = await askJSON<Compared>(`${root}/compare?ids=${ids.join(',')}`, { signal });
      this.element.replaceChildren(heading, h('p', { class: 'desk-quiet' }, say('compareMap')), ...(compared.same_question ? [] : [h('p', { class: 'note' }, say('otherQuestion'))]),
        renderCompared(compared, (code) => desk.context.open('villages', code), say, language));
      const [left, right] = await Promise.all(ids.slice(0, 2).map(async (id) => (await (await ask(`${root}/${id}`, { signal })).json()) as Scenario));
      desk.overlay({ left: classesOf(left!), right: classesOf(right!), names: [left!.name, right!.name] });
    } catch (error) {
      if (!signal.aborted) this.element.replaceChildren(heading, trouble(error, say, () => void this.load(ids)));
    }
  }
}

/** The classes that a scenario gives villages, by code. */
export const classesOf = (s: Scenario): ReadonlyMap<string, string> => new Map(s.rows.map((r) => [r.code, r.after.class]));
