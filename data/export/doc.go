// Package export writes features as files that other programs open: GeoJSON, a
// GeoJSON text sequence, CSV, XLSX, GeoPackage, FlatGeobuf, KML and GeoParquet.
// There is one writer for each, for the command and for the API alike.
//
// A writer takes records as they come and holds one, or a bounded group of
// them; a form whose beginning depends on its end (GeoPackage, FlatGeobuf) goes
// through a temporary file. Coordinates are longitude and latitude on WGS 84.
// Numbers and texts read back as what they were, where the form can hold them;
// what it cannot hold is an error that names the feature, never a silent change.
// A writer that fails leaves a stream that no reader takes for a whole file, or
// an error by which its caller must see to that.
package export
