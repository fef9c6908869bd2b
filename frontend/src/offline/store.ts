// The saved areas on this device, in IndexedDB: each is one record with the pack as
// it came. A small note in localStorage tells the page at its start whether there
// are any, so that who saved nothing loads nothing of this.

import { note } from './note';
import { readPack, type Box } from './pack';

export interface SavedArea {
  readonly id: string;
  readonly name: string;
  readonly box: Box;
  readonly zooms: readonly [number, number];
  readonly snapshot: string;
  /** When the data were loaded by the server. */
  readonly built: string;
  /** When they were saved here. */
  readonly saved: string;
  readonly size: number;
  readonly bytes: ArrayBuffer;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('petadesa', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('areas', { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no storage'));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (areas: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction('areas', mode);
      const request = work(transaction.objectStore('areas'));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error ?? new Error('not stored'));
    });
  } finally {
    db.close();
  }
}

/** All areas, the one saved last first. */
export async function savedAreas(): Promise<SavedArea[]> {
  const all = await within<SavedArea[]>('readonly', (areas) => areas.getAll());
  return all.sort((a, b) => b.saved.localeCompare(a.saved));
}

/** Keeps a pack under its box, in the place of an older one of the same box. */
export async function keepArea(bytes: ArrayBuffer, name: string, saved: string): Promise<SavedArea> {
  const { bbox, zooms, snapshot, built } = readPack(bytes);
  const area: SavedArea = { id: bbox.join(','), name, box: bbox, zooms, snapshot, built, saved, size: bytes.byteLength, bytes };
  await within('readwrite', (areas) => areas.put(area));
  await remember();
  return area;
}

export async function removeArea(id: string): Promise<void> {
  await within('readwrite', (areas) => areas.delete(id));
  await remember();
}

async function remember(): Promise<void> {
  const count = await within<number>('readonly', (areas) => areas.count());
  try {
    localStorage.setItem(note, String(count));
  } catch {
    // Storage is closed to us: then IndexedDB is too.
  }
}
