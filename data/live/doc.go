// Package live publishes what is in PostGIS beside the collections: tables,
// views, materialised views and functions of allowed schemas, found by
// themselves and answered by the database at each request. It is for what is too
// large, or changes too often, for a snapshot.
//
// The pipeline of a tile reads: catalogue (discover.go), the one statement of a
// source (statement.go), the region it may look at (region.go), cache, flights
// that equal requests share, a gate in front of few connections (gate.go).
//
// It refuses to write, to publish what no option names, to publish the schema of
// the store or of the system, to guess a reference system, and to put any name
// or value into SQL that is not quoted by pgx or bound. Sources know nothing of
// HTTP or of tiles' encoding: whoever serves them compresses and states headers.
package live
