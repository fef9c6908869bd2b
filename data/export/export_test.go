package export_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
)

var update = flag.Bool("update", false, "accept what is written as the golden file")

func write(t testing.TB, format string, table *geo.Table) []byte {
	t.Helper()
	f, err := export.Named(format)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := export.Write(t.Context(), &out, f, &table.Collection, export.Records(table)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func small() []geo.Table {
	return []geo.Table{
		{
			Collection: geo.Collection{
				ID: "x", Title: "Points & more", Geometry: geo.Point, Attribution: "© <nobody>", License: "CC0-1.0",
				Fields: []geo.Field{{Name: "lon", Type: geo.String}, {Name: "n", Type: geo.Number}, {Name: "b", Type: geo.Boolean}, {Name: "i", Type: geo.Integer}},
			},
			Records: []geo.Record{
				{ID: "b, \"2\"", Values: []any{"", nil, nil, int64(-3)}},
				{ID: "a", Geometry: orb.Point{112.63581484885529, -8.1}, Values: []any{"line\none", 8.0, true, nil}},
				{ID: "c", Geometry: orb.Point{112, -8}, Values: []any{"=1+1 \x01 <&>", 1e-7, false, int64(1<<53 + 1)}},
			},
		},
		{Collection: geo.Collection{ID: "y", Geometry: geo.Mixed}, Records: []geo.Record{
			{ID: "1", Geometry: orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1.5}, {0, 0}}}}},
			{ID: "2", Geometry: orb.Collection{orb.Point{1, 2}, orb.LineString{{1, 2}, {3, 4}}}},
			{ID: "3", Geometry: orb.MultiLineString{{{1, 2}, {3, 4}}}},
			{ID: "4", Geometry: orb.MultiPoint{{1, 2}}},
			{ID: "5"},
			{ID: "6", Geometry: orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{1, 1}, {2, 2}, {2, 1}, {1, 1}}}},
		}},
	}
}

// The bytes of texts are those of the last time.
func TestTextsAreGolden(t *testing.T) {
	var all strings.Builder
	for _, table := range small() {
		for _, f := range []string{"geojson", "geojsonseq", "csv", "csv-excel", "kml"} {
			all.WriteString("-- " + f + "\n")
			all.Write(write(t, f, &table))
		}
	}
	path := filepath.Join("testdata", "export.golden")
	if *update {
		if err := os.WriteFile(path, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if all.String() != string(want) {
		t.Errorf("-update accepts:\n%s", all.String())
	}
}

// All but GeoPackage, whose bytes hold the time.
func TestTheSameFeaturesGiveTheSameBytes(t *testing.T) {
	table := storetest.Polygons("villages", 50, 10)
	for _, f := range export.All() {
		if !f.Volatile && !bytes.Equal(write(t, f.Name, &table), write(t, f.Name, &table)) {
			t.Errorf("%s differs", f.Name)
		}
	}
}

var errSource = errors.New("the source broke")

// Whatever ends the records early is the writer's error, and neither a file nor
// anything beside it is left.
func TestAFileIsWholeOrNotThere(t *testing.T) {
	table := storetest.Polygons("villages", 3000, 10)
	for _, f := range export.All() {
		t.Run(f.Name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			dir := t.TempDir()
			path := filepath.Join(dir, "x"+f.Extensions[0])
			if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			broken := func(yield func(geo.Record, error) bool) {
				for r, err := range export.Records(&table) {
					if r.ID == "35.002000" {
						err = errSource
					}
					if !yield(r, err) {
						return
					}
				}
			}
			cancelled := func(yield func(geo.Record, error) bool) {
				for r := range export.Records(&table) {
					if r.ID == "35.002000" {
						cancel()
					}
					if !yield(r, nil) {
						return
					}
				}
			}
			if err := export.WriteFile(ctx, path, f, &table.Collection, broken); !errors.Is(err, errSource) {
				t.Errorf("broken: %v", err)
			}
			if err := export.WriteFile(ctx, path, f, &table.Collection, cancelled); !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled: %v", err)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != "old" {
				t.Errorf("the old file is gone: %q, %v", got, err)
			}
			for _, d := range []string{dir, os.Getenv("TMPDIR")} {
				entries, err := os.ReadDir(d)
				if err != nil || len(entries) > 1 || d != dir && len(entries) > 0 {
					t.Errorf("left behind: %v, %v", entries, err)
				}
			}
			ctx = t.Context()
			if err := export.WriteFile(ctx, path, f, &table.Collection, export.Records(&table)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	text := geo.Table{
		Collection: geo.Collection{ID: "x", Geometry: geo.None, Fields: []geo.Field{{Name: "text", Type: geo.String}}},
		Records:    []geo.Record{{ID: "long", Values: []any{strings.Repeat("é", 32_768)}}},
	}
	line := geo.Table{
		Collection: geo.Collection{ID: "x", Geometry: geo.Point},
		Records:    []geo.Record{{ID: "odd", Geometry: orb.LineString{{1, 1}, {2, 2}}}},
	}
	short := geo.Table{Collection: text.Collection, Records: []geo.Record{{ID: "few"}}}
	for _, test := range []struct {
		format string
		table  geo.Table
		says   string
	}{
		{"xlsx", text, `feature "long": column text has a text of 32768 characters, more than the 32767 of a cell`},
		{"csv", line, `feature "odd": a LineString in a collection of points`},
		{"fgb", line, `feature "odd": a LineString does not fit into a collection of Point`},
		{"csv", short, `feature "few": 0 values for 1 fields`},
	} {
		f, err := export.Named(test.format)
		if err != nil {
			t.Fatal(err)
		}
		err = export.Write(t.Context(), &bytes.Buffer{}, f, &test.table.Collection, export.Records(&test.table))
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.format, err)
		}
	}
	f, _ := export.Named("xlsx")
	f.Most = 2
	many := storetest.Polygons("villages", 3, 3)
	if err := export.Write(t.Context(), &bytes.Buffer{}, f, &many.Collection, export.Records(&many)); err == nil || !strings.Contains(err.Error(), "more than the 2 features that fit into Excel") {
		t.Errorf("rows: %v", err)
	}
}

func TestFormatsByName(t *testing.T) {
	for name, want := range map[string]string{
		"a.GeoJSON": "geojson", "a.json": "geojson", "a.ndjson": "geojsonseq", "a.csv": "csv", "a.xlsx": "xlsx", "a.gpkg": "gpkg",
		"a.fgb": "fgb", "a.kml": "kml", "a.parquet": "parquet", "x.y.geoparquet": "parquet",
	} {
		if f, err := export.FormatOf(name); err != nil || f.Name != want {
			t.Errorf("%s: %s, %v", name, f.Name, err)
		}
	}
	if _, err := export.FormatOf("a.shp"); err == nil || !strings.Contains(err.Error(), ".gpkg") {
		t.Errorf("a.shp: %v", err)
	}
	if _, err := export.Named("shp"); err == nil || !strings.Contains(err.Error(), "geojson, gpkg") {
		t.Errorf("shp: %v", err)
	}
}
