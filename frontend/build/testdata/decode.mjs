// Holds the application's decoder, whose built module the environment names, to Mapbox's:
// on the fixtures of the specification, on tiles of real cities, and on what chance
// makes of both. Prints what it has compared, as JSON.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

const { decode } = await import(process.env.DECODER);
const names = [undefined, 'point', 'line', 'area'];
const folder = 'node_modules/@mapbox/mvt-fixtures';

/** What Mapbox's reader makes of a tile, in the form of ours. */
function reference(bytes) {
  const layers = new Map();
  for (const [name, layer] of Object.entries(new VectorTile(new PbfReader(bytes)).layers)) {
    const shapes = [];
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i);
      if (!names[feature.type]) continue;
      const parts = feature.loadGeometry();
      const scale = 512 / layer.extent;
      const flat = parts.map((part) => part.flatMap(({ x, y }) => [Math.fround(x * scale), Math.fround(y * scale)]));
      shapes.push({ id: String(feature.properties.id ?? feature.id ?? ''), type: names[feature.type], properties: { ...feature.properties }, flat });
    }
    layers.set(name, shapes);
  }
  return layers;
}

/** Ours, its parts apart. */
const ours = (bytes) => new Map([...decode(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))].map(([name, shapes]) => [name, shapes.map(({ id, type, properties, coordinates, ends, bounds }) => {
  const flat = [...ends].map((end, i) => [...coordinates.subarray(i === 0 ? 0 : ends[i - 1], end)]);
  const all = [...coordinates];
  assert.ok(all.every((c, i) => c >= Math.fround(bounds[i % 2]) && c <= Math.fround(bounds[2 + (i % 2)])), 'all within the bounds');
  return { id, type, properties: { ...properties }, flat };
})]));

const said = { fixtures: 0, real: 0, features: 0, refused: 0, changed: 0, changedRead: 0 };
const tiles = [];
for (const id of await readdir(`${folder}/fixtures`)) {
  const bytes = new Uint8Array(await readFile(`${folder}/fixtures/${id}/tile.mvt`));
  const { validity } = JSON.parse(await readFile(`${folder}/fixtures/${id}/info.json`, 'utf8'));
  tiles.push(bytes);
  let expected;
  try {
    expected = reference(bytes);
  } catch {
    expected = undefined;
  }
  if (validity.v2 && id !== '057' && expected) { // 057 claims 2²⁹-1 points and holds one
    assert.deepEqual(ours(bytes), expected, `fixture ${id}`);
    said.fixtures++;
  } else {
    try {
      ours(bytes);
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof RangeError), String(error));
      said.refused++;
    }
  }
}
for (const city of await readdir(`${folder}/real-world`)) {
  const files = (await readdir(`${folder}/real-world/${city}`)).filter((name) => name.endsWith('.mvt')).sort();
  for (const name of files.filter((_, i) => i % 8 === 0)) {
    const bytes = new Uint8Array(await readFile(`${folder}/real-world/${city}/${name}`));
    const expected = reference(bytes);
    assert.deepEqual(ours(bytes), expected, name);
    said.real++;
    for (const shapes of expected.values()) said.features += shapes.length;
    if (bytes.length < 30_000) tiles.push(bytes);
  }
}
let seed = Number(process.env.SEED);
const chance = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
for (let round = 0; round < 4000; round++) {
  const bytes = tiles[chance(tiles.length)].slice();
  if (bytes.length === 0) continue;
  for (let n = 1 + chance(3); n > 0; n--) bytes[chance(bytes.length)] = chance(256);
  const cut = chance(4) === 0 ? bytes.slice(0, chance(bytes.length)) : bytes;
  said.changed++;
  try {
    for (const shapes of decode(cut.buffer).values()) {
      for (const { coordinates, ends } of shapes) {
        assert.ok(coordinates.length <= cut.length && (ends.at(-1) ?? 0) === coordinates.length, `round ${round}`);
      }
    }
    said.changedRead++;
  } catch (error) {
    assert.ok(error instanceof Error && error.constructor === Error, `round ${round}: ${error.stack}`); // a sentence, no accident
  }
}
console.log(JSON.stringify(said));
