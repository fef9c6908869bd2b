// Colours of layers that have no style of their own, by their order: calm ones
// that keep apart from each other and from roads, coverage and marks.

const colours: readonly { readonly day: string; readonly night: string }[] = [
  { day: '#2f6690', night: '#7fb2d9' },
  { day: '#7a4f9a', night: '#c3a0dd' },
  { day: '#5f7f1f', night: '#b3cf72' },
  { day: '#a8467a', night: '#e59cc2' },
  { day: '#2e7f72', night: '#7ccfc1' },
  { day: '#8a5a2b', night: '#d9ab7d' },
  { day: '#4a5a9c', night: '#a3afe6' },
  { day: '#6b6b6b', night: '#bdbdbd' },
];

/** The colour of the layer at a place among the others. */
export function otherColour(order: number, night: boolean): string {
  const colour = colours[order % colours.length]!;
  return night ? colour.night : colour.day;
}
