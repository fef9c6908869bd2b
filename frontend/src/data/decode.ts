// Decodes a vector tile into flat shapes.

import { VectorTile, type VectorTileLayer } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { tileSize, type Shape, type ShapeType } from './geometry';

export type DecodedLayer = readonly Shape[];

const types: readonly (ShapeType | undefined)[] = [undefined, 'point', 'line', 'area'];

/** Decodes the named layers of a tile, or all of them, by the layer's name. */
export function decode(bytes: ArrayBuffer, names?: readonly string[]): Map<string, DecodedLayer> {
  const tile = new VectorTile(new PbfReader(new Uint8Array(bytes)));
  const wanted = Object.entries(tile.layers).filter(([name]) => !names || names.includes(name));
  return new Map(wanted.map(([name, layer]) => [name, shapesOf(layer)]));
}

function shapesOf(layer: VectorTileLayer): Shape[] {
  const shapes: Shape[] = [];
  const scale = tileSize / layer.extent;
  for (let i = 0; i < layer.length; i++) {
    const feature = layer.feature(i);
    const type = types[feature.type];
    if (!type) continue;
    const parts = feature.loadGeometry();
    let count = 0;
    for (const part of parts) count += part.length;
    const coordinates = new Float32Array(count * 2);
    const ends = new Uint32Array(parts.length);
    let minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity;
    let at = 0;
    parts.forEach((part, index) => {
      for (const point of part) {
        const x = point.x * scale;
        const y = point.y * scale;
        coordinates[at++] = x;
        coordinates[at++] = y;
        if (x < minX) minX = x;
        if (x > maxX) maxX = x;
        if (y < minY) minY = y;
        if (y > maxY) maxY = y;
      }
      ends[index] = at;
    });
    const id = feature.properties['id'] ?? feature.id ?? '';
    shapes.push({ id: String(id), type, properties: feature.properties, coordinates, ends, bounds: [minX, minY, maxX, maxY] });
  }
  return shapes;
}
