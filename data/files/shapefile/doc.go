// Package shapefile reads ESRI Shapefiles: geometry from .shp, attributes from
// .dbf, their encoding from .cpg or the .dbf itself, the reference system from
// .prj (ESRI Shapefile Technical Description, July 1998; dBASE level 5).
//
// It streams: memory is that of one record. Nothing that a header claims is
// believed before the file's size allows it. Z and M are dropped and counted;
// multipatches, memo fields and files that do not belong together are refused.
package shapefile
