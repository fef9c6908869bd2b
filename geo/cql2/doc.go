// Package cql2 is the filter language of Petadesa, one for items, tiles, tables
// and exports: OGC CQL2 (21-065r2), read from text or JSON, checked against the fields
// of a collection, and compiled to a test of the features of a layer.
//
// A filter is a tree of nodes, each an operation of the standard with its
// arguments. Parse and ParseJSON make one, Check says what in it does not fit a collection,
// Compile makes a function of it that reads the layer's columns directly, and
// String writes the one form that all ways to write the same filter share.
//
// A test knows three answers: what has no value (NULL) compares neither true
// nor false but unknown, NOT unknown is unknown, and only true selects. What
// depends on one column of text is decided once for each of its distinct words.
// Texts are in order of their code points; a text is a date where it is compared
// with one.
//
// The package refuses what it cannot answer exactly, by name and position:
// unknown properties, comparisons of unlike things, functions it does not have
// (array functions, functions of one's own). It bounds the length of a filter
// and how deeply it is nested. It fetches nothing, keeps no state, and imports
// orb, geo and the standard library only.
package cql2
