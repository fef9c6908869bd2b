// A citizen's report of the signal at a place: no account, no name. Loaded when
// somebody first wants to report.

import type { Place } from '../data/mercator';
import { whereAmI } from '../explore/parts';
import { formatValue } from '../schema/fields';
import type { Context } from '../ui/context';
import { h } from '../ui/dom';
import { call, Refusal, why } from './request';
import { SpeedBox } from './speed-box';
import { reportSay, type ReportSay } from './words';

interface Choices {
  readonly operators: readonly string[];
  readonly technologies: readonly string[];
  readonly open: boolean;
}

interface Receipt {
  readonly id: string;
  readonly cell: string;
}

/** Lets somebody report what the signal is at a place; settles when they are done. */
export async function reportSignal(root: HTMLElement, where: Place, title: string, context: Context): Promise<void> {
  const { language } = context.store.state;
  const say = reportSay(language);
  const heading = h('h2', { id: 'detail-title', tabindex: '-1' }, say('title'));
  const fallback = h('a', { class: 'button', href: `/lapor?lang=${language}` }, say('fallback'));
  return new Promise((done) => {
    const cancel = () => h('button', { type: 'button', class: 'button', onclick: () => done() }, say('cancel'));
    const open = async () => {
      root.replaceChildren(h('form', { class: 'edit-form' }, heading, h('p', { class: 'loading', role: 'status' }, say('loading'))));
      heading.focus();
      try {
        const choices = (await (await call('/api/reports/choices')).json()) as Choices;
        if (choices.open) form(root, heading, fallback, where, title, choices, say, context, done);
        else root.replaceChildren(h('div', { class: 'edit-form' }, heading, h('p', { class: 'note', role: 'status' }, say('closed')), cancel()));
      } catch (error) {
        root.replaceChildren(h('div', { class: 'edit-form' }, heading, h('p', { class: 'failed', role: 'alert' }, say('failed', { why: why(error, say) })),
          h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button', onclick: () => void open() }, say('retry')), fallback, cancel())));
      }
    };
    void open();
  });
}

function form(root: HTMLElement, heading: HTMLElement, fallback: HTMLElement, where: Place, title: string, choices: Choices, say: ReportSay, context: Context, done: () => void): void {
  const { language } = context.store.state;
  let place = where;
  const option = (value: string, label: string) => h('option', { value }, label);
  const shown = h('p', {});
  const showPlace = (note: string) => (shown.textContent = `${note} · ${say('placeShown', { lat: place.lat.toFixed(4), lon: place.lon.toFixed(4) })}`);
  const alert = h('p', { class: 'failed', role: 'alert' });
  const here = h('button', { type: 'button', class: 'button', 'aria-describedby': 'report-here' }, say('here'));
  here.addEventListener('click', () => {
    alert.textContent = '';
    whereAmI().then(({ metres, ...found }) => {
      place = found;
      showPlace(say('hereTaken', { metres: Math.round(metres) }));
    }, () => (alert.textContent = say('hereFailed')));
  });
  const operator = h('select', { id: 'report-operator', required: true }, option('', say('choose')), ...choices.operators.map((o) => option(o, o)));
  const technology = h('select', { id: 'report-technology' }, ...[...choices.technologies].sort((a, b) => Number(/\d/.test(a)) - Number(/\d/.test(b)))
    .map((t) => option(t, /\d/.test(t) ? formatValue('technology', t, language) : say('unsaid'))));
  const speed = new SpeedBox(say);
  const radio = (value: string, label: string) => h('label', { class: 'report-choice' },
    h('input', { type: 'radio', name: 'works', value, required: true, onchange: () => speed.allow(value === 'true') }), ` ${label}`);
  const send = h('button', { type: 'submit', class: 'button primary' }, say('send'));
  const body = h('form', { class: 'edit-form report-form', novalidate: true }, heading, h('p', { class: 'help' }, say('intro')),
    h('fieldset', {}, h('legend', {}, say('place')), shown, h('div', { class: 'actions' }, here), h('p', { class: 'help', id: 'report-here' }, say('hereHelp'))),
    h('div', {}, h('label', { for: 'report-operator' }, say('operator')), operator),
    h('div', {}, h('label', { for: 'report-technology' }, say('technology')), technology),
    h('fieldset', {}, h('legend', {}, say('works')), radio('true', say('yes')), radio('false', say('no'))),
    speed.element, alert,
    h('div', { class: 'actions' }, send, h('button', { type: 'button', class: 'button', onclick: () => { speed.end(); done(); } }, say('cancel')), fallback));
  body.addEventListener('submit', (event) => {
    event.preventDefault();
    alert.textContent = '';
    const works = body.querySelector<HTMLInputElement>('[name=works]:checked')?.value;
    if (!operator.value || !works) {
      alert.textContent = say('missing');
      (operator.value ? body.querySelector<HTMLInputElement>('[name=works]')! : operator).focus();
      return;
    }
    const measured = works === 'true' ? speed.result : undefined;
    speed.end();
    send.disabled = true;
    const report = { lon: place.lon, lat: place.lat, operator: operator.value, technology: technology.value, works: works === 'true',
      ...(measured && { down_mbps: measured.down, up_mbps: measured.up, latency_ms: measured.latency }) };
    call('/api/reports', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(report) })
      .then((response) => response.json() as Promise<Receipt>)
      .then(({ cell }) => {
        heading.textContent = say('thanks');
        root.replaceChildren(h('div', { class: 'edit-form' }, heading, h('p', { role: 'status' }, say('queue')), h('p', { class: 'help' }, say('receipt', { cell })),
          h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button primary', onclick: () => done() }, say('back')))));
        heading.focus();
      }, (error: unknown) => {
        send.disabled = false;
        alert.textContent = say('failed', { why: why(error, say) });
        if (error instanceof Refusal && error.faults.some((f) => f.member === 'operator')) operator.focus();
        else send.focus();
      });
  });
  body.addEventListener('change', () => (alert.textContent = '')); // what was missing may be there now
  showPlace(title);
  root.replaceChildren(body);
  heading.focus();
}
