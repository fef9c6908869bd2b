// Decodes vector tiles (Mapbox Vector Tile Specification 2.1) into flat shapes. It is
// our own, for every view waits for it: no object is made for a position.

import { Message } from './protobuf';
import { tileSize, type Shape, type ShapeType } from './geometry';

export type DecodedLayer = readonly Shape[];

type Value = string | number | boolean;

const types: readonly (ShapeType | undefined)[] = [undefined, 'point', 'line', 'area'];

/** Decodes the named layers of a tile, or all of them, by the layer's name; empty ones are left out. */
export function decode(bytes: ArrayBuffer, names?: readonly string[]): Map<string, DecodedLayer> {
  const layers = new Map<string, DecodedLayer>();
  const tile = new Message(new Uint8Array(bytes));
  const room = new Float32Array(bytes.byteLength); // each number takes a byte or more, a closing one less than the command before it
  while (tile.next()) {
    if (tile.field !== 3) {
      tile.skip();
      continue;
    }
    const layer = readLayer(tile.message());
    if (layer.features.length > 0 && (names?.includes(layer.name) ?? true)) layers.set(layer.name, shapesOf(layer, room));
  }
  return layers;
}

interface Layer {
  name: string;
  extent: number;
  readonly keys: string[];
  readonly values: Value[];
  readonly features: Message[];
}

function readLayer(message: Message): Layer {
  const layer: Layer = { name: '', extent: 4096, keys: [], values: [], features: [] };
  while (message.next()) {
    switch (message.field) {
      case 1: layer.name = message.text(); break;
      case 2: layer.features.push(message.message()); break;
      case 3: layer.keys.push(message.text()); break;
      case 4: layer.values.push(readValue(message.message())); break;
      case 5: layer.extent = message.number(); break;
      default: message.skip();
    }
  }
  return layer;
}

function readValue(message: Message): Value {
  let value: Value = '';
  while (message.next()) {
    switch (message.field) {
      case 1: value = message.text(); break;
      case 2: value = message.float(); break;
      case 3: value = message.double(); break;
      case 4: value = message.signed(); break;
      case 5: value = message.number(); break;
      case 6: value = message.zigzag(); break;
      case 7: value = message.number() !== 0; break;
      default: message.skip();
    }
  }
  return value;
}

/** room is where coordinates of a shape are gathered. */
function shapesOf({ features, keys, values, extent }: Layer, room: Float32Array): Shape[] {
  const shapes: Shape[] = [];
  for (const message of features) {
    let id: Value = '';
    let type: ShapeType | undefined;
    let geometry: Message | undefined;
    const properties: Record<string, Value> = {};
    while (message.next()) {
      switch (message.field) {
        case 1: id = message.number(); break;
        case 2: readTags(message.message(), keys, values, properties); break;
        case 3: type = types[message.number()]; break;
        case 4: geometry = message.message(); break;
        default: message.skip();
      }
    }
    if (type && geometry) shapes.push({ id: String(properties['id'] ?? id), type, properties, ...readGeometry(geometry, tileSize / extent, room) });
  }
  return shapes;
}

function readTags(tags: Message, keys: readonly string[], values: readonly Value[], properties: Record<string, Value>): void {
  while (tags.more) {
    const key = keys[tags.number()];
    const value = values[tags.number()];
    if (key === undefined || value === undefined) throw new Error('a feature of the tile has a property that its layer lacks');
    properties[key] = value;
  }
}

const moveTo = 1, lineTo = 2, closePath = 7;

/** Reads the commands of a geometry; a closed ring ends with its first position. */
function readGeometry(commands: Message, scale: number, all: Float32Array): Pick<Shape, 'coordinates' | 'ends' | 'bounds'> {
  const ends: number[] = [];
  let minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity;
  let x = 0, y = 0, at = 0, start = 0, open = false;
  const end = () => {
    if (at > start) ends.push(at);
    start = at;
  };
  while (commands.more) {
    const command = commands.number();
    const what = command & 7;
    if (what === closePath) {
      if (!open) continue;
      all[at++] = all[start]!;
      all[at++] = all[start + 1]!;
      open = false;
      continue;
    }
    if (what !== moveTo && !(what === lineTo && open)) throw new Error(`a geometry of the tile has command ${what} where none can be`);
    for (let left = command >>> 3; left > 0; left--) {
      if (what === moveTo) end();
      open = true;
      x += commands.zigzag();
      y += commands.zigzag();
      const [px, py] = [x * scale, y * scale];
      all[at++] = px;
      all[at++] = py;
      if (px < minX) minX = px;
      if (px > maxX) maxX = px;
      if (py < minY) minY = py;
      if (py > maxY) maxY = py;
    }
  }
  end();
  return { coordinates: all.slice(0, at), ends, bounds: [minX, minY, maxX, maxY] };
}
