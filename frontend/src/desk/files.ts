// Files that the desk makes itself of an answer that it has.

import { h } from '../ui/dom';

type Cell = string | number | null | undefined;

/** CSV as RFC 4180 has it, with a mark for spreadsheets that it is UTF-8. */
export const writeCSV = (lines: readonly (readonly Cell[])[]): string =>
  '\uFEFF' + lines.map((line) => line.map((cell) => (cell === null || cell === undefined ? '' : /[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))).join(',') + '\r\n').join('');

/** Points as GeoJSON. */
export const writePoints = (points: readonly { readonly lon: number; readonly lat: number; readonly properties: Readonly<Record<string, unknown>> }[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features: points.map((p) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [p.lon, p.lat] }, properties: p.properties })) });

/** A button that saves a text as a file. */
export function fileButton(title: string, name: string, type: string, make: () => string): HTMLButtonElement {
  return h('button', { type: 'button', class: 'button', onclick: () => {
    const href = URL.createObjectURL(new Blob([make()], { type }));
    h('a', { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  } }, title);
}
