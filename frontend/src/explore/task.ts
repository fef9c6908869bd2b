// What the visitor is doing, as the address has it: a name and values, such as
// route:from~112.63,-7.98;to~112.53,-8.4;by~motorcycle.

export const kinds = ['near', 'route', 'reach', 'score', 'save', 'share'] as const;
export type Kind = (typeof kinds)[number];
export type Values = Readonly<Record<string, string>>;

export interface Task {
  readonly kind: Kind;
  readonly values: Values;
}

/** Reads a task; undefined for what is none. Values that make no sense are left out. */
export function readTask(text: string): Task | undefined {
  const at = text.indexOf(':');
  const kind = kinds.find((k) => k === (at < 0 ? text : text.slice(0, at)));
  if (!kind) return undefined;
  const values: Record<string, string> = {};
  for (const pair of at < 0 ? [] : text.slice(at + 1).split(';')) {
    const [name, ...rest] = pair.split('~');
    if (name && rest.length > 0) values[name] = rest.join('~');
  }
  return { kind, values };
}

/** Writes a task; empty values are left out. */
export function writeTask(kind: Kind, values: Values): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== '').map(([name, value]) => `${name}~${value.replace(/[;~]/g, ' ')}`);
  return pairs.length > 0 ? `${kind}:${pairs.join(';')}` : kind;
}

/** A place written as lon,lat; undefined when it is not one. */
export function readPlace(text: string | undefined): { lon: number; lat: number } | undefined {
  const [lon, lat, more] = (text ?? '').split(',').map(Number);
  if (lon === undefined || lat === undefined || more !== undefined || !text || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return undefined;
  return { lon, lat };
}

/** Writes a place to about a metre. */
export const writePlace = ({ lon, lat }: { lon: number; lat: number }): string => `${lon.toFixed(5)},${lat.toFixed(5)}`;
