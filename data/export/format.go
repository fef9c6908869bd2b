package export

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Format is a form in which features leave.
type Format struct {
	Name       string   // as in f=name and --format
	Title      string   // for people
	Media      string   // media type, with its charset where it is text
	Extensions []string // of file names, with the dot; the first is the one to give
	Most       int      // features that the form can hold; 0: any number
	Packed     bool     // it is compressed already
	Spools     bool     // it is made in a temporary file first
	Volatile   bool     // the same features may give other bytes the next time

	write func(ctx context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) error
}

// All lists the formats, those that most programs know first.
func All() []Format {
	return []Format{
		{Name: "geojson", Title: "GeoJSON file", Media: "application/geo+json", Extensions: []string{".geojson", ".json"}, write: text(featureCollection)},
		{Name: "gpkg", Title: "GeoPackage", Media: "application/geopackage+sqlite3", Extensions: []string{".gpkg"}, Spools: true, Volatile: true, write: writeGeoPackage},
		{Name: "xlsx", Title: "Excel", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Extensions: []string{".xlsx"}, Most: mostRows - 1, Packed: true, write: writeXLSX},
		{Name: "csv", Title: "CSV", Media: "text/csv; charset=utf-8", Extensions: []string{".csv"}, write: text(newTable)},
		{Name: "csv-excel", Title: "CSV for Excel", Media: "text/csv; charset=utf-8", Extensions: []string{".csv"}, write: text(newExcelTable)},
		{Name: "kml", Title: "KML", Media: "application/vnd.google-earth.kml+xml", Extensions: []string{".kml"}, write: text(newPlacemarks)},
		{Name: "fgb", Title: "FlatGeobuf", Media: "application/flatgeobuf", Extensions: []string{".fgb"}, Spools: true, write: writeFlatGeobuf},
		{Name: "parquet", Title: "GeoParquet", Media: "application/vnd.apache.parquet", Extensions: []string{".parquet", ".geoparquet"}, Packed: true, write: writeGeoParquet},
		{Name: "geojsonseq", Title: "GeoJSON text sequence", Media: "application/geo+json-seq", Extensions: []string{".geojsonseq", ".geojsons", ".geojsonl", ".ndjson", ".jsonl"}, write: text(textSequence)},
	}
}

// Named returns the format of that name.
func Named(name string) (Format, error) {
	all := All()
	if i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name }); i >= 0 {
		return all[i], nil
	}
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.Name
	}
	return Format{}, fmt.Errorf("no format %q: want one of %s", name, strings.Join(names, ", "))
}

// FormatOf returns the format that the name of a file calls for.
func FormatOf(name string) (Format, error) {
	ext := strings.ToLower(filepath.Ext(name))
	known := []string{}
	for _, f := range All() {
		if slices.Contains(f.Extensions, ext) {
			return f, nil
		}
		if !slices.Contains(known, f.Extensions[0]) {
			known = append(known, f.Extensions[0])
		}
	}
	return Format{}, fmt.Errorf("no format is known for %q: want a name that ends in one of %s", filepath.Base(name), strings.Join(known, ", "))
}

// columnNames names the columns of a table: the given ones, then the fields. A
// field whose name is taken, in whatever case, gets a number.
func columnNames(c *geo.Collection, first ...string) []string {
	names := slices.Clone(first)
	taken := map[string]bool{}
	for _, name := range first {
		taken[strings.ToLower(name)] = true
	}
	for _, f := range c.Fields {
		name := f.Name
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s_%d", f.Name, n)
		}
		taken[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names
}

// credit is what a form that has but one place for it says of the origin.
func credit(c *geo.Collection) string {
	var parts []string
	for _, s := range []string{c.Description, c.Attribution} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if c.License != "" {
		parts = append(parts, "License: "+c.License)
	}
	return strings.Join(parts, "\n")
}
