package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data"
)

// Each file of testdata/bad is imported into the collection its name begins
// with and must be refused with the message in bad.golden, nothing changed.
func TestBadFiles(t *testing.T) {
	t.Setenv("PATH", "") // what is read with the help of ogr2ogr is not, whether it is there or not
	options := map[string]Options{
		"villages-swapped-needlessly": {SwapAxes: true},
		"villages-degrees-as-metres":  {CRS: "EPSG:32749"},
		"villages-northing-first":     {CRS: "EPSG:32749"},
		"villages-outside-zone":       {CRS: "EPSG:32749"},
		"places-append-without-id":    {Mode: data.Append},
		"places-map-missing":          {Map: map[string]string{"name": "name_of_place"}},
		"places-single-line-too-long": {MaxFeature: 1 << 10},
	}
	paths, err := filepath.Glob("testdata/bad/*.geojson")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	var all strings.Builder
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".geojson")
		opts := options[name]
		opts.Collection, _, _ = strings.Cut(name, "-")
		store := &memory{}
		report, err := Import(context.Background(), store, Path(path), opts)
		if err == nil {
			t.Errorf("%s was imported", name)
			continue
		}
		if store.tables != nil || report != nil && report.Stored != 0 {
			t.Errorf("%s: the store was changed", name)
		}
		refused, fault := (*RefusedError)(nil), (*FileError)(nil)
		if !errors.As(err, &refused) && !errors.As(err, &fault) && name != "places-map-missing" && !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: an error of type %T: %v", name, err, err)
		}
		fmt.Fprintln(&all, strings.TrimPrefix(err.Error(), "storing "))
	}
	golden(t, "bad.golden", all.String())
}

// What is refused may be left out, when that is asked for.
func TestSkipRefused(t *testing.T) {
	store := &memory{}
	report, err := Import(context.Background(), store, Path("testdata/bad/villages-unclosed-ring.geojson"), Options{Collection: "villages", SkipRefused: true})
	if err != nil || report.Read != 2 || report.Refused != 1 || report.Stored != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if got := store.tables["villages"].Records; len(got) != 1 || got[0].ID != "35.07.01.2001" {
		t.Errorf("stored %v", got)
	}
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // other packages import at the same time
	t.Setenv("PATH", "")            // GDAL knows more reference systems
	path := Path("testdata/bad/places-duplicate-id.geojson")
	for want, opts := range map[string]Options{
		`collection id ""`:                {},
		`collection id "Villages"`:        {Collection: "Villages"},
		`"gpkg_" is reserved`:             {Collection: "gpkg_x"},
		`reference system EPSG:5330`:      {Collection: "x", CRS: "EPSG:5330"},
		`reference system "nonsense"`:     {Collection: "x", CRS: "nonsense"},
		`mode "merge"`:                    {Collection: "x", Mode: "merge"},
		`map "name"=""`:                   {Collection: "x", Map: map[string]string{"name": ""}},
		`larger than 10 bytes, the limit`: {Collection: "x", MaxBytes: 10},
	} {
		if _, err := Import(context.Background(), &memory{}, path, opts); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", opts, err, want)
		}
	}
	for _, src := range []Source{Path("testdata"), Path("testdata/none.geojson"), Stream("stdin", strings.NewReader(strings.Repeat(" ", 100)))} {
		if report, err := Import(context.Background(), &memory{}, src, Options{Collection: "x", MaxBytes: 50}); err == nil || report != nil {
			t.Errorf("%s: %v, %v", src.Name(), report, err)
		}
	}
	if entries, err := filepath.Glob(filepath.Join(os.TempDir(), "petadesa-import-*")); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
