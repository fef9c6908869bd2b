// Package propagation says how strongly a tower is received at a place: losses
// in decibels from the published models, the link budget that turns them into
// RSRP, and the footprint of a tower on the lattice.
//
// With elevations the loss is that of free space, of diffraction over the terrain
// (Bullington's construction as ITU-R P.1812 and P.526 have it) and a constant for
// the clutter around the receiver; without them it is Okumura–Hata or COST 231,
// and the answer says that the terrain was taken as flat. What lies outside a
// model is a RangeError; what a model's authors did not measure, but which is
// still computed, is noted.
//
// Everything is a pure function of its arguments. The package knows no store, no
// operator and no threshold: who compares with one is package coverage.
package propagation
