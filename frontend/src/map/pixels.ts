// How many device pixels a canvas gets. Pixels cost most on a weak phone, so the
// ratio is capped: 2 at best, less where memory or the data allowance is small.

interface Hints {
  readonly deviceMemory?: number;
  readonly connection?: { readonly saveData?: boolean };
}

export function pixelRatio(): number {
  const hints = navigator as Navigator & Hints;
  const memory = hints.deviceMemory ?? 4;
  const cap = memory <= 1 ? 1 : hints.connection?.saveData || memory <= 2 ? 1.5 : 2;
  return Math.min(cap, window.devicePixelRatio || 1);
}
