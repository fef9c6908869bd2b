// Sharing the map as it is: its link, a frame for another site, a picture, paper.

import { h, pictogram, pictograms } from '../ui/dom';
import { date } from './measure';
import type { Card } from './panel';
import { download, pictureOf, printPage } from './picture';

export function renderShare(root: HTMLElement, card: Card): void {
  const { say, context } = card;
  const { language } = context.store.state;
  const link = location.href.replace(/[#&]do=share(?=&|$)/, (m) => (m.startsWith('#') ? '#' : '')).replace('#&', '#');
  const query = link.includes('#') ? link.slice(link.indexOf('#') + 1) : '';
  const frame = `<iframe src="${location.origin}/embed?${query.replaceAll('&', '&amp;')}" title="Petadesa" width="640" height="480" loading="lazy"></iframe>`;
  const copyable = (id: string, label: string, value: string) => h('div', { class: 'copyable' },
    h('label', { for: id }, label), h('textarea', { id, readonly: true, rows: 2 }, value),
    h('button', { type: 'button', class: 'button', id: `${id}-copy`, onclick: () => void copy(value, card) }, say('copyLink') === label ? label : `${card.context.store.state.language === 'id' ? 'Salin' : 'Copy'}`));
  const caption = `Petadesa · ${say('source', { title: context.app().title || 'Petadesa', date: date(context.app().built, language) })} · ${location.host}`;
  root.replaceChildren(h('p', { class: 'hint' }, say('shareText')),
    copyable('share-link', say('link'), link),
    copyable('share-embed', say('embed'), frame),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'button', id: 'share-picture', onclick: () => void pictureOf(context, caption).then((blob) => {
        download(blob, 'petadesa.png');
        context.announce(say('pictureMade'), true);
      }) }, pictogram(pictograms.image), say('picture')),
      h('button', { type: 'button', class: 'button', onclick: printPage }, pictogram(pictograms.print), say('print'))));
}

async function copy(text: string, card: Card): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    card.context.announce(card.say('copied'), true);
  } catch {
    card.context.announce(text, true);
  }
}
