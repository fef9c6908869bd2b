package gpkg_test

import (
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/needs"
)

// gdal runs one of GDAL's programs and returns what it says, warnings included.
func gdal(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(needs.GDAL(t, program), args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "Warning") || strings.Contains(string(out), "ERROR") {
		t.Fatalf("%s %q: %v\n%s", program, args, err, out)
	}
	return string(out)
}

func store(t *testing.T, tables ...geo.Table) (*gpkg.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.gpkg")
	s, err := gpkg.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, table := range tables {
		if err := s.Write(t.Context(), storetest.Batch(data.Replace, table)); err != nil {
			t.Fatal(err)
		}
	}
	return s, path
}

func TestGDALListsLayersTypesAndCounts(t *testing.T) {
	_, path := store(t, storetest.Polygons("villages", 390, 20))
	if got := gdal(t, "ogrinfo", "-q", path); strings.TrimSpace(got) != "1: villages (Multi Polygon)\n2: petadesa_collections (None)" {
		t.Errorf("layers: %s", got)
	}
	_, path = store(t, storetest.Nasty()...)
	want := "1: group (Multi Line String)\n2: mixed_\n3: select (Point)\n4: table (Multi Polygon)\n5: petadesa_collections (None)\n6: order (None)"
	if got := gdal(t, "ogrinfo", "-q", path); strings.TrimSpace(got) != want {
		t.Errorf("layers: %s", got)
	}
	summary := gdal(t, "ogrinfo", "-so", "-al", path)
	if n := strings.Count(summary, "Feature Count: 9"); n != 5 {
		t.Errorf("%d layers of 9 features: %s", n, summary)
	}
	for _, line := range []string{"FID Column = fid", "Geometry Column = geom", "id: String (0.0) UNIQUE NOT NULL", "geom_2: Integer(Boolean) (0.0)", "ID_3: Integer64 (0.0)", "fid_2: Real (0.0)"} {
		if !strings.Contains(summary, line) {
			t.Errorf("no line %q in %s", line, summary)
		}
	}
}

func TestGDALValidates(t *testing.T) {
	script := needs.File(t, "/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py", "apt-get install python3-gdal")
	s, path := store(t, append(storetest.Nasty(), storetest.Polygons("villages", 390, 20))...)
	if err := s.Write(t.Context(), storetest.Batch(data.Upsert, storetest.Polygons("villages", 400, 20))); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("python3", script, "-k", "--extra", "--warning-as-error", path).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// indexed reports whether GDAL finds a feature at a point by the index.
func indexed(t *testing.T, path, table string, p orb.Point) bool {
	t.Helper()
	box := []string{"-spat"}
	for _, v := range []float64{p[0] - 1e-6, p[1] - 1e-6, p[0] + 1e-6, p[1] + 1e-6} {
		box = append(box, formatFloat(v))
	}
	return strings.Contains(gdal(t, "ogrinfo", append([]string{"-q", path, table}, box...)...), "OGRFeature")
}

func TestEditsMadeWithGDALAreSeenAndNamed(t *testing.T) {
	s, path := store(t, points("places", "a", "b"), points("other", "a"))
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := func(want ...string) {
		t.Helper()
		select {
		case c := <-changes:
			if c.Err != nil || !reflect.DeepEqual(c.Collections, want) {
				t.Fatalf("told %+v, want %q", c, want)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("not told")
		}
	}
	gdal(t, "ogrinfo", "-q", path, "-sql", `UPDATE places SET geom = AsGPB(ST_GeomFromText('POINT(50 60)', 4326)) WHERE id = 'a'`)
	told("places")
	if !indexed(t, path, "places", orb.Point{50, 60}) {
		t.Error("GDAL's edit did not reach the index")
	}
	gdal(t, "ogrinfo", "-q", path, "-sql", `DELETE FROM other WHERE id = 'a'`)
	told("other")

	// After edits of ours the triggers are back, and the index is right.
	moved := points("places", "a")
	moved.Records[0].Geometry = orb.Point{70, 10}
	if err := s.Write(t.Context(), storetest.Batch(data.Upsert, moved)); err != nil {
		t.Fatal(err)
	}
	told("places")
	if indexed(t, path, "places", orb.Point{50, 60}) || !indexed(t, path, "places", orb.Point{70, 10}) {
		t.Error("the index is not that of the moved point")
	}
	moved.Records[0].Geometry = nil
	if err := s.Write(t.Context(), storetest.Batch(data.Upsert, moved)); err != nil {
		t.Fatal(err)
	}
	told("places")
	if indexed(t, path, "places", orb.Point{70, 10}) {
		t.Error("the index still has a point that is gone")
	}
	gdal(t, "ogrinfo", "-q", path, "-sql", `INSERT INTO places (id, geom, n) VALUES ('new', AsGPB(ST_GeomFromText('POINT Z (1 2 3)', 4326)), 7)`)
	told("places")

	gdal(t, "ogrinfo", "-q", path, "-sql", `INSERT INTO places (geom) VALUES (AsGPB(ST_GeomFromText('POINT (1 2)', 4326)))`)
	told("places")

	tables, err := s.Load(t.Context(), "places")
	if err != nil {
		t.Fatal(err)
	}
	records := storetest.Sorted(tables)[0].Records
	if len(records) != 4 || len(records[0].ID) != 32 && len(records[1].ID) != 32 && len(records[2].ID) != 32 {
		t.Errorf("a feature without an id was not given one: %v", records)
	}
	if last := records[3]; last.ID != "new" || last.Geometry != (orb.Point{1, 2}) || last.Values[0] != int64(7) {
		t.Errorf("GDAL's record is %+v", last)
	}
}

func TestATableMadeAnewIsSeen(t *testing.T) {
	s, path := store(t, points("places", "a"))
	other, otherPath := store(t, points("places", "x", "y"))
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gdal(t, "ogr2ogr", "-f", "GPKG", "-update", "-overwrite", path, otherPath, "places")
	select {
	case c := <-changes:
		if c.Err != nil || len(c.Collections) > 0 {
			t.Errorf("told %+v", c)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("not told")
	}
	tables, err := s.Load(t.Context())
	if err != nil || len(tables[0].Records) != 2 {
		t.Fatalf("%v, %v", tables, err)
	}
	// And it can be written again, with triggers and index.
	if err := s.Write(t.Context(), storetest.Batch(data.Replace, points("places", "a"))); err != nil {
		t.Fatal(err)
	}
	if !indexed(t, path, "places", orb.Point{0, 1}) {
		t.Error("not in the index")
	}
}
