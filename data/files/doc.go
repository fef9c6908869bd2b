// Package files is the way of data from files into a store and back: one
// pipeline for every format.
//
//	read (streaming) → map fields → place (axes, CRS) → repair → check → report → store.Write in one transaction
//
// A file is read twice. The first time every row is checked and the schema is
// settled; only when nothing is refused (or the caller allows rows to be left
// out) is it read again, into one transaction. So memory is bounded by one
// feature, not by the file; a report names every fault and not just the first;
// and a bad file changes nothing.
//
// What is unambiguous is repaired and counted: the orientation of rings, equal
// points in a row, "8.4" where a number is wanted. What is not is refused with
// line, feature, id, field and reason. Nothing is guessed: a ring that is not
// closed, a polygon that crosses itself, latitude before longitude or metres
// without a reference system are named, not mended.
//
// A format is a reader of rows (see rows); everything after it is shared. The
// package knows nothing of HTTP, tiles or any particular store.
package files
