// The page: its parts in their places, and how a change of state or data reaches
// each of them.

import { getAppInfo, onSavedAnswer } from '../data/api';
import type { AppInfo } from '../data/app-info';
import { Attributes } from '../data/attributes';
import { listenForChanges } from '../data/changes';
import { embedded, firstHash, readHash } from '../data/hash';
import { Places } from '../data/places';
import { Store, type State } from '../data/state';
import { archiveBefore, fromServer, type Before } from '../data/tile-fetch';
import { TileSource } from '../data/tile-source';
import { tileURL, wantedOf } from '../data/tile-url';
import type { Early } from '../early';
import { MapView } from '../map/map-view';
import type { GroundStyle } from '../map/paint';
import { answerOffline, savedBefore } from '../offline/begin';
import { startWorker } from '../offline/worker';
import { initialLayers } from '../schema/collections';
import { day, night } from '../schema/palette';
import { syncAddress } from './address';
import { renderBanner } from './banner';
import { type Context, speaker } from './context';
import { makeControls } from './controls';
import { DetailPanel } from './detail-panel';
import { Embed } from './embed';
import { hostOf, makeFrame } from './frame';
import { inView, renderList, summary } from './list-panel';
import { renderLayers } from './layers-panel';
import { Modes } from './modes';
import { nameOf } from './names';
import { darkness } from './night';
import { SearchBox } from './search-box';
import { Status } from './status';
import { Tooltip } from './tooltip';

/** How long the map is left in peace before what is in view is listed and said. */
const calm = 350;

/** What the planner's desk draws its own answer upon. */
const planned: ReadonlySet<string> = new Set(['villages', 'districts', 'roads', 'towers', 'blankspots']);

/** How long the rest of the page waits for the first view of the map. */
const patience = 1500;

