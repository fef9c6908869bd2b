// The places that a route passes on its way, in their order: at most as many as the
// server takes.

import { readPlace, type Values } from './task';

export interface Stop {
  /** lon,lat; '' until it is chosen. */
  readonly at: string;
  readonly name: string;
}

export const maxStops = 20;

/** The stops of a task: places and names are set apart by |. */
export function readStops(values: Values): Stop[] {
  if (!('via' in values)) return [];
  const names = (values['viaName'] ?? '').split('|');
  return values['via']!.split('|').slice(0, maxStops).map((at, i) => ({ at: at.trim(), name: names[i]?.trim() ?? '' }));
}

/** The values of stops; those without a place yet are kept as a blank. */
export function writeStops(stops: readonly Stop[]): Values {
  return { via: stops.map(({ at }) => at || ' ').join('|'), viaName: stops.map(({ name }) => name.replaceAll('|', ' ') || ' ').join('|') };
}

/** Where the chosen stops are. */
export const placedStops = (values: Values): { lon: number; lat: number }[] => readStops(values).map(({ at }) => readPlace(at)).filter((p) => p !== undefined);
