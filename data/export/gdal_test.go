package export_test

import (
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	_ "modernc.org/sqlite"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/needs"
)

// gdal runs one of GDAL's programs and returns what it says, warnings included.
func gdal(t testing.TB, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(needs.GDAL(t, program), args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "Warning") || strings.Contains(string(out), "ERROR") {
		t.Fatalf("%s %q: %v\n%s", program, args, err, out)
	}
	return string(out)
}

func file(t testing.TB, format string, table *geo.Table) string {
	t.Helper()
	f, err := export.Named(format)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), table.Collection.ID+f.Extensions[0])
	if err := export.WriteFile(t.Context(), path, f, &table.Collection, export.Records(table)); err != nil {
		t.Fatal(err)
	}
	return path
}

func lines() geo.Table {
	c := geo.Collection{ID: "lines", Geometry: geo.Line, Fields: []geo.Field{
		{Name: "name", Type: geo.String}, {Name: "km", Type: geo.Number}, {Name: "paved", Type: geo.Boolean}, {Name: "osm", Type: geo.Integer},
	}}
	one := orb.LineString{{112.5, -8}, {112.600000000000009, -8.1}, {112.7, -7.9}}
	return geo.Table{Collection: c, Records: []geo.Record{
		{ID: "1", Geometry: one, Values: []any{"Jalan \"Ijen\" & <co>", 0.1, true, int64(12345678901)}},
		{ID: "2", Geometry: orb.MultiLineString{one, one[1:]}, Values: []any{"désa\nbaru 😀", nil, false, nil}},
		{ID: "3", Geometry: one[1:], Values: []any{nil, -1e-300, nil, int64(-1)}},
	}}
}

