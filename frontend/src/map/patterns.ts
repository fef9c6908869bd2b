// Fills with a pattern, so that coverage classes differ in more than colour. The
// period divides a tile's width, so patterns join from tile to tile.

import type { Technology } from '../schema/coverage';
import type { Palette } from '../schema/palette';

const period = 8;

/** A technology in the colours it has when laid over the land at the palette's opacity. */
export function overLand(technology: Technology, palette: Palette): Technology {
  const mixed = (colour: string) => mix(colour, palette.village, palette.coverageOpacity);
  return { ...technology, colour: mixed(technology.colour), ink: mixed(technology.ink) };
}

/** Mixes two #rrggbb colours, the first with a weight from 0 to 1. */
function mix(over: string, under: string, weight: number): string {
  const channel = (colour: string, at: number) => parseInt(colour.slice(at, at + 2), 16);
  return '#' + [1, 3, 5].map((at) => Math.round(channel(over, at) * weight + channel(under, at) * (1 - weight)).toString(16).padStart(2, '0')).join('');
}

/** The patterns that were made: a dozen at most, of two palettes. */
const made = new Map<string, CanvasPattern>();

/** A fill of a technology: its colour with its pattern in ink, at a pixel ratio. */
export function patternFill(context: CanvasRenderingContext2D, technology: Technology, ratio: number): CanvasPattern | string {
  if (technology.pattern === 'plain') return technology.colour;
  const key = `${technology.pattern} ${technology.colour} ${technology.ink} ${ratio}`;
  let pattern = made.get(key);
  if (!pattern) {
    pattern = draw(context, technology, ratio) ?? undefined;
    if (pattern) made.set(key, pattern);
  }
  return pattern ?? technology.colour;
}

function draw(context: CanvasRenderingContext2D, technology: Technology, ratio: number): CanvasPattern | null {
  const size = Math.round(period * ratio);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const ink = canvas.getContext('2d');
  if (!ink) return null;
  ink.fillStyle = technology.colour;
  ink.fillRect(0, 0, size, size);
  ink.fillStyle = ink.strokeStyle = technology.ink;
  ink.lineWidth = Math.max(1, size / 9);
  const half = size / 2;
  ink.beginPath();
  switch (technology.pattern) {
    case 'dots':
      ink.arc(half, half, size / 7, 0, 2 * Math.PI);
      ink.fill();
      break;
    case 'vertical':
      ink.fillRect(half - 0.5, 0, ink.lineWidth, size);
      break;
    case 'horizontal':
      ink.fillRect(0, half - 0.5, size, ink.lineWidth);
      break;
    case 'cross':
      ink.moveTo(-1, size + 1);
      ink.lineTo(size + 1, -1);
      ink.moveTo(-1, -1);
      ink.lineTo(size + 1, size + 1);
      ink.stroke();
      break;
    case 'diagonal':
      for (const shift of [-size, 0, size]) {
        ink.moveTo(shift - 1, size + 1);
        ink.lineTo(shift + size + 1, -1);
      }
      ink.stroke();
      break;
  }
  return context.createPattern(canvas, 'repeat');
}
