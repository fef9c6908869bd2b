// The page's frame: header with search, the map, the panel with its tabs. It
// knows where things are, not what is in them.

import type { AppInfo } from '../data/app-info';
import { h, pictogram, pictograms, s } from './dom';
import type { Speak } from './context';
import { padding, type Padding } from '../map/measures';
import { Sheet } from './sheet';
import { Tabs } from './tabs';

export interface Frame {
  readonly above: readonly HTMLElement[];
  /** Holds the map and what floats over it. */
  readonly stage: HTMLElement;
  readonly search: HTMLElement;
  /** Where the choice between exploring and planning goes. */
  readonly modes: HTMLElement;
  /** The planner's desk, instead of the rest of the panel. */
  readonly desk: HTMLElement;
  readonly banner: HTMLElement;
  readonly summary: HTMLElement;
  readonly sheet: Sheet;
  readonly tabs: Tabs;
  /** The parts of the panel other than the detail. */
  readonly browse: HTMLElement;
  readonly detail: HTMLElement;
  /** What the visitor does: ways, places near, a saved area. */
  readonly task: HTMLElement;
  /** Filled with where the data come from when it is opened. */
  readonly about: HTMLDetailsElement;
  words(say: Speak, switchLanguage: () => void, app: AppInfo, addPoint: () => void): void;
  padding(): Padding;
}

/** stage holds the map and what floats over it. */
export function makeFrame(stage: HTMLElement, tabChosen: (id: string) => void, begin: (task: string) => void): Frame {
  const map = stage.firstElementChild as HTMLElement;
  const banner = h('section', { class: 'banner', hidden: true });
  stage.append(banner);
  const language = h('button', { type: 'button', class: 'language' });
  const subtitle = h('p', { class: 'subtitle' });
  const search = h('div', { class: 'search-slot' });
  const modes = h('div', { class: 'modes', role: 'group' });
  const desk = h('div', { class: 'desk', tabindex: '-1', hidden: true });
  const skip = h('a', { href: '#tab-list', class: 'skip' });
  const header = h('header', { class: 'top' },
    h('div', { class: 'brand' }, mark(), h('div', { class: 'brand-text' }, h('h1', {}, 'Petadesa'), subtitle), language), modes, search);
  const sheet = new Sheet(() => undefined);
  const tabs = new Tabs([{ id: 'layers', icon: pictograms.layers }, { id: 'list', icon: pictograms.list }], (id) => {
    sheet.reveal();
    tabChosen(id);
  });
  const summary = h('p', { class: 'summary' });
  const footer = h('footer', { class: 'credits' });
  const aboutTitle = h('summary');
  const about = h('details', { class: 'about' }, aboutTitle, h('div', { class: 'about-body' }));
  const tools = tasks.map(({ id, icon }) => h('button', { type: 'button', class: 'tool', 'data-task': id, onclick: () => begin(id) }, pictogram(icon), h('span')));
  const browse = h('div', { class: 'browse' }, h('div', { class: 'tools' }, ...tools), tabs.bar, summary, ...tabs.panels.values(), about, footer);
  const detail = h('article', { class: 'detail', 'aria-labelledby': 'detail-title', hidden: true });
  const task = h('article', { class: 'task', 'aria-labelledby': 'task-title', hidden: true });
  sheet.body.append(browse, desk, task, detail);
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    if (!desk.hidden) {
      sheet.reveal();
      desk.focus();
      return;
    }
    tabs.choose('list');
    sheet.reveal();
    tabChosen('list');
    document.getElementById('tab-list')?.focus();
  });

  const words: Frame['words'] = (say, switchLanguage, app, addPoint) => {
    skip.textContent = say('skip');
    subtitle.textContent = app.title || say('subtitle');
    language.textContent = document.documentElement.lang === 'id' ? 'EN' : 'ID';
    language.setAttribute('aria-label', say('language'));
    language.title = say('language');
    language.onclick = switchLanguage;
    map.setAttribute('aria-label', say('mapName'));
    map.setAttribute('aria-roledescription', say('mapRole'));
    modes.setAttribute('aria-label', say('mode'));
    sheet.element.setAttribute('aria-label', say('panel'));
    sheet.say({ expand: say('expand'), collapse: say('collapse') });
    tabs.bar.setAttribute('aria-label', say('panel'));
    tabs.label('layers', say('layers'));
    tabs.label('list', say('inView'));
    tasks.forEach(({ word }, i) => (tools[i]!.lastElementChild!.textContent = say(word)));
    aboutTitle.textContent = say('attribution');
    footer.replaceChildren(
      h('button', { type: 'button', class: 'button', onclick: addPoint }, pictogram(pictograms.plus), say('addPoint')),
      h('p', {}, say('aboutBody')),
      ...(app.basemap ? [h('p', {}, `${say('drawnWithRaster')} ${app.basemap.attribution}`)] : []),
      ...(app.archive ? [h('p', {}, say('drawnWithArchive', { host: hostOf(app.archive) }))] : []),
      ...(app.basemap || app.archive ? [] : [h('p', {}, say('drawnWith'))]),
      h('p', {}, h('a', { href: '/api' }, say('openData')), ` · ${say('version')} ${app.version.slice(0, 12)}`));
  };
  return { above: [skip, header], stage, search, modes, desk, banner, summary, sheet, tabs, browse, detail, task, about, words, padding: () => padding(sheet.covered()) };
}

/** What a visitor can begin, in the order of the buttons. */
const tasks = [
  { id: 'near', icon: pictograms.near, word: 'taskNear' },
  { id: 'route', icon: pictograms.route, word: 'taskRoute' },
  { id: 'score', icon: pictograms.score, word: 'taskScore' },
  { id: 'save', icon: pictograms.save, word: 'taskSave' },
  { id: 'share', icon: pictograms.share, word: 'taskShare' },
] as const;

/** The host of an address, for people. */
export const hostOf = (url: string): string => new URL(url, location.href).host;

function mark(): SVGElement {
  return s('svg', { viewBox: '0 0 32 32', class: 'mark', 'aria-hidden': 'true' },
    s('rect', { width: 32, height: 32, rx: 8, fill: '#0f5c63' }),
    s('path', { d: 'M6 20.5 12.5 8l5 7 2.5-3.5L26 20.5z', fill: '#fbf9f3' }),
    s('path', { d: 'M6 24c2.5-1.8 4.5-1.8 6.7 0s4.5 1.8 6.7 0 4.3-1.8 6.6 0', fill: 'none', stroke: '#8fd0cf', 'stroke-width': 2.2, 'stroke-linecap': 'round' }));
}
