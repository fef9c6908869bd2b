// Begins the application: builds the page around the map for what the server has, and
// joins state, address, data and screen. Parts that are loaded later are built to come
// after it, never after the styles: see frontend/build/join.go.

import { getAppInfo } from './data/api';
import type { Early } from './early';
import { startApp } from './ui/app';
import { showFatal } from './ui/fatal';

export function begin(early: Early): void {
  performance.mark('petadesa-begins');
  getAppInfo(early.info).then((app) => startApp(app, early.tiles)).catch((error: unknown) => {
    console.error(error);
    showFatal(() => location.reload());
  });
}
