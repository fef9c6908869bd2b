// What the resources of scenarios answer.

import type { Provenance, Row, Threshold } from './types';

export interface Difference {
  readonly before: Row;
  readonly after: Row;
  readonly delta: Row;
  readonly cells_gained: number;
  readonly cells_lost: number;
}

export interface Cost {
  readonly towers: number;
  readonly capex_idr: number;
  readonly opex_idr_per_year: number;
  readonly cost_per_person_idr: number | null;
  readonly source: string;
}

interface Planned {
  readonly id?: string;
  readonly lon?: number;
  readonly lat?: number;
  readonly height_m?: number;
  readonly frequency_mhz?: number;
}

export interface Scenario {
  readonly id?: string;
  readonly version?: number;
  readonly name: string;
  readonly permalink?: string;
  readonly add?: readonly Planned[];
  readonly move?: readonly Planned[];
  readonly remove?: readonly string[];
  readonly difference: Difference;
  readonly cost: Cost;
  readonly rows: readonly { readonly code: string; readonly name: string; readonly district: string; readonly before: Row; readonly after: Row; readonly delta: Row }[];
  readonly question: Readonly<Record<string, string>>;
  readonly threshold: Threshold;
  readonly provenance: Provenance;
}

export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly technology: string;
  readonly added: number;
  readonly moved: number;
  readonly removed: number;
  readonly version: number;
  readonly owner: string;
  readonly updated: string;
}

export interface Compared {
  readonly scenarios: readonly { readonly id: string; readonly name: string; readonly difference: Difference; readonly cost: Cost; readonly threshold: Threshold }[];
  readonly rows: readonly { readonly code: string; readonly name: string; readonly district: string; readonly deltas: Readonly<Record<string, Row>> }[];
  readonly same_question: boolean;
  readonly provenance: Provenance;
}
