// Package raster holds the rasters of a snapshot: elevation and population on the
// lattice of 3 arc-seconds, in blocks of 256 × 256 cells that are fetched when
// they are first asked for, so that a country need not fit in memory.
//
// A Raster never changes. It knows from the start which blocks there are and the
// hash of each; a block that comes from the store with another content is refused
// as stale, never mixed in. Its version is the same for the same values and
// description on any store.
//
// It reads no file format: what a block looks like in a store is its own (see
// Encode), what files look like is package data/files' business.
package raster
