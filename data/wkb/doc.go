// Package wkb carries geometries between the vocabulary of the program (orb)
// and the three dialects of well-known binary: ISO WKB, the EWKB of PostGIS and
// the GeoPackage blob.
//
// Reading is done by go-geom, which knows Z, M and SRID; Z and M are dropped
// knowingly, the SRID is handed to the caller. It refuses what does not fit its
// own length, is nested too deeply or is of a type orb has no word for, before
// anything is allocated for it. Writing is two-dimensional only.
//
// Coordinates pass through bit by bit.
package wkb
