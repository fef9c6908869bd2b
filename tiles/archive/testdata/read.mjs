// Reads the tiles that the environment names from a PMTiles archive with the
// readers of others, and prints what they make of it.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { PMTiles } from 'pmtiles';
import { VectorTile } from '@mapbox/vector-tile';
import * as pbf from 'pbf';

const Protobuf = pbf.PbfReader ?? pbf.default;
const { path, tiles } = JSON.parse(process.env.READ);
const file = await open(path);
const source = {
  getKey: () => path,
  async getBytes(offset, length) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) };
  },
};
const archive = new PMTiles(source);
const answer = { header: await archive.getHeader(), metadata: await archive.getMetadata(), tiles: {} };
for (const name of tiles) {
  const tile = await archive.getZxy(...name.split('/').map(Number));
  if (!tile) continue;
  const bytes = new Uint8Array(tile.data);
  const layers = {};
  for (const [id, layer] of Object.entries(new VectorTile(new Protobuf(bytes)).layers)) {
    for (let i = 0; i < layer.length; i++) layer.feature(i).loadGeometry();
    layers[id] = layer.length;
  }
  answer.tiles[name] = { sum: createHash('sha256').update(bytes).digest('hex'), layers };
}
await file.close();
console.log(JSON.stringify(answer));
