// Package archive keeps whole pyramids of tiles in one file: it exports what a
// snapshot's layers look like at all zooms to PMTiles or MBTiles, and opens such
// archives, of whatever origin, as sources of tiles.
//
//	stats, err := archive.Export(ctx, "malang.pmtiles", archive.Job{Snapshot: s, MaxZoom: 14})
//	source, err := archive.Open(ctx, "malang.pmtiles") // or an http(s) URL of a PMTiles file
//	folder, err := archive.OpenFolder(ctx, "archives", log)
//
// An exported tile has the same bytes as the served one; the same snapshot and
// job give the same file, whatever the number of workers. A file appears whole or
// not at all.
//
// What is read is believed in nothing (packages pmtiles and mbtiles do that).
// The package serves no HTTP, changes no tile and joins no archives.
package archive
