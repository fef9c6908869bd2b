// Canvas paths of decoded shapes, built once per tile and group and drawn many
// times: on four canvases, at every repaint, at every overzoom.

import type { DecodedLayer } from '../data/decode';
import type { Shape } from '../data/geometry';

const cache = new WeakMap<DecodedLayer, Map<string, Path2D>>();

/** The paths of a layer's shapes, one for each value of group. */
export function pathsOf(layer: DecodedLayer, group: (shape: Shape) => string): ReadonlyMap<string, Path2D> {
  let paths = cache.get(layer);
  if (!paths) {
    paths = new Map();
    for (const shape of layer) {
      const name = group(shape);
      let path = paths.get(name);
      if (!path) paths.set(name, (path = new Path2D()));
      trace(path, shape);
    }
    cache.set(layer, paths);
  }
  return paths;
}

/** Adds a shape's lines or rings to a path, in the pixels of its tile. */
export function trace(path: Path2D, shape: Shape): void {
  const c = shape.coordinates;
  let start = 0;
  for (const end of shape.ends) {
    path.moveTo(c[start]!, c[start + 1]!);
    for (let i = start + 2; i < end; i += 2) path.lineTo(c[i]!, c[i + 1]!);
    if (shape.type === 'area') path.closePath();
    start = end;
  }
}
