// Begins the application: asks the server what it has, builds the page around the
// map, and joins state, address, data and screen.

import { getAppInfo } from './data/app-info';
import { startApp } from './ui/app';
import { showFatal } from './ui/fatal';

getAppInfo().then(startApp).catch((error: unknown) => {
  console.error(error);
  showFatal(() => location.reload());
});
