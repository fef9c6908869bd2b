package files

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/needs"
	"github.com/petadesa/petadesa/internal/testdata"
)

// A GeoPackage as small as one can be, with a column of each kind.
const smallGeoPackage = `
	CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
	INSERT INTO gpkg_spatial_ref_sys VALUES ('undefined', -1, 'NONE', -1, ''), ('WGS 84', 4326, 'EPSG', 4326, ''), ('UTM', 100001, 'epsg', 32749, ''), ('Jakarta', 5330, 'EPSG', 5330, ''), ('own', 7, 'ME', 7, '');
	CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
	CREATE TABLE gpkg_geometry_columns (table_name TEXT PRIMARY KEY, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
	INSERT INTO gpkg_contents VALUES ('the "places"', 'features', 'x', 4326);
	INSERT INTO gpkg_geometry_columns VALUES ('the "places"', 'shape', 'POINT', 4326, 0, 0);
	CREATE TABLE "the ""places""" (fid INTEGER PRIMARY KEY, shape BLOB, name TEXT, n INTEGER, height DOUBLE, open BOOLEAN, day DATE, at DATETIME, "odd "" name" TEXT);
`

// makeGeoPackage runs statements on a new small GeoPackage.
func makeGeoPackage(t testing.TB, statements string, arguments ...any) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(smallGeoPackage); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statements, arguments...); err != nil {
		t.Fatal(err)
	}
	return path
}

func blob(t testing.TB, g orb.Geometry, srid int) []byte {
	t.Helper()
	b, err := wkb.AppendGeoPackage(nil, g, srid)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const insertPlace = `INSERT INTO "the ""places""" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);`

func TestGeoPackageColumns(t *testing.T) {
	path := makeGeoPackage(t, insertPlace, 7, blob(t, orb.Point{112.5, -8.2}, 4326), "Coban", 12, 84.0, 1, "2025-09-01", "2025-09-01T10:00:00.000Z", "x")
	store := &memory{}
	if _, err := Import(context.Background(), store, Path(path), Options{Collection: "places"}); err != nil {
		t.Fatal(err)
	}
	got := store.tables["places"]
	want := []geo.Record{{ID: "7", Geometry: orb.Point{112.5, -8.2}, Values: []any{"Coban", int64(12), 84.0, true, "2025-09-01", "2025-09-01T10:00:00.000Z", "x", "made.gpkg"}}}
	if diff := cmp.Diff(want, got.Records); diff != "" {
		t.Error(diff)
	}
	names := []string{}
	for _, f := range got.Collection.Fields {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"name", "n", "height", "open", "day", "at", `odd " name`, "source"}) {
		t.Errorf("fields %q", names)
	}
}

