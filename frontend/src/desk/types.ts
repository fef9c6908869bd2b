// What the planner's resources answer, as far as the desk reads it.

export type Class = 'BLANK' | 'PARTIAL' | 'SERVED' | 'UNKNOWN';

export interface Counts {
  readonly total: number;
  readonly covered: number;
  readonly gap: number;
  readonly unknown: number;
}

export interface PeopleCounts extends Counts {
  readonly gap_low: number;
  readonly gap_high: number;
  readonly method: string;
}

export interface Official {
  readonly status: string;
  readonly date: string;
  readonly unit?: string;
}

export interface Row {
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly class: Class | '';
  readonly people: PeopleCounts;
  readonly area_km2: Counts;
  readonly places: Counts;
  readonly road_km: Counts;
  readonly nearest_tower_km: number | null;
  readonly nearest_fibre_km: number | null;
  readonly nearest_road_km: number | null;
  readonly official: Official | null;
}

export interface Threshold {
  readonly preset?: string;
  readonly source?: string;
  readonly min_down?: number;
  readonly min_up?: number;
  readonly min_rsrp?: number;
  readonly radius_m?: number;
}

export interface Origin {
  readonly features: number;
  readonly from?: string;
  readonly to?: string;
  readonly quality?: readonly string[];
}

export interface Provenance {
  readonly snapshot: string;
  readonly model: string;
  readonly terrain?: string;
  readonly population: string;
  readonly known: string;
  readonly unmodelled_towers?: Readonly<Record<string, string>>;
  readonly villages_without_population?: readonly string[];
  readonly places_outside?: number;
  readonly collections: Readonly<Record<string, Origin>>;
}

export interface Link {
  readonly href: string;
  readonly rel: string;
}

export interface Answer {
  readonly by: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly threshold: Threshold;
  readonly permalink: string;
  readonly provenance: Provenance;
  readonly totals: Row;
  readonly numberMatched: number;
  readonly rows: readonly Row[];
  readonly links: readonly Link[];
}

/** The tower whose signal is strongest at a place. */
export interface NearestTower {
  readonly id: string;
  readonly distance_km: number;
  readonly lon: number;
  readonly lat: number;
  readonly height_m: number;
  readonly frequency_mhz: number;
  readonly guessed: boolean;
}

/** The way of a signal over the ground; heights are m above the sea. */
export interface Path {
  readonly tower: string;
  readonly operator?: string;
  readonly technology: string;
  readonly distance_m: number;
  /** False: flat ground was taken, there are no points. */
  readonly terrain: boolean;
  readonly points?: readonly { readonly distance_m: number; readonly elevation_m: number; readonly bulge_m: number; readonly ray_m: number; readonly fresnel_m: number }[];
}

export interface OperatorAt {
  readonly operator: string;
  readonly technology: string;
  readonly state: string;
  readonly evidence: string;
  /** Null where no tower is received: then tower is the nearest. */
  readonly rsrp_dbm: number | null;
  readonly probability: number | null;
  readonly tower: NearestTower | null;
  readonly claimed: string;
  readonly modelled: string;
  readonly measured: string;
  readonly why: string;
}

export interface MeasuredAt {
  readonly id: string;
  readonly distance_km: number;
  readonly tests: number;
  readonly thin: boolean;
  readonly network?: string;
  readonly operator?: string;
  readonly down_mbps: number | null;
  readonly up_mbps: number | null;
}

/** Why a place is as it is. */
export interface PlaceAnswer {
  readonly lon: number;
  readonly lat: number;
  readonly village: { readonly code: string; readonly name: string; readonly district: string } | null;
  readonly threshold: Threshold;
  readonly operators: readonly OperatorAt[];
  readonly measurements: readonly MeasuredAt[] | null;
  readonly official: Official | null;
  readonly nearest_tower: NearestTower | null;
  readonly nearest_fibre_km: number | null;
  readonly nearest_road_km: number | null;
  /** From the tower that is received best, or the nearest where none is. */
  readonly path: Path | null;
  readonly provenance: Provenance;
}
