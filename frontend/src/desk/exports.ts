// The same answer as files, on paper, and as a link.

import { h } from '../ui/dom';
import type { Desk } from './desk';
import { parametersOf } from './state';
import type { Answer } from './types';

export function renderExports(desk: Desk, answer: Answer): HTMLElement {
  const { say } = desk;
  const at = (form: string) => `/api/coverage/gaps?${parametersOf(desk.state.question)}&sort=${encodeURIComponent(apiSort(desk.state.sort))}&f=${form}`;
  const forms = ['csv', 'xlsx', 'geojson'].filter((form) => form !== 'xlsx' || answer.links.some((l) => l.rel === 'xlsx'));
  return h('div', { class: 'desk-exports' },
    h('h2', {}, say('exports')),
    h('div', { class: 'actions' },
      ...forms.map((form) => h('a', { class: 'button', href: at(form), download: `gaps-${answer.by}.${form}` }, form === 'geojson' ? 'GeoJSON' : form.toUpperCase())),
      h('button', { type: 'button', class: 'button', onclick: () => print() }, say('print')),
      h('button', { type: 'button', class: 'button', onclick: () => void navigator.clipboard?.writeText(location.href).then(() => desk.context.announce(say('copied'), true)).catch(() => undefined) }, say('copyLink')),
      h('a', { class: 'button', href: answer.permalink, target: '_blank', rel: 'noopener' }, 'API')));
}

/** A column of the desk's table as the API sorts by it; the desk's own shares have no such column. */
const apiSort = (sort: string): string => (/(share|unknown|official)$/.test(sort) ? '-people_gap' : sort);
