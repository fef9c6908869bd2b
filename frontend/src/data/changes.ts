// Listens for changes of the data, so that the map shows them within a second.

export interface Change {
  readonly version: string;
  /** Ids of the collections that changed. */
  readonly collections: readonly string[];
}

/** Calls back at every change after the version that known() names, also those
 * that happened while the connection was lost (then with no collections: all may
 * have changed). connected tells whether the stream is open. */
export function listenForChanges(known: () => string, changed: (change: Change) => void, connected: (open: boolean) => void): () => void {
  const stream = new EventSource('/api/events');
  stream.addEventListener('open', () => connected(true));
  stream.addEventListener('error', () => connected(false));
  stream.addEventListener('snapshot', (event) => {
    const data = JSON.parse((event as MessageEvent<string>).data) as { version: string; changed?: { id: string }[] };
    if (data.version !== known()) changed({ version: data.version, collections: (data.changed ?? []).map((c) => c.id) });
  });
  return () => stream.close();
}
