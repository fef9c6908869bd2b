// Numbers as the desk writes them: in a table, a total and a legend alike.

import { formatNumber } from '../schema/fields';
import type { Language } from '../schema/language';
import type { Counts } from './types';

export interface Format {
  /** People are written whole. */
  people(value: number): string;
  km2(value: number): string;
  km(value: number | null): string;
  whole(value: number): string;
  /** A share from 0 to 1, or a dash when there is nothing to have a share of. */
  share(value: number | undefined): string;
  rupiah(value: number): string;
}

export function formatOf(language: Language): Format {
  const n = (value: number, digits: number) => formatNumber(value, language, digits);
  return {
    people: (value) => n(value, 0),
    km2: (value) => n(value, 2),
    km: (value) => (value === null ? '–' : n(value, 1)),
    whole: (value) => n(value, 0),
    share: (value) => (value === undefined ? '–' : n(value * 100, 1) + ' %'),
    rupiah: (value) => (Math.abs(value) >= 1e9 ? `Rp ${n(value / 1e9, 2)} ${language === 'id' ? 'miliar' : 'billion'}` : `Rp ${n(value, 0)}`),
  };
}

/** The share that is without, among what is known; undefined when nothing is. */
export const gapShare = (c: Counts): number | undefined => (c.covered + c.gap > 0 ? c.gap / (c.covered + c.gap) : undefined);

/** The share of which it is not known. */
export const unknownShare = (c: Counts): number | undefined => (c.total > 0 ? c.unknown / c.total : undefined);
