// Names and classes of all features of a collection, loaded once as a small
// table: tiles carry ids only, so a label, a list or a hover finds its words here.

import { getRows } from './api';
import type { Row } from './csv';

const columns: Readonly<Record<string, readonly string[]>> = {
  villages: ['name', 'kind', 'district_code', 'district'],
  districts: ['name'],
  neighbours: ['name'],
  destinations: ['name', 'name_en', 'category'],
  blankspots: ['name'],
  towers: ['operators'],
  products: ['name', 'category'],
  coverage: ['operator', 'technology', 'quality'],
};

/** Collections of points, whose table says where they are; of the others it would carry the outlines. */
const points: ReadonlySet<string> = new Set(['destinations', 'blankspots', 'towers', 'products']);

export class Attributes {
  private readonly tables = new Map<string, Map<string, Row>>();
  private readonly loading = new Map<string, Promise<void>>();
  /** Called when a table arrived. */
  onLoad: (collection: string, rows: readonly Row[]) => void = () => {};

  /** The row of a feature, or undefined while it is not loaded. */
  row(collection: string, id: string): Row | undefined {
    return this.tables.get(collection)?.get(id);
  }

  /** All rows of a collection by id, empty while not loaded. */
  table(collection: string): ReadonlyMap<string, Row> {
    return this.tables.get(collection) ?? new Map<string, Row>();
  }

  /** Loads a collection's table unless it is at hand; failures leave it absent. */
  load(collection: string): Promise<void> {
    const properties = columns[collection];
    if (!properties) return Promise.resolve();
    let promise = this.loading.get(collection);
    if (!promise) {
      promise = getRows(collection, properties, points.has(collection) ? {} : { skipGeometry: 'true' }).then((rows) => {
        this.tables.set(collection, new Map(rows.map((row) => [row['id'] ?? '', row])));
        this.onLoad(collection, rows);
      }).catch(() => {
        this.loading.delete(collection);
      });
      this.loading.set(collection, promise);
    }
    return promise;
  }

  /** Loads again the tables that were loaded, after a change of the data. */
  refresh(collections: readonly string[]): void {
    for (const collection of collections) {
      if (this.loading.delete(collection)) void this.load(collection);
    }
  }
}
