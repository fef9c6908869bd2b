// A scenario as it is being made, in a form that fits into the address:
// lon,lat,height,frequency for a tower that is added, ~id,… for one that is
// moved, !id for one that is taken away, set apart by |.

import type { Question } from './state';

export interface DraftTower {
  /** Of a tower that stands and is moved. */
  readonly id?: string;
  readonly lon: number;
  readonly lat: number;
  /** In m; 0: as it is, or 40. */
  readonly height: number;
  /** In MHz; 0: as it is, or usual for the technology. */
  readonly frequency: number;
}

export interface Draft {
  readonly towers: readonly DraftTower[];
  readonly removed: readonly string[];
}

export function readDraft(text: string): Draft {
  const towers: DraftTower[] = [];
  const removed: string[] = [];
  for (const part of text.split('|').filter(Boolean)) {
    if (part.startsWith('!')) {
      removed.push(part.slice(1));
      continue;
    }
    const values = part.split(',');
    const id = part.startsWith('~') ? values.shift()!.slice(1) : undefined;
    const [lon, lat, height = 0, frequency = 0] = values.map(Number);
    if (lon === undefined || lat === undefined || [lon, lat, height, frequency].some((v) => !Number.isFinite(v))) continue;
    towers.push({ lon, lat, height, frequency, ...(id ? { id } : {}) });
  }
  return { towers, removed };
}

export const writeDraft = ({ towers, removed }: Draft): string =>
  [...towers.map((t) => `${t.id ? `~${t.id},` : ''}${t.lon.toFixed(5)},${t.lat.toFixed(5)},${t.height},${t.frequency}`), ...removed.map((id) => '!' + id)].join('|');

/** The body of a request for a draft. */
export function planOf(draft: Draft, name: string, q: Question): object {
  const { preset, min_rsrp, district, near_road, road_class, poi, season } = q;
  const parameters = Object.fromEntries(Object.entries({ preset: min_rsrp ? '' : preset, min_rsrp, district, near_road, road_class: near_road ? road_class : '', poi, season }).filter(([, v]) => v !== ''));
  const tower = (t: DraftTower) => ({ ...(t.id ? { id: t.id } : {}), lon: t.lon, lat: t.lat, ...(t.height ? { height_m: t.height } : {}), ...(t.frequency ? { frequency_mhz: t.frequency } : {}) });
  return {
    ...(name ? { name } : {}), technology: q.technology, operator: q.operator, evidence: q.evidence, parameters,
    add: draft.towers.filter((t) => !t.id).map(tower), move: draft.towers.filter((t) => t.id).map(tower), remove: draft.removed,
  };
}
