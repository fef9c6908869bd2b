// Package tiles cuts vector tiles from the layers of a snapshot and serves them.
//
// Cut makes one tile: it finds the features that may be in it, keeps the
// vertices drawn at its zoom, clips them to the tile and a buffer, rounds all
// polygons of a layer together (package snap), drops the least important
// features when the tile is over its budget, and encodes what is left (package
// mvt). The same layers and query give the same bytes, on every server.
//
// A Server answers HTTP requests for tiles: it keeps tiles in a cache bounded in
// bytes, cuts a tile once however many ask for it at once, and negotiates
// encodings and validators. It writes answers; errors are returned for the
// caller to write.
//
// The package knows layers, not stores; it reads no file and no database, and
// a tile is never served without a layer that failed: then all of it fails.
package tiles
