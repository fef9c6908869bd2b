package files

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/petadesa/petadesa/geo"
)

// The published villages become a true coverage, as near to the one that others
// made of them as the faults are small.
func TestCleanCoverageOfMalang(t *testing.T) {
	report, clean := importReal(t, "malang/villages_malang_raw.geojson", Options{Collection: "villages", CleanCoverage: true})
	t.Logf("before: overlaps %s; gaps %s", report.Overlaps, report.Gaps)
	t.Logf("changed: %d villages, %.0f m² in all, most %v", report.Cleaned.Changed, report.Cleaned.MovedM2, report.Cleaned.Changes[0])
	if report.Gaps.Slivers != 2183 || report.Gaps.Wide != 1 || report.Cleaned.Changed == 0 {
		t.Errorf("gaps %v, changed %d", report.Gaps, report.Cleaned.Changed)
	}
	_, topo := importReal(t, "malang/villages_malang_topo.geojson", Options{Collection: "villages"})
	var areas []orb.Geometry
	var sum, apart, most float64
	for i, r := range clean.Records {
		areas = append(areas, r.Geometry)
		sum += geo.Area(r.Geometry)
		if f := checkShape(r.Geometry); f != nil {
			t.Fatalf("%s: %s", r.ID, f.reason)
		}
		if i%10 > 0 { // takes a second for all
			continue
		}
		d, err := geom.SymmetricDifference(simple(r.Geometry), simple(topo.Records[i].Geometry))
		if err != nil {
			t.Fatal(err)
		}
		m2 := simpleArea(d)
		apart, most = apart+m2, max(most, m2)
	}
	again, err := geo.NewMosaic(areas)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("after: %d overlaps, %d gaps, %.4f km²; beside the topological file: every tenth village is %.0f m² apart in all, %.0f m² at most", len(again.Overlaps()), len(again.Gaps()), sum/1e6, apart, most)
	if len(again.Overlaps()) != 0 || len(again.Gaps()) != 1 || math.Abs(sum/1e6-3473.34) > 0.01 {
		t.Error("not a coverage of the regency but for its enclave")
	}
	if got := total(t, clean, "area_km2"); math.Abs(got-sum/1e6) > 0.001 {
		t.Errorf("area_km2 sums to %f, the areas to %f", got, sum/1e6)
	}
}

func TestCleanCoverageRefusesWhatIsNone(t *testing.T) {
	for want, file := range map[string]string{
		"want areas":               `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}`,
		"lie on top of each other": `{"type":"FeatureCollection","features":[` + strings.TrimSuffix(strings.Repeat(`{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[1,2],[2,2],[2,3],[1,2]]]}},`, 2), ",") + `]}`,
	} {
		store := &memory{}
		_, err := Import(context.Background(), store, Stream("stdin", strings.NewReader(file)), Options{Collection: "areas", CleanCoverage: true})
		var fault *FileError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), want) || store.tables != nil {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
