// The map on paper and as a picture.

import type { Context } from '../ui/context';

/** Opens the browser's print window; the style sheet for print lays out an A4 page. */
export function printPage(): void {
  window.print();
}

/** Draws the map as it is seen, with a line that says where it is from. */
export function pictureOf(context: Context, caption: string): Promise<Blob> {
  const map = context.view.map.getContainer();
  const box = map.getBoundingClientRect();
  const ratio = Math.min(2, Math.max(1, devicePixelRatio));
  const foot = 28;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(box.width * ratio), Math.round((box.height + foot) * ratio)];
  const drawing = canvas.getContext('2d')!;
  drawing.scale(ratio, ratio);
  const style = getComputedStyle(map);
  drawing.fillStyle = style.backgroundColor;
  drawing.fillRect(0, 0, box.width, box.height);
  drawing.save();
  drawing.beginPath();
  drawing.rect(0, 0, box.width, box.height);
  drawing.clip();
  for (const layer of map.querySelectorAll<HTMLCanvasElement>('canvas')) {
    const at = layer.getBoundingClientRect();
    if (layer.width > 0 && !layer.hidden) drawing.drawImage(layer, at.left - box.left, at.top - box.top, at.width, at.height);
  }
  drawing.restore();
  const paper = getComputedStyle(document.body);
  drawing.fillStyle = paper.backgroundColor === 'rgba(0, 0, 0, 0)' ? '#fff' : paper.backgroundColor;
  drawing.fillRect(0, box.height, box.width, foot);
  drawing.fillStyle = paper.color;
  drawing.font = '13px system-ui, sans-serif';
  drawing.textBaseline = 'middle';
  drawing.fillText(caption, 10, box.height + foot / 2, box.width - 20);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
}

/** Hands a file to the person. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
