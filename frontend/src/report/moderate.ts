// Reports that wait for an editor: accepted or refused, each in the version that
// was seen. Loaded when an editor asks for them.

import { session } from '../edit/session';
import { signIn } from '../edit/sign-in';
import { editSay } from '../edit/words';
import { formatValue } from '../schema/fields';
import type { Context } from '../ui/context';
import { h } from '../ui/dom';
import { call, Refusal, why } from './request';
import { reportSay, type ReportSay } from './words';

interface Report {
  readonly id: string;
  readonly etag: string;
  readonly operator: string;
  readonly technology: string;
  readonly works: boolean;
  readonly village: string;
  readonly cell: string;
  readonly hour: string;
  readonly reporter: string;
  readonly down_mbps?: number;
  readonly up_mbps?: number;
  readonly latency_ms?: number;
  readonly lon: number;
  readonly lat: number;
}

interface Page {
  readonly reports: readonly Report[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

const first = '/api/reports?status=pending&limit=20';
const signed = () => ({ Authorization: `Bearer ${session.token}` });

/** Lets an editor decide on reports; settles when they are done. */
export async function moderate(root: HTMLElement, context: Context): Promise<void> {
  const { language } = context.store.state;
  const say = reportSay(language);
  const collections = context.app().collections; // measurements may be none yet; a role is for all
  const any = collections.has('measurements') ? 'measurements' : [...collections.keys()][0] ?? 'villages';
  if (!(await signIn(root, any, editSay(language)))) return;
  return new Promise((done) => {
    const status = h('p', { role: 'status', class: 'help' });
    const heading = h('h2', { id: 'detail-title', tabindex: '-1' }, say('pending'));
    const list = h('ul', { class: 'entries report-list' });
    const foot = h('div', { class: 'actions' });
    const back = h('button', { type: 'button', class: 'button', onclick: () => done() }, say('back'));
    root.replaceChildren(h('form', { class: 'edit-form' }, heading, status, list, foot));

    const load = async (path: string) => {
      list.replaceChildren(h('li', { class: 'loading' }, say('loading')));
      try {
        const page = (await (await call(path, { headers: signed() })).json()) as Page;
        const next = page.links.find((l) => l.rel === 'next');
        list.replaceChildren(...page.reports.map((r) => entry(r, say, context, (decision) => decide(r, decision, path))));
        if (page.reports.length === 0) list.replaceChildren(h('li', {}, say('none')));
        foot.replaceChildren(...(next ? [h('button', { type: 'button', class: 'button', onclick: () => void load(pathOf(next.href)) }, say('more'))] : []), back);
      } catch (error) {
        list.replaceChildren(h('li', { class: 'failed', role: 'alert' }, why(error, say)));
        foot.replaceChildren(h('button', { type: 'button', class: 'button', onclick: () => void load(path) }, say('retry')), back);
      }
    };
    const decide = async (r: Report, decision: 'accept' | 'reject', path: string) => {
      const what = named(r, say, context);
      try {
        const answer = await call(`/api/reports/${encodeURIComponent(r.id)}`, { method: 'PUT', headers: { ...signed(), 'Content-Type': 'application/json', 'If-Match': r.etag }, body: JSON.stringify({ decision }) });
        const { published } = (await answer.json()) as { published: readonly string[] };
        status.textContent = decision === 'accept' ? say('accepted', { what, n: published.length }) : say('rejected', { what });
      } catch (error) {
        status.textContent = error instanceof Refusal && error.status === 412 ? say('stale') : say('undecided', { why: why(error, say) });
      }
      await load(path);
      heading.focus();
    };
    void load(first).then(() => heading.focus());
  });
}

/** The path of a link: behind a proxy the host of it may be another. */
const pathOf = (href: string): string => {
  const { pathname, search } = new URL(href, location.href);
  return pathname + search;
};

const named = (r: Report, say: ReportSay, context: Context): string =>
  [r.operator, /\d/.test(r.technology) ? formatValue('technology', r.technology, context.store.state.language) : '', say(r.works ? 'yes' : 'no')].filter(Boolean).join(' · ');

function entry(r: Report, say: ReportSay, context: Context, decide: (decision: 'accept' | 'reject') => Promise<void>): HTMLElement {
  const { language } = context.store.state;
  const what = named(r, say, context);
  const hour = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Jakarta' }).format(new Date(r.hour));
  const speed = [r.down_mbps && `↓ ${r.down_mbps} Mbps`, r.up_mbps && `↑ ${r.up_mbps} Mbps`, r.latency_ms && `${r.latency_ms} ms`].filter(Boolean).join(' · ');
  const village = String(context.attributes.row('villages', r.village)?.['name'] ?? r.village);
  const buttons = (['accept', 'reject'] as const).map((d) => h('button', { type: 'button', class: d === 'accept' ? 'button primary' : 'button', 'aria-label': say(`${d}Of`, { what: `${what}, ${village}, ${hour}` }) }, say(d)));
  buttons.forEach((b, i) => b.addEventListener('click', () => {
    for (const other of buttons) other.disabled = true;
    void decide(i === 0 ? 'accept' : 'reject');
  }));
  return h('li', {}, h('strong', {}, what), h('p', { class: 'help' }, [village, hour, speed, say('reporter', { id: r.reporter })].filter(Boolean).join(' · ')),
    h('div', { class: 'actions' }, ...buttons, h('button', { type: 'button', class: 'button', onclick: () => context.view.goTo({ lon: r.lon, lat: r.lat }, 15) }, say('show'))));
}