/** The map comes first: the rest of the page is built once the first view stands. */
export async function startApp(first: AppInfo, early: Early['tiles']): Promise<void> {
  let app = first;
  const began = location.hash;
  const address = readHash(firstHash());
  const store = new Store({
    layers: new Set(address.layers ?? initialLayers), technology: address.technology ?? '', operator: address.operator ?? '',
    selection: address.selection, language: address.language ?? 'id', desk: address.desk ?? '', task: address.task ?? '',
  });
  const say = speaker(store);
  const status = new Status();
  const attributes = new Attributes();
  const places = new Places();
  const archiveFailed = (error: unknown) => {
    console.warn(error);
    status.announce(say('archiveFailed', { host: hostOf(app.archive) }), true);
  };
  const before: Before = app.archive ? archiveBefore(app.archive, archiveFailed) : (server) => server;
  const saved = savedBefore(() => app.version, (date) => fromStore(date));
  const source = new TileSource(saved(before(fromServer(tileURL(() => app.version), early))));
  const tooltip = new Tooltip();
  const frame = makeFrame((id) => (id === 'list' ? settleSoon() : undefined), (task) => store.set({ task, selection: undefined }));

  const shown = ({ layers, desk }: State) => (desk ? planned : layers);
  const style = (s: State): GroundStyle => ({ layers: shown(s), technology: s.technology, operator: s.operator, palette: darkness.matches ? night : day, night: darkness.matches });
  const wanted = (s: State) => wantedOf(app, shown(s));
  const others = (s: State) => [...app.others.values()].filter(({ id }) => s.layers.has(id));
  const named = (s: State) => ['villages', 'neighbours', ...shown(s)].filter((id) => app.collections.has(id));

  const embed = embedded() ? new Embed() : undefined;
  document.body.classList.toggle('embedded', embedded());
  const splash = [...document.body.children];
  document.body.prepend(frame.stage);
  let furnished = false;
  const view = new MapView(frame.map, {
    source, before, attributes, places, style: style(store.state), wanted: wanted(store.state), view: address.view, bounds: app.bounds,
    padding: frame.padding,
    events: {
      onSettle: () => furnished && settleSoon(),
      onClick: (hits, place) => furnished && void (modes.point(place) || detail.point(hits, place)),
      onLayerFailed: ({ title }) => status.announce(say('layerFailed', { layer: title }), true),
      onHover: (hit, x, y) => tooltip.show(hit && nameOf(hit, attributes, store.state.language), x, y),
    },
  });
  const retry = () => {
    if (kept) {
      void getAppInfo().then((now) => {
        if (now.saved) return;
        kept = '';
        trouble(false);
        if (now.version !== app.version) void changed([]);
        else view.refresh();
      }, () => undefined);
      return;
    }
    view.refresh();
    loadNames();
  };
  let kept = app.saved; // the day of the oldest that is shown in the place of what the server would say
  const trouble = (there: boolean) => status.report(kept ? say('savedData', { date: dayOf(kept, store.state.language) }) : there ? say(navigator.onLine ? 'serverGone' : 'offline') : undefined, say('retry'), retry);
  function fromStore(date: string): void {
    if (!kept || Date.parse(date) < Date.parse(kept)) kept = date;
    trouble(true);
  }
  onSavedAnswer(fromStore);
  answerOffline(fromStore);
  source.onAnswer = (ok) => trouble(!ok);
  if (kept) trouble(true);
  addEventListener('offline', () => trouble(true));
  addEventListener('online', () => furnished && retry());

  view.grid.once('tileload', () => performance.mark('petadesa-first-tile'));
  const whole = new Promise<void>((done) => view.grid.once('load', () => {
    performance.mark('petadesa-all-tiles');
    done();
  }));
  if (!address.selection && !address.task && !address.desk) await Promise.race([whole, new Promise((done) => setTimeout(done, patience))]);
  splash.forEach((element) => element.remove());
  frame.stage.before(...frame.above);
  frame.stage.after(frame.sheet.element, ...(embed?.parts ?? []), status.live, status.toast, status.trouble, tooltip.element);
  const context: Context = {
    store, attributes, places, view, app: () => app,
    announce: (message, visible) => status.announce(message, visible),
    open: (collection, id, bounds) => detail.open(collection, id, bounds),
  };
  const detail = new DetailPanel(frame, context);
  const modes = new Modes(frame, context);
  const search = new SearchBox(context);
  const [controls, controlWords] = makeControls(context);
  frame.search.append(search.element);
  frame.stage.append(controls);

  let timer = 0;
  let said = '';
  function settleSoon(): void {
    clearTimeout(timer);
    timer = window.setTimeout(settle, calm);
  }
  function settle(): void {
    const found = inView(context);
    const words = summary(context, found);
    frame.summary.textContent = words;
    if (words !== said) status.announce((said = words));
    if (frame.tabs.selected === 'list') renderList(frame.tabs.panels.get('list')!, context, found);
  }
  function renderWords(): void {
    const { language } = store.state;
    document.documentElement.lang = language;
    document.title = `Petadesa · ${app.title || say('subtitle')}`;
    frame.words(say, () => store.set({ language: language === 'id' ? 'en' : 'id' }), app, () => void detail.add());
    renderBanner(frame.banner, context);
    renderPanels();
    search.render();
    modes.words();
    controlWords();
    renderAboutIfOpen();
  }
  function renderAboutIfOpen(): void {
    if (frame.about.open) void import('./about').then(({ renderAbout }) => renderAbout(frame.about.querySelector('.about-body')!, context));
  }
  function renderPanels(): void {
    if (embed) embed.render(context);
    else renderLayers(frame.tabs.panels.get('layers')!, context);
  }
  let panelsTimer = 0;
  /** The tables of names come one after another: the panel waits for those that come together. */
  function panelsSoon(): void {
    clearTimeout(panelsTimer);
    panelsTimer = window.setTimeout(renderPanels, 100);
  }
  function loadNames(): void {
    for (const id of named(store.state)) void attributes.load(id);
  }

  let due = 0;
  /** Draws in another style once the pressed switch has been seen to move. */
  function restyleSoon(): void {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => setTimeout(() => {
      view.restyle(style(store.state), wanted(store.state));
      view.showOthers(others(store.state));
      loadNames();
      settleSoon();
    }));
  }

  attributes.onLoad = (collection, rows) => {
    if (rows.some((row) => row['lon'])) places.learnRows(collection, rows);
    view.redrawNames();
    panelsSoon();
    settleSoon();
  };
  store.listen((now, before) => {
    if (now.layers !== before.layers || !now.desk !== !before.desk || now.technology !== before.technology || now.operator !== before.operator) {
      renderPanels();
      restyleSoon();
    }
    if (now.language !== before.language) {
      renderWords();
      said = '';
      settleSoon();
    }
  });
  darkness.addEventListener('change', () => {
    view.restyle(style(store.state), wanted(store.state));
    renderPanels();
  });
  frame.about.addEventListener('toggle', renderAboutIfOpen);
  syncAddress(store, view, began);

  async function changed(collections: readonly string[]): Promise<void> {
    app = await getAppInfo();
    const ids = collections.length > 0 ? collections : [...app.collections.keys()];
    source.refresh(ids);
    places.forget(ids);
    attributes.refresh(ids);
    view.restyle(style(store.state), wanted(store.state));
    view.showOthers(others(store.state));
    renderWords();
    detail.refresh(false);
    status.announce(say('updated'), true);
  }
  renderWords();
  furnished = true;
  settleSoon();
  void whole.then(() => {
    document.documentElement.dataset['drawn'] = 'yes';
    loadNames();
    listenForChanges(() => app.version, (change) => void changed(change.collections).catch(() => trouble(true)), (open) => open && !status.trouble.hidden && retry());
    setTimeout(() => void startWorker().catch(() => undefined), 1000);
    if (app.basemap) void import('../map/raster').then(({ addRaster }) => addRaster(view.map, app.basemap!));
  });
  view.showOthers(others(store.state));
  detail.refresh();
}

/** A day as people write it. */
const dayOf = (date: string, language: string): string => new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(new Date(date));
