// Distances, times, sizes and dates as people read them.

import type { Language } from '../schema/language';
import type { Say } from './words';

const tag = (language: Language): string => (language === 'id' ? 'id-ID' : 'en-GB');

/** Kilometres without their unit: one decimal below 100. */
export function kilometres(metres: number, language: Language): string {
  const km = metres / 1000;
  return new Intl.NumberFormat(tag(language), { maximumFractionDigits: km < 100 ? 1 : 0 }).format(km);
}

/** A time in hours and minutes, at least one minute. */
export function duration(seconds: number, say: Say): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 60 ? say('minutes', { m: minutes }) : say('hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** Bytes in kB or MB. */
export function size(bytes: number, language: Language): string {
  const [value, unit] = bytes < 995_000 ? [Math.max(1, Math.round(bytes / 1000)), 'kB'] : [bytes / 1e6, 'MB'];
  return `${new Intl.NumberFormat(tag(language), { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}

/** A day, with the hour when it is asked for. */
export function date(iso: string, language: Language, hour = false): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return new Intl.DateTimeFormat(tag(language), { day: 'numeric', month: 'short', year: 'numeric', ...(hour ? { hour: '2-digit', minute: '2-digit' } : {}) }).format(when);
}

export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(tag(language)).format(value);
}

/** A distance with its unit: metres below one kilometre. */
export function distance(metres: number, language: Language): string {
  return metres < 950 ? `${Math.round(metres / 10) * 10} m` : `${kilometres(metres, language)} km`;
}
