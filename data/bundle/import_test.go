package bundle_test

import (
	"context"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/bundle"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
)

// emptyStore is a store with nothing in it that nothing is written to.
type emptyStore struct{ data.Store }

func (emptyStore) Load(context.Context, ...string) ([]geo.Table, error) { return nil, nil }

// The import that every file goes through finds nothing to refuse, to mend, to
// leave out or to overlap.
func TestImportTakesTheBundleAsItIs(t *testing.T) {
	for _, id := range bundle.Collections() {
		f, err := bundle.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		report, err := files.Import(t.Context(), emptyStore{}, files.Stream(id+".geojson", f), files.Options{Collection: id, DryRun: true})
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		if report.Read == 0 || report.Refused > 0 || report.Repaired > 0 || len(report.Ignored) > 0 {
			t.Errorf("%s: %d read, %d refused, %d repaired, ignored %v: %v", id, report.Read, report.Refused, report.Repaired, report.Ignored, report.Problems)
		}
		if o := report.Overlaps; o != nil && o.Pairs > 0 {
			t.Errorf("%s: %d pairs overlap", id, o.Pairs)
		}
	}
}
