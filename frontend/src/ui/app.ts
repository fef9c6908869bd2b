// The page: its parts in their places, and how a change of state or data reaches
// each of them.

import { getAppInfo } from '../data/api';
import { listenForChanges } from '../data/changes';
import { embedded } from '../data/hash';
import { MapView } from '../map/map-view';
import { startWorker } from '../offline/worker';
import { syncAddress } from './address';
import { renderBanner } from './banner';
import { type Context, speaker } from './context';
import { makeControls } from './controls';
import { DetailPanel } from './detail-panel';
import { Embed } from './embed';
import type { FirstView } from './first-view';
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

/** Builds the page around the map that stands. */
export function startApp(first: FirstView): void {
  const { store, attributes, places, source, health, ground, stage } = first;
  const say = speaker(store);
  const status = new Status();
  const tooltip = new Tooltip();
  const frame = makeFrame(stage, (id) => (id === 'list' ? settleSoon() : undefined), (task) => store.set({ task, selection: undefined }));
  ground.padding = frame.padding;

  const others = () => [...first.app.others.values()].filter(({ id }) => store.state.layers.has(id));

  const embed = embedded() ? new Embed() : undefined;
  const view = new MapView(ground, {
    before: first.before, places, style: first.style,
    events: {
      onSettle: settleSoon,
      onClick: (hits, place) => void (modes.point(place) || detail.point(hits, place)),
      onLayerFailed: ({ title }) => status.announce(say('layerFailed', { layer: title }), true),
      onHover: (hit, x, y) => tooltip.show(hit && nameOf(hit, attributes, store.state.language), x, y),
    },
  });
  const retry = () => {
    if (health.kept) {
      void getAppInfo().then((now) => {
        if (now.saved) return;
        health.kept = '';
        health.answered(true);
        if (now.version !== first.app.version) void changed([]);
        else view.refresh();
      }, () => undefined);
      return;
    }
    view.refresh();
    first.loadNames();
  };
  let archiveGone = false;
  health.onChange = () => {
    const { kept, away } = health;
    status.report(kept ? say('savedData', { date: dayOf(kept, store.state.language) }) : away ? say(navigator.onLine ? 'serverGone' : 'offline') : undefined, say('retry'), retry);
    if (health.archiveGone && !archiveGone) status.announce(say('archiveFailed', { host: hostOf(first.app.archive) }), true);
    archiveGone = health.archiveGone;
  };
  addEventListener('offline', () => health.answered(false));
  addEventListener('online', retry);

  for (const element of [...document.body.children]) if (element !== stage) element.remove(); // what said that it loads
  stage.before(...frame.above);
  stage.after(frame.sheet.element, ...(embed?.parts ?? []), status.live, status.toast, status.trouble, tooltip.element);
  const context: Context = {
    store, attributes, places, view, app: () => first.app,
    announce: (message, visible) => status.announce(message, visible),
    open: (collection, id, bounds) => detail.open(collection, id, bounds),
  };
  const detail = new DetailPanel(frame, context);
  const modes = new Modes(frame, context);
  const search = new SearchBox(context);
  const [controls, controlWords] = makeControls(context);
  frame.search.append(search.element);
  stage.append(controls);

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
    document.title = `Petadesa · ${first.app.title || say('subtitle')}`;
    frame.words(say, () => store.set({ language: language === 'id' ? 'en' : 'id' }), first.app, () => void detail.add());
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

  let due = 0;
  /** Draws in another style once the pressed switch has been seen to move. */
  function restyleSoon(): void {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => setTimeout(() => {
      view.restyle(first.style, first.wanted);
      view.showOthers(others());
      first.loadNames();
      settleSoon();
    }));
  }

  first.onNames = () => {
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
    view.restyle(first.style, first.wanted);
    renderPanels();
  });
  frame.about.addEventListener('toggle', renderAboutIfOpen);
  syncAddress(store, view, first.began);

  async function changed(collections: readonly string[]): Promise<void> {
    first.app = await getAppInfo();
    const ids = collections.length > 0 ? collections : [...first.app.collections.keys()];
    source.refresh(ids);
    places.forget(ids);
    attributes.refresh(ids);
    view.restyle(first.style, first.wanted);
    view.showOthers(others());
    renderWords();
    detail.refresh(false);
    status.announce(say('updated'), true);
  }
  health.onChange();
  renderWords();
  settleSoon();
  void first.whole.then(() => {
    document.documentElement.dataset['drawn'] = 'yes';
    listenForChanges(() => first.app.version, (change) => void changed(change.collections).catch(() => health.answered(false)), (open) => open && !status.trouble.hidden && retry());
    setTimeout(() => void startWorker().catch(() => undefined), 1000);
    if (first.app.basemap) void import('../map/raster').then(({ addRaster }) => addRaster(view.map, first.app.basemap!));
  });
  view.showOthers(others());
  detail.refresh();
}

/** A day as people write it. */
const dayOf = (date: string, language: string): string => new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(new Date(date));