func TestBadGeoPackages(t *testing.T) {
	good := blob(t, orb.Point{112.5, -8.2}, 4326)
	place := func(shape any, name any) string {
		return makeGeoPackage(t, insertPlace, 1, shape, name, 1, 1.0, 1, nil, nil, nil)
	}
	nan := blob(t, orb.LineString{{112.5, -8.2}, {112.6, -8.2}}, 4326)
	copy(nan[len(nan)-8:], []byte{0, 0, 0, 0, 0, 0, 0xf8, 0x7f})
	whole, err := os.ReadFile(place(good, "x"))
	if err != nil {
		t.Fatal(err)
	}
	write := func(content []byte) string {
		path := filepath.Join(t.TempDir(), "written.gpkg")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Setenv("PATH", "")
	for want, path := range map[string]string{
		"feature 1, id \"1\": geometry: malformed":            place(good[:len(good)-3], "x"),
		"it says srs_id 32749, its layer 4326":                place(blob(t, orb.Point{1, 2}, 32749), "x"),
		"position 112.6, NaN is not finite":                   place(nan, "x"),
		"name: is not valid UTF-8":                            place(good, "\xe9"),
		"name: is binary, which no field holds":               place(good, []byte{1, 2}),
		"a Point in a collection of MultiPolygon":             place(good, "x"),
		"has no gpkg_contents":                                makeGeoPackage(t, `DROP TABLE gpkg_contents`),
		"has no layer of features":                            makeGeoPackage(t, `DELETE FROM gpkg_contents`),
		"there are no features in it":                         makeGeoPackage(t, `SELECT 1`),
		"no such table: nowhere":                              makeGeoPackage(t, `UPDATE gpkg_contents SET table_name = 'nowhere'`),
		"is in the reference system ME:7, which is not known": makeGeoPackage(t, `UPDATE gpkg_geometry_columns SET srs_id = 7`),
		"the GeoPackage cannot be read":                       write(whole[:len(whole)/2]),
	} {
		opts := Options{Collection: "places"}
		if strings.Contains(want, "MultiPolygon") {
			opts.Collection = "villages"
		}
		store := &memory{}
		_, err := Import(context.Background(), store, Path(path), opts)
		fault := (*FileError)(nil)
		if err == nil || !strings.Contains(err.Error(), want) || !errors.As(err, &fault) && !errors.Is(err, data.ErrInvalid) || store.tables != nil {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
	_, err = Import(context.Background(), &memory{}, Path(place(good, "x")), Options{Collection: "places", Layer: "none"})
	if err == nil || !strings.Contains(err.Error(), `has no layer "none"; it has the "places"`) {
		t.Error(err)
	}
}

// A reference system is taken from the layer, and left to the caller where that
// says nothing.
func TestGeoPackageReferenceSystems(t *testing.T) {
	metres := orb.Point{682274.144286, 9101681.862226}
	for _, test := range []struct {
		statement string
		srid      int
		crs       string
	}{
		{`UPDATE gpkg_geometry_columns SET srs_id = 100001;`, 100001, ""},
		{`UPDATE gpkg_geometry_columns SET srs_id = -1;`, -1, "EPSG:32749"},
		{`UPDATE gpkg_geometry_columns SET srs_id = 7;`, 7, "EPSG:23879"},
	} {
		path := makeGeoPackage(t, test.statement+insertPlace, 1, blob(t, metres, test.srid), "x", 1, 1.0, 1, nil, nil, nil)
		store := &memory{}
		if _, err := Import(context.Background(), store, Path(path), Options{Collection: "places", CRS: test.crs}); err != nil {
			t.Fatal(err)
		}
		if p := store.tables["places"].Records[0].Geometry.(orb.Point); p[0] < 112.654321 || p[0] > 112.654322 || p[1] > -8.123456 || p[1] < -8.123457 {
			t.Errorf("%s: %v", test.statement, p)
		}
	}
}

// What the GeoPackage store wrote is read back as a file like any other.
func TestStoreAsFile(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "store.gpkg")
	store, err := gpkg.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"villages", "towers"} {
		name := map[string]string{"villages": "malang/villages_malang_raw.geojson", "towers": "coverage/towers_bandung_raw_stringcoords.geojson"}[c]
		if _, err := Import(ctx, store, Path(testdata.Path(t, name)), Options{Collection: c, SkipRefused: true}); err != nil {
			t.Fatal(err)
		}
	}
	want, err := store.Load(ctx, "villages", "towers")
	if err != nil || store.Close() != nil {
		t.Fatal(err)
	}
	copied := &memory{}
	for _, c := range []string{"villages", "towers"} {
		report, err := Import(ctx, copied, Path(path), Options{Collection: c})
		if err != nil || report.Repaired != 0 {
			t.Fatalf("%v, %+v", err, report)
		}
	}
	got, err := copied.Load(ctx, "towers", "villages")
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		slices.SortFunc(want[i].Records, func(a, b geo.Record) int { return strings.Compare(a.ID, b.ID) })
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%.2000s", diff)
	}
}

// GDAL's GeoPackages, in degrees and in metres, hold the same villages.
func TestGeoPackageOfGDAL(t *testing.T) {
	needs.GDAL(t, "ogr2ogr")
	source := testdata.Path(t, "malang/villages_malang_topo.geojson")
	_, want := importReal(t, "malang/villages_malang_topo.geojson", Options{Collection: "villages"})
	for _, system := range []string{"EPSG:4326", "EPSG:32749", "EPSG:23836", "EPSG:3857"} {
		path := filepath.Join(t.TempDir(), "gdal.gpkg")
		if out, err := exec.Command("ogr2ogr", "-f", "GPKG", "-t_srs", system, path, source).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		store := &memory{}
		if _, err := Import(context.Background(), store, Path(path), Options{Collection: "villages"}); err != nil {
			t.Fatal(err)
		}
		got := store.tables["villages"]
		if ids(got) != ids(want) {
			t.Fatalf("%s: other codes", system)
		}
		for i := range want.Records {
			a, b := want.Records[i].Geometry.Bound(), got.Records[i].Geometry.Bound()
			if d := max(distance(a.Min, b.Min), distance(a.Max, b.Max)); d > 1e-9 {
				t.Fatalf("%s: %s is off by %g°", system, want.Records[i].ID, d)
			}
		}
	}
}

func distance(a, b orb.Point) float64 { return max(a[0]-b[0], b[0]-a[0], a[1]-b[1], b[1]-a[1]) }

func FuzzGeoPackage(f *testing.F) {
	content, err := os.ReadFile(makeGeoPackage(f, insertPlace, 7, blob(f, orb.Point{112.5, -8.2}, 4326), "Coban", 12, 84.0, 1, "2025-09-01", nil, "x"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(0, []byte{})
	f.Add(100, []byte{0xff})
	f.Fuzz(func(t *testing.T, at int, change []byte) {
		changed := bytes.Clone(content)
		if at < 16 || at >= len(changed) {
			return
		}
		copy(changed[at:], change)
		store := &memory{}
		if _, err := Import(context.Background(), store, Stream("fuzz", bytes.NewReader(changed)), Options{Collection: "things", SkipRefused: true}); err != nil && store.tables != nil {
			t.Fatal(err)
		}
	})
}
