// The search box: suggestions as one types, chosen with arrow keys or a tap. The
// combobox pattern of the ARIA Authoring Practices Guide, list autocomplete.

import { boundsOf, getJSON, type Feature } from '../data/api';
import { badgeOf } from '../map/badge';
import { collectionById } from '../schema/collections';
import { formatValue } from '../schema/fields';
import { type Context, speaker } from './context';
import { h, pictogram, pictograms } from './dom';
import { badgeSwatch } from './swatches';

const limit = 8;
const pause = 120;

interface Answer {
  readonly features: readonly Feature[];
}

/** A search box other than that of the page. */
export interface Purpose {
  /** Of the input; its suggestions are named after it. */
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  chosen(feature: Feature): void;
}

export class SearchBox {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly clear = h('button', { type: 'button', class: 'icon-button clear', hidden: true }, pictogram(pictograms.close));
  private readonly list: HTMLElement;
  private readonly note = h('p', { class: 'search-note', hidden: true });
  private results: readonly Feature[] = [];
  private active = -1;
  private timer = 0;
  private request: AbortController | undefined;

  constructor(private readonly context: Context, private readonly purpose?: Purpose) {
    const id = purpose?.id ?? 'search';
    this.input = h('input', { id, type: 'search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.listID });
    this.input.value = purpose?.value ?? '';
    this.list = h('ul', { id: this.listID, role: 'listbox', hidden: true });
    this.element = h('div', { class: 'search', role: purpose ? undefined : 'search' },
      pictogram(pictograms.search), this.input, this.clear, h('div', { class: 'suggestions' }, this.list, this.note));
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('focus', () => this.results.length > 0 && this.input.value !== '' && this.show());
    this.input.addEventListener('blur', () => setTimeout(() => this.hide(), 150));
    this.clear.addEventListener('click', () => {
      this.input.value = '';
      this.typed();
      this.input.focus();
    });
    this.render();
  }

  private get listID(): string {
    return this.purpose ? `${this.purpose.id}-suggestions` : 'suggestions';
  }

  private optionID(index: number): string {
    return this.purpose ? `${this.purpose.id}-suggestion-${index}` : `suggestion-${index}`;
  }

  /** Writes the words in the language of now. */
  render(): void {
    const say = speaker(this.context.store);
    this.input.placeholder = this.purpose?.placeholder ?? say('search');
    this.input.setAttribute('aria-label', this.purpose?.label ?? say('searchLabel'));
    this.clear.setAttribute('aria-label', say('clear'));
    this.list.setAttribute('aria-label', say('searchLabel'));
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.request?.abort();
    const query = this.input.value.trim();
    this.clear.hidden = query === '';
    if (query.length < 2) {
      this.results = [];
      this.hide();
      return;
    }
    this.timer = window.setTimeout(() => void this.ask(query), pause);
  }

  private async ask(query: string): Promise<void> {
    const say = speaker(this.context.store);
    const request = (this.request = new AbortController());
    try {
      const answer = await getJSON<Answer>(`/api/search?q=${encodeURIComponent(query.slice(0, 200))}&limit=${limit}${this.near()}`, request.signal);
      this.results = answer.features ?? [];
      this.active = -1;
      this.note.textContent = this.results.length === 0 ? say('searchNothing', { query }) : '';
      this.context.announce(this.results.length === 0 ? this.note.textContent : say('searchCount', { count: this.results.length }));
    } catch {
      if (request.signal.aborted) return;
      this.results = [];
      this.note.textContent = say('searchFailed');
    }
    this.show();
  }

  /** The middle of the view, to a tenth of a degree: what is near it comes first. */
  private near(): string {
    const { lon, lat } = this.context.view.view();
    return `&lon=${lon.toFixed(1)}&lat=${lat.toFixed(1)}`;
  }

  private show(): void {
    this.note.hidden = this.note.textContent === '';
    this.list.hidden = this.results.length === 0;
    this.list.replaceChildren(...this.results.map((feature, i) => this.option(feature, i)));
    this.input.setAttribute('aria-expanded', String(!this.list.hidden));
    this.mark();
  }

  private option(feature: Feature, index: number): HTMLElement {
    const p = feature.properties;
    const collection = String(p['collection'] ?? '');
    const category = this.context.attributes.row('destinations', String(p['id'] ?? ''))?.['category'] ?? String(p['subtitle'] ?? '').split(',')[0];
    const item = h('li', { role: 'option', id: this.optionID(index), class: 'suggestion' },
      collection === 'destinations' ? badgeSwatch(badgeOf('destinations', category)) : h('span', { class: `spot ${collection || 'coordinate'}` }),
      h('span', { class: 'entry-text' },
        h('span', { class: 'entry-title' }, ...marked(String(p['name'] ?? ''), p['marks'])),
        h('span', { class: 'entry-subtitle' }, this.subtitle(collection, String(p['subtitle'] ?? '')))));
    item.addEventListener('pointerdown', (event) => event.preventDefault());
    item.addEventListener('click', () => this.choose(index));
    return item;
  }

  /** What the result is and where, in words: the server's begins with the category of a destination. */
  private subtitle(collection: string, given: string): string {
    const { language } = this.context.store.state;
    const noun = collectionById.get(collection)?.one[language] ?? '';
    const parts = given.split(', ').filter(Boolean);
    if (collection === 'destinations' && parts[0]) return [formatValue('category', parts[0], language), ...parts.slice(1)].join(' · ');
    return [noun, ...parts].filter(Boolean).join(' · ');
  }

  private key(event: KeyboardEvent): void {
    const count = this.list.hidden ? 0 : this.results.length;
    if (event.key === 'ArrowDown' && count > 0) this.move((this.active + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) this.move((this.active - 1 + count) % count);
    else if (event.key === 'Enter' && count > 0) this.choose(Math.max(0, this.active));
    else if (event.key === 'Escape' && (count > 0 || this.input.value !== '')) {
      if (count === 0) this.input.value = '';
      this.hide();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private move(to: number): void {
    this.active = to;
    this.mark();
  }

  private mark(): void {
    [...this.list.children].forEach((item, i) => {
      item.setAttribute('aria-selected', String(i === this.active));
      if (i === this.active) item.scrollIntoView({ block: 'nearest' });
    });
    if (this.active >= 0) this.input.setAttribute('aria-activedescendant', this.optionID(this.active));
    else this.input.removeAttribute('aria-activedescendant');
  }

  private choose(index: number): void {
    const feature = this.results[index];
    if (!feature) return;
    const p = feature.properties;
    const collection = String(p['collection'] ?? '');
    this.input.value = String(p['name'] ?? '');
    this.clear.hidden = false;
    this.hide();
    if (this.purpose) {
      this.purpose.chosen(feature);
      return;
    }
    const bounds = feature.bbox ?? boundsOf(feature.geometry);
    if (collection === '' && bounds) this.context.view.showPlace({ lon: bounds[0], lat: bounds[1] });
    else this.context.open(collection, String(p['id'] ?? feature.id), bounds && { west: bounds[0], south: bounds[1], east: bounds[2], north: bounds[3] });
  }

  private hide(): void {
    this.list.hidden = true;
    this.note.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}

/** A name with what was asked for in it marked: from and up to, in characters. */
function marked(name: string, marks: unknown): (Node | string)[] {
  const parts: (Node | string)[] = [];
  const letters = [...name];
  let at = 0;
  for (const mark of Array.isArray(marks) ? (marks as unknown[]) : []) {
    const [from, to] = Array.isArray(mark) ? mark.map(Number) : [];
    if (from === undefined || to === undefined || !(from >= at && to > from)) continue;
    parts.push(letters.slice(at, from).join(''), h('mark', {}, letters.slice(from, to).join('')));
    at = to;
  }
  return [...parts, letters.slice(at).join('')].filter((part) => part !== '');
}