// What is written here, GDAL reads as it is, to the last bit of a coordinate.
func TestGDALReadsWhatWasWritten(t *testing.T) {
	points := small()[0]
	points.Collection.ID = "points"
	points.Records[2].Values[0] = "plain"    // KML has no control characters
	points.Records[2].Values[3] = int64(-77) // nor more than a float64's digits
	mixed := small()[1]
	for _, table := range []geo.Table{storetest.Polygons("villages", 40, 20), lines(), points, mixed} {
		for _, format := range []string{"geojson", "geojsonseq", "gpkg", "fgb", "kml", "csv"} {
			t.Run(table.Collection.ID+" as "+format, func(t *testing.T) {
				made, back := file(t, format, &table), filepath.Join(t.TempDir(), "back.gpkg")
				args := []string{"-f", "GPKG", "-nln", "back", "-lco", "FID=row", "-lco", "GEOMETRY_NAME=geom", "-nlt", "GEOMETRY", back, made}
				if format == "csv" {
					args = append(args, "-oo", "GEOM_POSSIBLE_NAMES=wkt", "-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "KEEP_GEOM_COLUMNS=NO", "-oo", "EMPTY_STRING_AS_NULL=NO")
				} else if format == "gpkg" {
					args = append(args, table.Collection.ID)
				}
				gdal(t, "ogr2ogr", args...)
				compare(t, format, &table, readBack(t, back, format, &table))
			})
		}
	}
}

// readBack reads a table that GDAL made, by id: a line for each feature.
func readBack(t *testing.T, path, format string, table *geo.Table) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	names := `id, geom`
	for _, f := range table.Collection.Fields {
		name := f.Name
		if name == "lon" && format == "csv" {
			name = "lon_2"
		}
		names += `, "` + name + `"`
	}
	rows, err := db.Query("SELECT " + names + " FROM back")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	got := map[string]string{}
	for rows.Next() {
		values := make([]any, len(table.Collection.Fields))
		var id string
		var geom []byte
		into := []any{&id, &geom}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var g orb.Geometry
		if geom != nil {
			if g, _, err = wkb.DecodeGeoPackage(geom); err != nil {
				t.Fatal(err)
			}
		}
		got[id] = shown(&table.Collection, g, values)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return got
}

func compare(t *testing.T, format string, table *geo.Table, got map[string]string) {
	t.Helper()
	want := map[string]string{}
	for _, r := range table.Records {
		want[r.ID] = shown(&table.Collection, r.Geometry, r.Values)
	}
	if format == "kml" || format == "csv" { // neither tells an empty text from a missing one
		for _, m := range []map[string]string{want, got} {
			for id, line := range m {
				m[id] = strings.ReplaceAll(line, `""`, "nil")
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

var whole = regexp.MustCompile(`^-?\d+$`)

func shown(c *geo.Collection, g orb.Geometry, values []any) string {
	// One part is no different from the part: KML and GDAL do not tell them apart.
	g = data.Canonical(geo.Polygon, data.Canonical(geo.Line, g))
	if m, ok := g.(orb.MultiPoint); ok && len(m) == 1 {
		g = m[0]
	}
	line := fmt.Sprintf("%#v", g)
	for i, v := range values {
		switch c.Fields[i].Type {
		case geo.Boolean:
			switch v {
			case "true", int64(1), 1.0:
				v = true
			case "false", int64(0), 0.0:
				v = false
			}
		case geo.String:
			if v != nil {
				v = strings.TrimSuffix(fmt.Sprint(v), " 00:00:00 +0000 UTC") // a text like a date is one to GDAL
			}
		default:
			s := fmt.Sprint(v)
			switch f := v.(type) {
			case int64:
				s = fmt.Sprint(float64(f))
			case string:
				var n float64
				if _, err := fmt.Sscan(f, &n); err == nil || whole.MatchString(f) {
					s = fmt.Sprint(n)
				}
				if f == "" {
					s = fmt.Sprint(nil)
				}
			}
			line += " " + s
			continue
		}
		if v == nil {
			line += " nil"
		} else {
			line += fmt.Sprintf(" %#v", v)
		}
	}
	return strings.ReplaceAll(line, "<nil>", "nil")
}

// GDAL finds by the index of a FlatGeobuf what it finds without one.
func TestFlatGeobufIsSearchedByItsIndex(t *testing.T) {
	for _, n := range []int{1, 17, 300} {
		table := storetest.Polygons("villages", n, 8)
		indexed, plain := file(t, "fgb", &table), file(t, "gpkg", &table)
		for _, box := range [][]string{{"94", "-12", "142", "8"}, {"110", "-9", "113", "-7"}, {"0", "0", "1", "1"}} {
			count := func(path string) string {
				out := gdal(t, "ogrinfo", append(append([]string{"-q", "-spat"}, box...), path, "villages")...)
				return fmt.Sprint(strings.Count(out, "OGRFeature"))
			}
			if a, b := count(indexed), count(plain); a != b {
				t.Errorf("%d features, box %v: %s found by the index, %s without", n, box, a, b)
			}
		}
	}
	nowhere := geo.Table{Collection: geo.Collection{ID: "none", Geometry: geo.Point}}
	if out := gdal(t, "ogrinfo", "-so", "-al", file(t, "fgb", &nowhere)); !strings.Contains(out, "Feature Count: 0") {
		t.Error(out)
	}
}

// A GeoPackage is a store, and holds exactly what was exported.
func TestAGeoPackageIsAStore(t *testing.T) {
	for _, table := range append(storetest.Nasty(), storetest.Polygons("villages", 300, 20)) {
		s, err := gpkg.Open(t.Context(), file(t, "gpkg", &table))
		if err != nil {
			t.Fatal(err)
		}
		tables, err := s.Load(t.Context())
		if err != nil || len(tables) != 1 {
			t.Fatalf("%d tables, %v", len(tables), err)
		}
		want, err := geo.Build(t.Context(), nil, []geo.Table{table}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := geo.Build(t.Context(), nil, tables, nil)
		if err != nil || got.Version != want.Version {
			t.Errorf("%s: version %s, want %s, %v", table.Collection.ID, got.Version, want.Version, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Origin and licence are where programs look for them.
func TestOriginIsTold(t *testing.T) {
	table := small()[0]
	for format, want := range map[string]string{"gpkg": "<license>CC0-1.0</license>", "fgb": "CC0-1.0", "geojson": `"license":"CC0-1.0"`, "kml": "License: CC0-1.0", "parquet": "CC0-1.0"} {
		if !strings.Contains(string(write(t, format, &table)), want) {
			t.Errorf("%s does not tell the licence", format)
		}
	}
}

func TestGDALReadsTheSheet(t *testing.T) {
	table := lines()
	points := small()[0]
	if out := gdal(t, "ogrinfo", "-al", file(t, "xlsx", &table)); !strings.Contains(out, "name (String) = désa\nbaru 😀") ||
		!strings.Contains(out, "osm (Integer64) = 12345678901") || !strings.Contains(out, "paved (Integer(Boolean)) = 1") || !strings.Contains(out, "km (Real) = 0.1") {
		t.Error(out)
	}
	if out := gdal(t, "ogrinfo", "-al", file(t, "xlsx", &points)); !strings.Contains(out, "lon_2 (String) = =1+1 ") || !strings.Contains(out, "lat (Real) = -8.1") ||
		!strings.Contains(out, "i (String) = 9007199254740993") || !strings.Contains(out, "Feature Count: 3") {
		t.Error(out)
	}
}
