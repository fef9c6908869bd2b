package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data"
)

// The reports on a file that has everything that can be repaired, and on one
// that is refused.
func TestReports(t *testing.T) {
	var all bytes.Buffer
	for _, test := range []struct {
		file string
		opts Options
	}{
		{"testdata/repairs.geojson", Options{Collection: "villages"}},
		{"testdata/repairs.geojson", Options{Collection: "villages", DryRun: true, MaxProblems: 2}},
		{"testdata/bad/villages-one-swapped.geojson", Options{Collection: "villages", Mode: data.Upsert}},
		{"testdata/mapped.geojson", Options{Collection: "places", CRS: "EPSG:32749", Map: map[string]string{"id": "no", "name": "nama"}}},
	} {
		store := &memory{}
		report, err := Import(context.Background(), store, Path(test.file), test.opts)
		if refused := (*RefusedError)(nil); err != nil && !errors.As(err, &refused) {
			t.Fatal(err)
		}
		if err := report.WriteText(&all); err != nil {
			t.Fatal(err)
		}
		if err := report.WriteJSON(&all); err != nil {
			t.Fatal(err)
		}
		for _, r := range store.tables[test.opts.Collection].Records {
			fmt.Fprintf(&all, "%s %v %v\n", r.ID, r.Values, r.Geometry)
		}
		all.WriteByte('\n')
	}
	golden(t, "reports.golden", all.String())
}

func TestReportIsBounded(t *testing.T) {
	var file bytes.Buffer
	file.WriteString(`{"type":"FeatureCollection","features":[`)
	for i := range 5000 {
		if i > 0 {
			file.WriteByte(',')
		}
		fmt.Fprintf(&file, `{"type":"Feature","id":%d,"geometry":null,"properties":{"category":7}}`, i)
	}
	file.WriteString(`]}`)
	report, err := Import(context.Background(), &memory{}, Stream("stdin", &file), Options{Collection: "destinations"})
	if !errors.Is(err, data.ErrInvalid) || !strings.HasPrefix(err.Error(), "stdin: 5000 of 5000 rows refused") {
		t.Fatal(err)
	}
	if len(report.Problems) != DefaultMaxProblems || report.Omitted != 10000-DefaultMaxProblems || report.Refused != 5000 || report.count(CodeMissing) != 5000 {
		t.Errorf("%d listed, %d omitted, counts %v", len(report.Problems), report.Omitted, report.Counts)
	}
	for _, p := range report.Problems {
		if p.Repaired {
			t.Fatal("a repair is listed before a refusal")
		}
	}
}
