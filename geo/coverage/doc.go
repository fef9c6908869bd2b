// Package coverage answers where people, places and roads are without signal,
// how sure that is, and on what evidence it rests.
//
// The ground is a lattice of cells of 3 arc seconds (1/1200°, about 92 m),
// numbered globally and kept in blocks of 64 × 64, so that a Set of cells is a
// row of words and a country fits in memory (lattice.Cell, Grid, Set). Cells that a
// boundary crosses carry a mask of 8 × 8 parts, so that areas are exact to a few
// thousandths. A Ground is the cells of the villages of a snapshot: which lie
// in which village, with how much land.
//
// Every number is summed in whole units (thousandths of a person, square metres,
// decimetres of road), so that the sums of villages are exactly those of their
// districts and of the regency, in whatever order they are made.
//
// For an operator, a technology, a threshold and a kind of evidence each cell is
// covered, not covered or unknown (States). Unknown is a state of its own: it is never
// counted as either. Claimed, modelled and measured are never mixed unasked.
//
// The package knows no HTTP and no file, imports orb, geo and the standard library only,
// and refuses to guess: a village without a number of people is named, a
// threshold that an evidence cannot judge leaves unknown.
package coverage
