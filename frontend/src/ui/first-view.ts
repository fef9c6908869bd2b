// What stands before the rest of the page: the state that the address asks for, where
// tiles come from, and the map.

import { onSavedAnswer } from '../data/api';
import type { AppInfo } from '../data/app-info';
import { Attributes } from '../data/attributes';
import { embedded, firstHash, readHash } from '../data/hash';
import { Health } from '../data/health';
import { Places } from '../data/places';
import { Store } from '../data/state';
import { archiveBefore, fromServer, type Before } from '../data/tile-fetch';
import { TileSource } from '../data/tile-source';
import { tileURL, wantedOf } from '../data/tile-url';
import { fetchPage, type Early } from '../early';
import { Ground } from '../map/ground';
import type { GroundStyle } from '../map/paint';
import { answerOffline, savedBefore } from '../offline/begin';
import { initialLayers } from '../schema/collections';
import { day, night } from '../schema/palette';
import { darkness } from './night';

/** What the planner's desk draws its own answer upon. */
const planned: ReadonlySet<string> = new Set(['villages', 'districts', 'roads', 'towers', 'blankspots']);

/** How long the rest of the page waits for the map, in ms. */
const patience = 1500;

export class FirstView {
  /** The address that the state was read from. */
  readonly began = location.hash;
  readonly store: Store;
  readonly health: Health;
  readonly attributes = new Attributes();
  readonly places = new Places();
  /** Stands before the server for tiles of collections. */
  readonly before: Before;
  readonly source: TileSource;
  /** Holds the map and what floats over it. */
  readonly stage = document.createElement('main');
  readonly ground: Ground;
  /** Called when names arrived, after the map has been given them. */
  onNames: () => void = () => {};
  /** Every tile of the first view is drawn. */
  readonly whole: Promise<void>;

  /** Puts the map into the page. app is what the server says of itself now; early are answers to come. */
  constructor(public app: AppInfo, early: Early['tiles']) {
    const address = readHash(firstHash());
    this.store = new Store({
      layers: new Set(address.layers ?? initialLayers), technology: address.technology ?? '', operator: address.operator ?? '',
      selection: address.selection, language: address.language ?? 'id', desk: address.desk ?? '', task: address.task ?? '',
    });
    this.health = new Health(app.saved);
    const fromStore = (date: string) => this.health.fromStore(date);
    onSavedAnswer(fromStore);
    answerOffline(fromStore);
    this.before = app.archive ? archiveBefore(app.archive, (error) => this.health.archiveFailed(error)) : (server) => server;
    const saved = savedBefore(() => this.app.version, fromStore);
    this.source = new TileSource(saved(this.before(fromServer(tileURL(() => this.app.version), early))));
    this.source.onAnswer = (ok) => this.health.answered(ok);

    const map = document.createElement('div');
    map.id = 'map';
    map.tabIndex = 0;
    map.setAttribute('role', 'application');
    this.stage.className = 'stage';
    this.stage.append(map);
    document.body.classList.toggle('embedded', embedded());
    document.querySelector('.splash[hidden]')?.remove();
    document.body.prepend(this.stage);
    const { attributes, places, source } = this;
    this.ground = new Ground(map, { source, attributes, places, style: this.style, wanted: this.wanted, view: address.view, bounds: app.bounds });
    attributes.onLoad = (collection, rows) => {
      if (rows.some((row) => row['lon'])) places.learnRows(collection, rows);
      this.ground.marks.redraw();
      this.onNames();
    };
    this.ground.grid.once('tileload', () => {
      performance.mark('petadesa-first-tile');
      document.querySelector('.splash')?.remove();
      fetchPage();
    });
    this.whole = new Promise((done) => this.ground.grid.once('load', () => {
      performance.mark('petadesa-all-tiles');
      this.loadNames();
      done();
    }));
  }

  /** Settles when the rest of the page may come: once the map stands, unless the address asks for more. */
  async stands(): Promise<void> {
    const { selection, task, desk } = this.store.state;
    if (!selection && !task && !desk) await Promise.race([this.whole, new Promise((done) => setTimeout(done, patience))]);
  }

  /** Loads the names of what is shown. */
  loadNames(): void {
    for (const id of ['villages', 'neighbours', ...this.shown]) if (this.app.collections.has(id)) void this.attributes.load(id);
  }

  /** The collections that the state of now shows. */
  get shown(): ReadonlySet<string> {
    const { layers, desk } = this.store.state;
    return desk ? planned : layers;
  }

  /** The collections that the map needs to show them. */
  get wanted(): string[] {
    return wantedOf(this.app, this.shown);
  }

  get style(): GroundStyle {
    const { technology, operator } = this.store.state;
    return { layers: this.shown, technology, operator, palette: darkness.matches ? night : day, night: darkness.matches };
  }
}
