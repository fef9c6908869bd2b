// The notice that village boundaries are approximate or missing, with the commands
// that load real ones. Once dismissed it stays away, until other boundaries come.

import { collectionById } from '../schema/collections';
import { loadCommands } from '../schema/words';
import { type Context, speaker } from './context';
import { h, pictogram, pictograms } from './dom';
import { narrow } from '../map/measures';

const key = 'petadesa.banner.dismissed';

/** Fills the banner, or leaves it hidden when there is nothing to say. */
export function renderBanner(root: HTMLElement, context: Context): void {
  const say = speaker(context.store);
  const villages = context.app().collections.get('villages');
  const empty = (villages?.count ?? 0) === 0;
  root.hidden = !empty && (villages?.quality !== 'approximate' || dismissed(villages.version));
  if (root.hidden) {
    root.replaceChildren();
    return;
  }
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': say('dismiss'), onclick: () => {
    remember(villages?.version ?? '');
    root.hidden = true;
    root.replaceChildren();
  } }, pictogram(pictograms.close));
  root.setAttribute('aria-label', collectionById.get('villages')!.title[context.store.state.language]);
  root.replaceChildren(
    h('details', { class: 'banner-text', open: !narrow.matches },
      h('summary', {}, h('strong', {}, say(empty ? 'emptyStore' : 'approximateTitle'))),
      h('p', {}, say(empty ? 'emptyStoreBody' : 'approximateBody')), ...loadCommands.map(({ command, does }) => h('div', { class: 'command' }, h('code', {}, command), does[context.store.state.language]))),
    close);
}

function dismissed(version: string): boolean {
  try {
    return localStorage.getItem(key) === (version || 'yes');
  } catch {
    return false;
  }
}

function remember(version: string): void {
  try {
    localStorage.setItem(key, version || 'yes');
  } catch {
    // Storage is closed to us: the banner comes back next time.
  }
}
