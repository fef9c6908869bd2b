// Package snap rounds polygons to an integer grid together, so that what they
// share they still share, and what did not cross does not cross.
//
// An Arrangement takes the rings of many polygons in fine coordinates, clips
// them to a square box, rounds all their segments at once by snap rounding and
// rebuilds every polygon from its rounded edges, counted modulo 2. What comes
// out is valid by construction: rings are simple, exteriors clockwise (y down),
// holes inside their exterior, no area is zero, interiors are connected. Two
// polygons that shared a border share the rounded one point by point.
//
// Snap rounding: a grid square ("pixel") is hot when it holds an end of a
// segment or a crossing of two; every segment is replaced by the chain of the
// centres of the hot pixels it passes. See J. Hobby, "Practical segment
// intersection with finite precision output", Computational Geometry 13 (1999),
// which proves that the result has no crossings. All decisions are made in
// exact integer arithmetic; floating point only narrows where to look.
//
// The package knows no zooms, no features and no tiles. It does not repair
// what polygons mean: where rings of one polygon overlap, the area covered an
// even number of times is outside.
package snap
