// Whether there are saved areas, as far as the page must know at its start.

export const note = 'petadesa.saved';

/** Whether there is a saved area, by the note. */
export function anySaved(): boolean {
  try {
    return Number(localStorage.getItem(note) ?? 0) > 0;
  } catch {
    return false;
  }
}
