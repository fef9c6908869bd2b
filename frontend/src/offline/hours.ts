// Opening hours while there is no network: the plain ones, days with times, of
// OpenStreetMap's syntax. What else there is, holidays, months, sunrise, stays with
// the server; here it is unknown, and shown as it is written.

const days = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa'];
const day = 1440;
const week = 7 * day;
/** Western Indonesia, in minutes. */
const zone = 7 * 60;

type Span = readonly [from: number, to: number];

/** The times of a week that a text says are open, in minutes from Sunday; undefined for what is not plain. */
export function readHours(text: string): readonly Span[] | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === '24/7') return [[0, week]];
  const byDay: (readonly Span[])[] = days.map(() => []);
  for (const rule of plain.split(';').map((r) => r.trim()).filter(Boolean)) {
    const parts = /^([a-z, -]*?)\s*(off|closed|\d[\d:, -]*)$/.exec(rule);
    const named = parts && readDays(parts[1]!);
    const times = parts && (/^\d/.test(parts[2]!) ? readTimes(parts[2]!) : []);
    if (!named || !times) return undefined;
    for (const d of named) byDay[d] = times; // a later rule takes the place of an earlier one
  }
  return byDay.flatMap((spans, d) => spans.map(([from, to]): Span => [d * day + from, d * day + to]));
}

function readDays(text: string): number[] | undefined {
  if (text === '') return days.map((_, d) => d);
  const all: number[] = [];
  for (const part of text.split(',')) {
    const [from, to = from] = part.trim().split(/\s*-\s*/).map((name) => days.indexOf(name));
    if (from === undefined || to === undefined || from < 0 || to < 0) return undefined;
    for (let d = from; ; d = (d + 1) % 7) {
      all.push(d);
      if (d === to) break;
    }
  }
  return all;
}

function readTimes(text: string): Span[] | undefined {
  const all: Span[] = [];
  for (const part of text.split(',')) {
    const t = /^\s*(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*$/.exec(part)?.slice(1).map(Number);
    if (!t || t[0]! > 24 || t[2]! > 26 || t[1]! > 59 || t[3]! > 59) return undefined;
    const from = t[0]! * 60 + t[1]!, to = t[2]! * 60 + t[3]!;
    all.push([from, to > from ? to : to + day]);
  }
  return all;
}

/** Whether it is open at a time, and when that changes next; undefined for what is not plain. */
export function openAt(text: string, time: Date): { readonly open: boolean; readonly changes?: Date } | undefined {
  const spans = readHours(text);
  if (!spans) return undefined;
  const minute = Math.floor(time.getTime() / 60_000) + zone;
  const start = minute - ((((minute + 4 * day) % week) + week) % week); // the epoch was a Thursday
  const now = minute - start;
  const at = (m: number) => spans.some(([from, to]) => (m >= from && m < to) || (m + week >= from && m + week < to));
  const open = at(now);
  const borders = spans.flatMap((span) => span.map((m) => m % week)).flatMap((m) => [m, m + week]).filter((m) => m > now).sort((a, b) => a - b);
  const next = borders.find((m) => at(m % week) !== open);
  return { open, ...(next === undefined ? {} : { changes: new Date((start + next - zone) * 60_000) }) };
}
