// A table that is sorted by its headings, searched, and walked with the keys of
// a grid: arrows move, Enter opens. The map and it show the same.

import { h } from '../ui/dom';
import type { DeskSay } from './words';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  readonly numeric?: boolean;
  /** What it is sorted by; null sorts last. */
  value(row: T): number | string | null;
  /** What is shown; the value unless given. */
  cell?(row: T): Node | string;
}

export interface TableOptions<T> {
  readonly columns: readonly Column<T>[];
  readonly label: string;
  readonly say: DeskSay;
  key(row: T): string;
  /** What a row is found by. */
  text(row: T): string;
  /** A row was chosen with Enter, a click or a tap. */
  open?(row: T): void;
  /** A row is the one the keyboard or the mouse is on. */
  mark?(row: T | undefined): void;
  /** Another order was chosen: a column, with a minus before it when the greatest comes first. */
  sorted?(sort: string): void;
  readonly sort?: string;
}

const fold = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export class Table<T> {
  readonly element: HTMLElement;
  private readonly body = h('tbody');
  private readonly count = h('p', { class: 'desk-count', role: 'status' });
  private readonly find: HTMLInputElement;
  private readonly headings = new Map<string, HTMLElement>();
  private rows: readonly T[] = [];
  private shown: T[] = [];
  private lines: HTMLTableRowElement[] = [];
  private current = 0;
  private chosen = '';
  private sort: string;

  constructor(private readonly options: TableOptions<T>) {
    const { columns, label, say } = options;
    this.sort = options.sort ?? '';
    this.find = h('input', { type: 'search', class: 'desk-find', 'aria-label': say('find'), placeholder: say('find'), autocomplete: 'off', oninput: () => this.render() });
    const head = h('tr', {}, ...columns.map((column) => {
      const button = h('button', { type: 'button', title: say('sortBy', { column: column.title }), onclick: () => this.sortBy(column) }, column.title);
      const cell = h('th', { scope: 'col', class: column.numeric ? 'numeric' : undefined }, button);
      this.headings.set(column.id, cell);
      return cell;
    }));
    const table = h('table', { role: 'grid', 'aria-label': `${label}. ${say('tableHelp')}` }, h('thead', {}, head), this.body);
    this.body.addEventListener('keydown', (event) => this.key(event));
    this.body.addEventListener('click', (event) => {
      const at = this.lines.indexOf((event.target as Element).closest('tr') as HTMLTableRowElement);
      if (at >= 0 && !(event.target as Element).closest('a, button, input')) this.open(at);
    });
    this.body.addEventListener('mouseover', (event) => {
      const at = this.lines.indexOf((event.target as Element).closest('tr') as HTMLTableRowElement);
      options.mark?.(this.shown[at]);
    });
    this.body.addEventListener('mouseleave', () => options.mark?.(undefined));
    this.element = h('div', { class: 'desk-table' },
      h('div', { class: 'desk-table-top' }, this.find, this.count),
      h('div', { class: 'desk-scroll', tabindex: '-1' }, table));
  }

  /** Shows these rows. */
  set(rows: readonly T[]): void {
    this.rows = rows;
    this.render();
  }

  /** Marks a row as chosen, without opening it. */
  choose(key: string): void {
    this.chosen = key;
    this.lines.forEach((line, i) => line.setAttribute('aria-selected', String(this.options.key(this.shown[i]!) === key)));
  }

  private sortBy(column: Column<T>): void {
    const down = this.sort.startsWith('-');
    const same = this.sort.replace(/^-/, '') === column.id;
    this.sort = (same ? !down : column.numeric) ? '-' + column.id : column.id;
    this.render();
    this.options.sorted?.(this.sort);
  }

  private ordered(): T[] {
    const wanted = fold(this.find.value.trim()).split(/\s+/).filter(Boolean);
    const found = wanted.length > 0 ? this.rows.filter((row) => wanted.every((word) => fold(this.options.text(row)).includes(word))) : [...this.rows];
    const down = this.sort.startsWith('-');
    const column = this.options.columns.find((c) => c.id === this.sort.replace(/^-/, ''));
    if (!column) return found;
    const keyed = found.map((row) => ({ row, value: column.value(row), key: this.options.key(row) }));
    keyed.sort((a, b) => {
      if (a.value === null || b.value === null) return a.value === b.value ? compare(a.key, b.key) : a.value === null ? 1 : -1;
      const order = compare(a.value, b.value);
      return (down ? -order : order) || compare(a.key, b.key);
    });
    return keyed.map(({ row }) => row);
  }

  private render(): void {
    const { columns, say, key } = this.options;
    this.shown = this.ordered();
    this.current = Math.max(0, this.shown.findIndex((row) => key(row) === this.chosen));
    this.lines = this.shown.map((row, i) => h('tr', { tabindex: i === this.current ? '0' : '-1', 'aria-selected': String(key(row) === this.chosen), 'data-key': key(row) },
      ...columns.map((column, c) => h(c === 0 ? 'th' : 'td', { scope: c === 0 ? 'row' : undefined, class: column.numeric ? 'numeric' : undefined }, column.cell?.(row) ?? String(column.value(row) ?? '–')))));
    this.body.replaceChildren(...this.lines);
    if (this.lines.length === 0) this.body.append(h('tr', {}, h('td', { colspan: columns.length, class: 'empty' }, say('nothing'))));
    const column = this.sort.replace(/^-/, '');
    for (const [id, heading] of this.headings) heading.setAttribute('aria-sort', id !== column ? 'none' : this.sort.startsWith('-') ? 'descending' : 'ascending');
    this.count.textContent = say('rows', { count: this.shown.length, total: this.rows.length });
  }

  private key(event: KeyboardEvent): void {
    if ((event.target as Element).closest('a, button, input')) return;
    const at = this.lines.indexOf(event.target as HTMLTableRowElement);
    if (at < 0) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.open(at);
      return;
    }
    const last = this.lines.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 12, PageUp: at - 12, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.go(Math.max(0, Math.min(last, to)));
  }

  private go(to: number): void {
    this.lines[this.current]?.setAttribute('tabindex', '-1');
    this.current = to;
    const line = this.lines[to];
    line?.setAttribute('tabindex', '0');
    line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: 'nearest' });
    this.options.mark?.(this.shown[to]);
  }

  private open(at: number): void {
    const row = this.shown[at];
    if (!row || !this.options.open) return;
    this.go(at);
    this.choose(this.options.key(row));
    this.options.open(row);
  }
}

const compare = (a: number | string, b: number | string): number => (typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b), 'id') : a - b);
