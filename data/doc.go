// Package data holds what Petadesa knows before it is a snapshot: the Store
// contract with its two implementations (postgis and gpkg; stores opens either),
// what every store refuses and the form in which it keeps records, the
// well-known collections, and the Follower that turns a store into an
// ever-current geo.Snapshot. Reading and writing files is in data/files, the
// bundled regency in data/bundle.
//
// data imports geo and never tiles or api.
package data
