package tiles

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

// villages reads one of the real files of villages as a table.
func villages(t testing.TB, file string) geo.Table {
	t.Helper()
	raw, err := os.ReadFile(testdata.Path(t, "malang", file))
	if err != nil {
		t.Fatal(err)
	}
	var fc geojson.FeatureCollection
	if err := json.Unmarshal(raw, &fc); err != nil {
		t.Fatal(err)
	}
	table := geo.Table{Collection: geo.Collection{
		ID: "villages", Title: "Villages", Geometry: geo.Polygon, MinZoom: 0, MaxZoom: 14,
		Fields: []geo.Field{{Name: "code", Type: geo.String}, {Name: "name", Type: geo.String}, {Name: "area_km2", Type: geo.Number}},
	}}
	for _, f := range fc.Features {
		code, _ := f.Properties["code"].(string)
		if code == "" {
			code, _ = f.Properties["kode"].(string)
		}
		if code == "" {
			t.Fatalf("%s: a feature has no code: %v", file, f.Properties)
		}
		table.Records = append(table.Records, geo.Record{ID: code, Geometry: f.Geometry, Values: []any{code, f.Properties["name"], f.Properties["area_km2"]}})
	}
	return table
}
