// The badge of a mark: a disc in the colour of its kind with a white glyph.

import { blankGlyph, categoryOf, productGlyph, towerGlyph } from '../schema/categories';

export interface Badge {
  readonly colour: string;
  readonly glyph: string;
  /** Blank spots are squares, everything else a disc: shape tells them apart. */
  readonly square: boolean;
}

/** The badge of a feature of a collection of marks. */
export function badgeOf(collection: string, category: unknown): Badge {
  switch (collection) {
    case 'towers': return { colour: '#3d4a52', glyph: towerGlyph, square: false };
    case 'blankspots': return { colour: '#b3261e', glyph: blankGlyph, square: true };
    case 'products': return { colour: '#7a5c00', glyph: productGlyph, square: true };
    default: {
      const { colour, glyph } = categoryOf(category);
      return { colour, glyph, square: false };
    }
  }
}

const glyphs = new Map<string, Path2D>();

/** Draws a badge of a radius around a point; below 6 pixels without its glyph. */
export function drawBadge(context: CanvasRenderingContext2D, badge: Badge, x: number, y: number, radius: number, rim: string): void {
  context.beginPath();
  if (badge.square) {
    const r = radius * 0.9;
    context.roundRect(x - r, y - r, 2 * r, 2 * r, r * 0.45);
  } else {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fillStyle = badge.colour;
  context.strokeStyle = rim;
  context.lineWidth = radius < 6 ? 1.2 : 1.8;
  context.fill();
  context.stroke();
  if (radius < 6 || badge.glyph === '') return;
  let path = glyphs.get(badge.glyph);
  if (!path) glyphs.set(badge.glyph, (path = new Path2D(badge.glyph)));
  const scale = (radius * 1.3) / 16;
  context.save();
  context.translate(x - 8 * scale, y - 8 * scale);
  context.scale(scale, scale);
  context.fillStyle = '#fff';
  context.fill(path, 'evenodd');
  context.restore();
}

/** Draws a disc with the number of marks it stands for; small ones as a ringed dot. */
export function drawCluster(context: CanvasRenderingContext2D, badge: Badge, x: number, y: number, radius: number, count: number, rim: string): void {
  context.beginPath();
  context.arc(x, y, radius + 3, 0, 2 * Math.PI);
  context.fillStyle = badge.colour + '40';
  context.fill();
  drawBadge(context, { ...badge, glyph: '' }, x, y, radius, rim);
  context.font = '700 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = '#fff';
  context.fillText(String(count), x, y + 0.5);
}
