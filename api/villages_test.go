package api

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

// realVillages reads the 390 villages from the test data; the test is skipped
// where they are not.
func realVillages(t testing.TB) geo.Table {
	t.Helper()
	raw, err := os.ReadFile(testdata.Path(t, "malang", "villages_malang_topo.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	var all geojson.FeatureCollection
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	table := geo.Table{Collection: geo.Collection{
		ID: "villages", Title: "Villages", Geometry: geo.Polygon, MinZoom: 5, MaxZoom: 14, Fields: texts("code", "name", "district_code", "district"),
	}}
	for _, f := range all.Features {
		code := f.Properties.MustString("code", "")
		table.Records = append(table.Records, geo.Record{ID: code, Geometry: f.Geometry, Values: []any{
			code, f.Properties.MustString("name", ""), f.Properties.MustString("kecamatan_code", ""), f.Properties.MustString("kecamatan", ""),
		}})
	}
	return table
}
