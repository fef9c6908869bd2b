// Package villages reads the real villages as a table, for tests and benchmarks.
package villages

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

// Table reads one of the malang/villages_*.geojson files as a table of the
// collection villages with code, name, district_code and district.
func Table(t testing.TB, file string) geo.Table {
	t.Helper()
	table, err := Read(testdata.Path(t, "malang", file))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Read is Table for programs.
func Read(path string) (geo.Table, error) {
	t := geo.Table{Collection: geo.Collection{
		ID: "villages", Title: "Villages", Geometry: geo.Polygon, MinZoom: 0, MaxZoom: 14,
		Fields: []geo.Field{{Name: "code", Type: geo.String}, {Name: "name", Type: geo.String}, {Name: "district_code", Type: geo.String}, {Name: "district", Type: geo.String}},
	}}
	raw, err := os.ReadFile(path)
	if err != nil {
		return t, err
	}
	var fc geojson.FeatureCollection
	if err := json.Unmarshal(raw, &fc); err != nil {
		return t, fmt.Errorf("read %s: %w", path, err)
	}
	for i, f := range fc.Features {
		code := text(f.Properties, "code", "kode")
		if code == "" {
			return t, fmt.Errorf("read %s: feature %d has no code", path, i)
		}
		t.Records = append(t.Records, geo.Record{ID: code, Geometry: f.Geometry, Values: []any{
			code, text(f.Properties, "name", "nama"), code[:min(8, len(code))], text(f.Properties, "kecamatan"),
		}})
	}
	return t, nil
}

func text(p geojson.Properties, names ...string) string {
	for _, n := range names {
		if s, ok := p[n].(string); ok {
			return s
		}
	}
	return ""
}
