// Package geo is the ground Petadesa stands on: the immutable Snapshot that
// every answer is computed from, the layers in it, and how they are built from
// records.
//
// A Snapshot is made once by Build and never changes; a change of data makes a
// new Snapshot that shares the layers that did not change. Reading one needs no
// lock, no database and no context.
//
// Two geometries are kept side by side. The stored one (orb, longitude and
// latitude in degrees, WGS 84) is exact and is what the API answers with. The
// drawing one (Shape: integer Web Mercator coordinates, each vertex with the
// zoom at which it first appears) is what tiles are cut from: neighbours that
// share a border share its vertices and their ranks, so they stay seamless.
//
// geo imports orb and the standard library only. It knows no file format, no
// database and no HTTP.
package geo
