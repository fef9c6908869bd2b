// Signing in for what is kept on the server, with the token that editing uses.

import { session } from '../edit/session';
import { editSay } from '../edit/words';
import type { Language } from '../schema/language';
import { h } from '../ui/dom';

/** A form that asks for a token and tells when there is one. */
export function signInForm(language: Language, why: string, entered: () => void): HTMLElement {
  const say = editSay(language);
  const input = h('input', { type: 'password', id: 'desk-token', autocomplete: 'off', required: true, 'aria-describedby': 'desk-token-help' });
  const form = h('form', { class: 'edit-form desk-sign-in' }, h('p', { role: 'status' }, why),
    h('div', {}, h('label', { for: 'desk-token' }, say('token')), input), h('p', { id: 'desk-token-help', class: 'help' }, say('tokenHelp')),
    h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button' }, say('enter'))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    session.token = input.value.trim();
    entered();
  });
  return form;
}
