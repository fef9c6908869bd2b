// Asks for a token, once a tab.

import { h } from '../ui/dom';
import { mayEdit, Refused, session } from './session';
import type { EditSay, EditWord } from './words';

/** Settles when someone is signed in who may edit the collection: at once if so
 * already; false when it was given up. The form is put into root. */
export async function signIn(root: HTMLElement, collection: string, say: EditSay): Promise<boolean> {
  let word: EditWord | undefined;
  if (session.token) {
    word = await refusal(collection);
    if (!word) return true;
    if (word === 'wrongToken') session.token = '';
  }
  return new Promise((settle) => {
    const input = h('input', { type: 'password', id: 'edit-token', autocomplete: 'off', required: true, 'aria-describedby': 'edit-token-help' });
    const alert = h('p', { class: 'failed', role: 'alert' }, word ? say(word) : '');
    const form = h('form', { class: 'edit-form' },
      h('h2', { tabindex: '-1', id: 'detail-title' }, say('signIn')),
      h('label', { for: 'edit-token' }, say('token')), input, h('p', { id: 'edit-token-help', class: 'help' }, say('tokenHelp')), alert,
      h('div', { class: 'actions' },
        h('button', { type: 'submit', class: 'button primary' }, say('enter')),
        h('button', { type: 'button', class: 'button', onclick: () => settle(false) }, say('cancel'))));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      session.token = input.value.trim();
      void refusal(collection).then((why) => {
        if (!why) settle(true);
        else {
          session.token = '';
          alert.textContent = say(why);
          input.focus();
        }
      });
    });
    root.replaceChildren(form);
    input.focus();
  });
}

/** Why who is signed in may not edit; undefined when they may. */
async function refusal(collection: string): Promise<EditWord | undefined> {
  try {
    return (await mayEdit(collection)) ? undefined : 'noRole';
  } catch (error) {
    if (error instanceof Refused && error.status === 429) return 'tooMany';
    return error instanceof Refused && error.status === 401 ? 'wrongToken' : 'noRole';
  }
}
