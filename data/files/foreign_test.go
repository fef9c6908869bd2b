package files

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/gdal"
	"github.com/petadesa/petadesa/internal/needs"
)

// In World Mercator, EPSG:3395, by PROJ 9.1 (cs2cs): 112.665921, -7.893892.
const eastingNorthing = "12541913,-875673"

func TestForeignReferenceSystems(t *testing.T) {
	needs.GDAL(t, gdal.Transformer)
	t.Setenv("TMPDIR", t.TempDir()) // other packages import at the same time
	dir := t.TempDir()
	refused := filepath.Join(dir, "refused.csv")
	for name, test := range map[string]struct {
		content string
		opts    Options
	}{
		"member":  {`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3395"}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[` + eastingNorthing + `]}}]}`, Options{}},
		"asked":   {`{"type":"Point","coordinates":[` + eastingNorthing + `]}`, Options{CRS: "EPSG:3395"}},
		"table":   {"name,x,y\na," + eastingNorthing + "\n", Options{CRS: "3395"}},
		"swapped": {"name,y,x\na," + eastingNorthing + "\n", Options{CRS: "3395", Lon: "x", Lat: "y", SwapAxes: true}},
	} {
		test.opts.Collection = "places"
		store := &memory{}
		report, err := Import(context.Background(), store, Stream(name, strings.NewReader(test.content)), test.opts)
		if err != nil || report.Stored != 1 || !strings.HasSuffix(report.Format, ", from EPSG:3395 by PROJ") {
			t.Errorf("%s: %+v, %v", name, report, err)
			continue
		}
		if p := store.tables["places"].Records[0].Geometry.(orb.Point); math.Hypot(p[0]-112.665921, p[1]+7.893892) > 1e-6 {
			t.Errorf("%s: %v", name, p)
		}
	}
	// In the British grid there is no place for such coordinates.
	lost := Stream("lost", strings.NewReader("name,x,y\na,530000,180000\nb,1e12,-1e12\n"))
	report, err := Import(context.Background(), &memory{}, lost, Options{Collection: "places", CRS: "27700", SkipRefused: true, Refused: refused})
	if err != nil || report.Stored != 1 || len(report.Problems) != 1 || report.Problems[0].Reason != "1000000000000, -1000000000000 is outside EPSG:27700" {
		t.Errorf("%+v, %v", report, err)
	}
	if text, err := os.ReadFile(refused); err != nil || !strings.HasPrefix(string(text), "id,name,x,y,refused_because\n2,b,1e12,-1e12,") {
		t.Errorf("%s, %v", text, err)
	}
	_, err = Import(context.Background(), &memory{}, Stream("a", strings.NewReader(`{"type":"Point","coordinates":[1,2]}`)), Options{Collection: "places", CRS: "EPSG:99999"})
	if fault := (*FileError)(nil); !errors.As(err, &fault) || !strings.Contains(err.Error(), "EPSG:99999: gdaltransform cannot transform it") {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "petadesa-import-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A row whose id is its number is added to the others under that id once it is
// corrected.
func TestRefusedRowsKeepTheirNumbers(t *testing.T) {
	for name, test := range map[string]struct{ content, wrong, right string }{
		"table":   {"name,lon,lat\na,112.5,-8.1\nb,112.5,-98\n", "-98", "-9.8"},
		"GeoJSON": {`{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Point","coordinates":[112.5,-8.1]}}` + "\n" + `{"type":"Feature","properties":{"name":"b"},"geometry":{"type":"Point","coordinates":[112.5,-98]}}`, "-98]", "-9.8]"},
	} {
		store, refused := &memory{}, filepath.Join(t.TempDir(), "refused")
		if _, err := Import(context.Background(), store, Stream(name, strings.NewReader(test.content)), Options{Collection: "places", SkipRefused: true, Refused: refused}); err != nil {
			t.Fatal(name, err)
		}
		text, err := os.ReadFile(refused)
		if err != nil {
			t.Fatal(err)
		}
		corrected := strings.ReplaceAll(string(text), test.wrong, test.right)
		if _, err := Import(context.Background(), store, Stream(name, strings.NewReader(corrected)), Options{Collection: "places", Mode: "append"}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(ids(store.tables["places"])); got != "1 2" {
			t.Errorf("%s: %s, from %s", name, got, text)
		}
	}
}
