// Package gpkg is the data.Store in a GeoPackage: one SQLite file that QGIS and
// GDAL open, read and edit as any other of its kind (OGC 12-128r17).
//
// Each collection is a feature table with the columns fid, id, geom (indexed by
// the R-tree extension) and one for each field, or an attribute table when it
// has no geometry. The table petadesa_collections describes them. Edits made with
// other programs are noticed while the store is watched.
//
// It writes longitude and latitude (SRS 4326) only, and refuses to read any
// other. It opens only files that it made: what else a GeoPackage may hold is
// for an import to read.
package gpkg
