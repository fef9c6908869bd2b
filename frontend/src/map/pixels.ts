// How many device pixels a canvas gets. Pixels cost most on a weak phone, so the
// ratio is capped: 2 at best, less where memory or the data allowance is small.

import { lowData } from '../data/low-data';

interface Hints {
  readonly deviceMemory?: number;
}

export function pixelRatio(): number {
  const hints = navigator as Navigator & Hints;
  const memory = hints.deviceMemory ?? 4;
  const cap = memory <= 1 || lowData() ? 1 : memory <= 2 ? 1.5 : 2;
  return Math.min(cap, window.devicePixelRatio || 1);
}
