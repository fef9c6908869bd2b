// Whether to spare data: the browser says so, or the person did here.

const key = 'petadesa.lowdata';

interface Hints {
  readonly connection?: { readonly saveData?: boolean };
}

let known: boolean | undefined;

export function lowData(): boolean {
  return (known ??= asked());
}

function asked(): boolean {
  try {
    const chosen = localStorage.getItem(key);
    if (chosen) return chosen === 'yes';
  } catch {
    // Storage is closed to us: the browser's word counts.
  }
  return (navigator as Navigator & Hints).connection?.saveData === true;
}

export function setLowData(on: boolean): void {
  known = on;
  try {
    localStorage.setItem(key, on ? 'yes' : 'no');
  } catch {
    // Then it holds for no visit.
  }
}
