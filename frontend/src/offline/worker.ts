// The page's side of the service worker: registered once the map is drawn, and told
// what the first view fetched, so that the next visit needs no network.

/** Registers the worker and has it keep what this page has already fetched. */
export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || location.pathname.startsWith('/embed')) return;
  await navigator.serviceWorker.register('/sw.js');
  const { active } = await navigator.serviceWorker.ready;
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.startsWith(location.origin));
  active?.postMessage({ keep: fetched });
}

/** Has the worker keep every part of the program, for use without a network. */
export async function keepProgram(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  await new Promise<void>((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve();
    active?.postMessage({ all: true }, [channel.port2]);
    setTimeout(resolve, 20_000);
  });
}
