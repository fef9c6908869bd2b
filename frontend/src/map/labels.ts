// Names on the map: districts when far, villages when near, places when nearest,
// neighbours where there is room. The first to come gets the room.

import type { Bounds, Map as LeafletMap } from 'leaflet';
import type { Attributes } from '../data/attributes';
import type { Places } from '../data/places';
import type { Crowd } from './crowd';
import type { DrawnMark, Label } from './drawn';
import { neighbourLabels } from './neighbour-labels';
import type { GroundStyle } from './paint';
import type { VectorGrid } from './vector-grid';

const family = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** A name may move a line up or down when a mark has its place. */
const aLine: readonly number[] = [0, 15, -15, 24, -24];

/** Draws the names that fit at this zoom. */
export function drawLabels(context: CanvasRenderingContext2D, map: LeafletMap, bounds: Bounds, crowd: Crowd, marks: readonly DrawnMark[], grid: VectorGrid, places: Places, attributes: Attributes, style: GroundStyle): void {
  const zoom = map.getZoom();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const labels: Label[] = [];
  if (style.layers.has('districts') && zoom >= 9 && zoom < 12) labels.push(...districtLabels(map, places, attributes, style));
  if (zoom >= 13) labels.push(...markLabels(marks, attributes, style));
  if (style.layers.has('villages') && zoom >= 11) labels.push(...villageLabels(map, bounds, places, attributes, style));
  labels.push(...neighbourLabels(map, grid, attributes, style));
  for (const label of labels) draw(context, label, crowd, style.palette.halo);
}

function draw(context: CanvasRenderingContext2D, label: Label, crowd: Crowd, halo: string): void {
  context.font = `${label.weight} ${label.size}px ${family}`;
  context.letterSpacing = label.spacing ?? '0px';
  const width = context.measureText(label.text).width;
  const shift = (label.shifts ?? [0]).find((by) => crowd.take(label.x, label.y + by, width / 2 + 4, label.size * 0.62 + 1));
  if (shift === undefined) return;
  context.strokeStyle = halo;
  context.lineWidth = 3;
  context.strokeText(label.text, label.x, label.y + shift);
  context.fillStyle = label.colour;
  context.fillText(label.text, label.x, label.y + shift);
}

/** A district's name stands at the middle of its villages' points. */
function districtLabels(map: LeafletMap, places: Places, attributes: Attributes, style: GroundStyle): Label[] {
  const sums = new Map<string, { name: string; lon: number; lat: number; count: number }>();
  for (const [id, place] of places.all('villages')) {
    const row = attributes.row('villages', id);
    const code = row?.['district_code'];
    if (!row || !code) continue;
    const sum = sums.get(code) ?? { name: row['district'] ?? '', lon: 0, lat: 0, count: 0 };
    sum.lon += place.lon;
    sum.lat += place.lat;
    sum.count++;
    sums.set(code, sum);
  }
  const near = map.getZoom() >= 10;
  return [...sums.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).map((sum) => {
    const { x, y } = map.latLngToLayerPoint([sum.lat / sum.count, sum.lon / sum.count]);
    return { text: sum.name, x, y, size: near ? 13 : 11, weight: 600, colour: style.palette.label, shifts: aLine };
  });
}

function villageLabels(map: LeafletMap, bounds: Bounds, places: Places, attributes: Attributes, style: GroundStyle): Label[] {
  const near = map.getZoom() >= 12;
  const labels: Label[] = [];
  for (const [id, place] of places.all('villages')) {
    const point = map.latLngToLayerPoint([place.lat, place.lon]);
    const name = attributes.row('villages', id)?.['name'];
    if (!name || !bounds.contains(point)) continue;
    labels.push({ text: name, x: point.x, y: point.y, size: near ? 12.5 : 11, weight: 500, colour: style.palette.labelQuiet });
  }
  return labels;
}

function markLabels(marks: readonly DrawnMark[], attributes: Attributes, style: GroundStyle): Label[] {
  const labels: Label[] = [];
  for (const mark of marks) {
    const name = attributes.row(mark.collection, mark.id)?.['name'];
    if (name && mark.radius > 6) labels.push({ text: name, x: mark.x, y: mark.y + mark.radius + 9, size: 12, weight: 600, colour: style.palette.label });
  }
  return labels;
}
