// Two panels under two tabs, by the tabs pattern of the ARIA Authoring Practices.

import { h, pictogram } from './dom';

export interface Tab {
  readonly id: string;
  readonly icon: string;
}

export class Tabs {
  readonly bar = h('div', { class: 'tabs', role: 'tablist' });
  readonly panels = new Map<string, HTMLElement>();
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private current: string;

  constructor(tabs: readonly Tab[], private readonly chosen: (id: string) => void) {
    this.current = tabs[0]!.id;
    for (const { id, icon } of tabs) {
      const button = h('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `tabpanel-${id}` }, pictogram(icon), h('span', { class: 'tab-text' }));
      button.addEventListener('click', () => {
        this.choose(id);
        this.chosen(id);
      });
      this.buttons.set(id, button);
      this.bar.append(button);
      this.panels.set(id, h('section', { role: 'tabpanel', id: `tabpanel-${id}`, class: 'tabpanel', 'aria-labelledby': `tab-${id}`, tabindex: '0' }));
    }
    this.bar.addEventListener('keydown', (event) => this.key(event));
    this.choose(this.current);
  }

  get selected(): string {
    return this.current;
  }

  choose(id: string): void {
    this.current = id;
    for (const [name, button] of this.buttons) {
      button.setAttribute('aria-selected', String(name === id));
      button.tabIndex = name === id ? 0 : -1;
      this.panels.get(name)!.hidden = name !== id;
    }
  }

  label(id: string, text: string): void {
    const span = this.buttons.get(id)?.querySelector('.tab-text');
    if (span) span.textContent = text;
  }

  private key(event: KeyboardEvent): void {
    const ids = [...this.buttons.keys()];
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = ids[(ids.indexOf(this.current) + step + ids.length) % ids.length]!;
    this.choose(next);
    this.chosen(next);
    this.buttons.get(next)?.focus();
  }
}
