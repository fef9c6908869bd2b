// Addresses of dossiers: of a site, of a tower of a kept scenario, of a village.

import type { Language } from '../schema/language';

export interface PlannedSite {
  readonly lon: number;
  readonly lat: number;
  /** In m and MHz; 0: usual. */
  readonly height?: number;
  readonly frequency?: number;
  readonly technology: string;
  readonly operator: string;
}

/** The dossier of a site. A technology or operator that no tower is planned for is left to the server. */
export function dossierOf(site: PlannedSite, language: Language): string {
  const query = new URLSearchParams({ lon: site.lon.toFixed(5), lat: site.lat.toFixed(5), lang: language });
  if (site.height) query.set('height_m', String(site.height));
  if (site.frequency) query.set('frequency_mhz', String(site.frequency));
  if (/^[2-5]g$/.test(site.technology)) query.set('technology', site.technology);
  if (site.operator !== 'any') query.set('operator', site.operator);
  return `/dossier?${query}`;
}

/** The dossier of the nth tower, from 1, that a scenario adds. */
export const dossierOfTower = (scenario: string, n: number, language: Language): string => `/dossier?${new URLSearchParams({ scenario, tower: String(n), lang: language })}`;

export const dossierOfVillage = (code: string, language: Language): string => `/dossier?${new URLSearchParams({ village: code, lang: language })}`;
