package files

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/needs"
)

// The bundle's villages, towers and roads, written by GDAL in each format that it
// writes and that is read here, come back with every record, value and point.
func TestWhatGDALWritesIsReadAsItWas(t *testing.T) {
	ogr2ogr := needs.GDAL(t, "ogr2ogr")
	for _, format := range []struct {
		driver, file string
		options      []string
		digits       float64 // degrees that the format may round
	}{
		{"GeoJSON", "f.geojson", []string{"-lco", "COORDINATE_PRECISION=15"}, 0},
		{"GeoJSONSeq", "f.geojsonl", []string{"-lco", "COORDINATE_PRECISION=15"}, 0},
		{"GPKG", "f.gpkg", nil, 0},
		{"ESRI Shapefile", "f.shp", []string{"-lco", "ENCODING=UTF-8"}, 0},
		{"ESRI Shapefile", "f.shz", []string{"-lco", "ENCODING=UTF-8"}, 0},
		{"FlatGeobuf", "f.fgb", nil, 0},
		{"KML", "f.kml", nil, 1e-14},
		{"LIBKML", "f.kmz", nil, 1e-14},
		{"CSV", "f.csv", []string{"-lco", "GEOMETRY=AS_WKT"}, 0},
		{"GML", "f.gml", nil, 1e-14},
		{"MapInfo File", "f.tab", nil, 1e-5},
		{"MapInfo File", "f.mif", []string{"-dsco", "FORMAT=MIF"}, 1e-9},
	} {
		t.Run(format.driver+" "+filepath.Ext(format.file), func(t *testing.T) {
			t.Parallel()
			for _, collection := range []string{"villages", "towers", "roads"} {
				source := filepath.Join("..", "bundle", collection+".geojson")
				path := filepath.Join(t.TempDir(), format.file)
				args := append([]string{"-f", format.driver, "-nln", collection}, format.options...)
				if out, err := exec.CommandContext(t.Context(), ogr2ogr, append(args, path, source)...).CombinedOutput(); err != nil {
					t.Fatalf("%s: %v: %s", collection, err, out)
				}
				want, _ := readBack(t, source, Options{Collection: collection})
				got, report := readBack(t, path, Options{Collection: collection})
				if left := slices.DeleteFunc(report.Ignored, func(name string) bool { return name == "gml_id" || name == "folder" }); len(left) > 0 || report.Read != len(want.Records) {
					t.Errorf("%s: %d read, %v ignored", collection, report.Read, left)
				}
				sameTables(t, want, got, format.digits)
			}
		})
	}
}

func readBack(t *testing.T, path string, opts Options) (geo.Table, *Report) {
	t.Helper()
	store := &memory{}
	report, err := Import(t.Context(), store, Path(path), opts)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return store.tables[opts.Collection], report
}

// sameTables compares ids, values and geometries, these up to so many degrees.
func sameTables(t *testing.T, want, got geo.Table, degrees float64) {
	t.Helper()
	if len(want.Records) == 0 || ids(want) != ids(got) {
		t.Errorf("%d records of other ids, want %d", len(got.Records), len(want.Records))
		return
	}
	for i, w := range want.Records {
		g := got.Records[i]
		if a, b := fmt.Sprint(w.Values), fmt.Sprint(g.Values); a != b {
			t.Errorf("%s: %s, want %s", w.ID, b, a)
			return
		}
		var all, back []orb.Point
		geo.EachPoint(w.Geometry, func(p orb.Point) { all = append(all, p) })
		geo.EachPoint(g.Geometry, func(p orb.Point) { back = append(back, p) })
		if len(all) != len(back) {
			t.Errorf("%s: %d points, want %d", w.ID, len(back), len(all))
			return
		}
		for k := range all {
			if d := distance(all[k], back[k]); d > degrees {
				t.Errorf("%s: %v is off by %g°", w.ID, all[k], d)
				return
			}
		}
	}
}
