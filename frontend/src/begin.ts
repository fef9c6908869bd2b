// Begins the application: the map for what the server has, then the page around it.
// Parts that are loaded later are built to come after it, never after the styles: see
// frontend/build/join.go.

import { getAppInfo } from './data/api';
import type { Early } from './early';
import { FirstView } from './ui/first-view';
import { showFatal } from './ui/fatal';

export async function begin(early: Early): Promise<void> {
  performance.mark('petadesa-begins');
  try {
    const first = new FirstView(await getAppInfo(early.info), early.tiles);
    await first.stands();
    const { startApp } = await import('./ui/app');
    startApp(first);
  } catch (error) {
    console.error(error);
    showFatal(() => location.reload());
  }
}
