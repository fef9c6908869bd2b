// The colours of the map's own ground, by day and by night. Chosen so that
// borders, roads and the coverage scale keep their order of lightness for every
// kind of colour vision.

export interface Palette {
  readonly sea: string;
  readonly neighbour: string;
  readonly neighbourLine: string;
  readonly village: string;
  readonly villageLine: string;
  readonly districtLine: string;
  readonly regencyLine: string;
  readonly label: string;
  readonly labelQuiet: string;
  readonly halo: string;
  readonly highlight: string;
  readonly highlightFill: string;
  readonly roadCasing: string;
  readonly badge: string;
  readonly coverageOpacity: number;
}

export const day: Palette = {
  sea: '#cadde4',
  neighbour: '#e7e6df',
  neighbourLine: '#cfccc1',
  village: '#fbf9f3',
  villageLine: '#d8d2c3',
  districtLine: '#8d8676',
  regencyLine: '#5d584d',
  label: '#26353b',
  labelQuiet: '#6b6a61',
  halo: 'rgba(255,255,255,0.88)',
  highlight: '#b3261e',
  highlightFill: 'rgba(179,38,30,0.10)',
  roadCasing: 'rgba(255,255,255,0.9)',
  badge: '#ffffff',
  coverageOpacity: 0.62,
};

export const night: Palette = {
  sea: '#0f1d24',
  neighbour: '#1a2427',
  neighbourLine: '#2c393d',
  village: '#243034',
  villageLine: '#3a484d',
  districtLine: '#76868b',
  regencyLine: '#a2b0b4',
  label: '#e8eef0',
  labelQuiet: '#9aa9ae',
  halo: 'rgba(15,24,28,0.85)',
  highlight: '#ffb4a4',
  highlightFill: 'rgba(255,180,164,0.14)',
  roadCasing: 'rgba(15,24,28,0.8)',
  badge: '#172226',
  coverageOpacity: 0.6,
};
