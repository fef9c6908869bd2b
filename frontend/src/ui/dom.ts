// Makes elements. Text is always set as text, never read as markup.

type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;

/** An element with attributes and children; on… attributes are listeners, true and false set or leave out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, attributes);
  element.append(...children.filter((c): c is Node | string => c !== undefined && c !== false));
  return element;
}

const svgSpace = 'http://www.w3.org/2000/svg';

/** An SVG element; shape attributes are attributes, never inline styles. */
export function s(tag: string, attributes: Attributes = {}, ...children: Node[]): SVGElement {
  const element = document.createElementNS(svgSpace, tag);
  apply(element, attributes);
  element.append(...children);
  return element;
}

function apply(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
}

/** A pictogram of 20 by 20 drawn with strokes; hidden from screen readers. */
export function pictogram(path: string): SVGElement {
  return s('svg', { viewBox: '0 0 20 20', class: 'pictogram', 'aria-hidden': 'true', focusable: 'false' }, s('path', { d: path }));
}

export const pictograms = {
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  locate: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v3M10 15.5v3M1.5 10h3M15.5 10h3',
  home: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4',
  back: 'M12 4l-6 6 6 6',
  share: 'M7.5 9 12.5 6M7.5 11l5 3M5.5 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM14.5 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM14.5 13a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  edit: 'M4 16l.8-3.6L13.5 3.7a1.4 1.4 0 0 1 2 0l.8.8a1.4 1.4 0 0 1 0 2L7.6 15.2z',
  up: 'M4 12.5l6-6 6 6',
  layers: 'M10 3l7.5 4L10 11 2.5 7zM3 11l7 3.7L17 11M3 14.5l7 3.5 7-3.5',
  near: 'M10 2.5a5.2 5.2 0 0 0-5.2 5.2C4.8 11.6 10 17.5 10 17.5s5.2-5.9 5.2-9.8A5.2 5.2 0 0 0 10 2.5zM10 6a1.8 1.8 0 1 0 0 3.6A1.8 1.8 0 0 0 10 6z',
  route: 'M5 13.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM15 2.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7 15.5h5.5a3 3 0 0 0 0-6h-5a3 3 0 0 1 0-6H13',
  score: 'M4 17v-5M10 17V4M16 17V9',
  save: 'M10 3v9M6 9l4 4 4-4M4 16.5h12',
  print: 'M6 8V3h8v5M6 14H3.5V8h13v6H14M6 12h8v5H6z',
  image: 'M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4',
  swap: 'M7 16V4M4 7l3-3 3 3M13 4v12M10 13l3 3 3-3',
  list: 'M7 5h10M7 10h10M7 15h10M3 5h.5M3 10h.5M3 15h.5',
} as const;
