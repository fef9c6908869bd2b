package coverage

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// bundleSnapshot is the bundled regency, built once for all tests.
func bundleSnapshot(t testing.TB) *geo.Snapshot {
	t.Helper()
	snap, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

var bundled = sync.OnceValues(func() (*geo.Snapshot, error) {
	var tables []geo.Table
	for _, c := range data.Standard() {
		raw, err := os.ReadFile("../../data/bundle/" + c.ID + ".geojson")
		if err != nil {
			continue
		}
		fc, err := geojson.UnmarshalFeatureCollection(raw)
		if err != nil {
			return nil, err
		}
		tab := geo.Table{Collection: c}
		for _, f := range fc.Features {
			r := geo.Record{ID: f.ID.(string), Geometry: f.Geometry}
			for _, field := range c.Fields {
				v := f.Properties[field.Name]
				if n, ok := v.(float64); ok && field.Type == geo.Integer {
					v = int64(n)
				}
				r.Values = append(r.Values, v)
			}
			tab.Records = append(tab.Records, r)
		}
		tables = append(tables, tab)
	}
	return geo.Build(context.Background(), nil, tables, nil)
})

func TestBundleAnswersEveryQuery(t *testing.T) {
	bundle := bundleSnapshot(t)
	towers := bundle.Layer("towers").Table()
	towers.Records = towers.Records[:80]
	if raced {
		towers.Records = towers.Records[:20]
	}
	snap, err := geo.Build(t.Context(), bundle, []geo.Table{towers}, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := New(Options{Model: ModelOf})
	if err := e.Warm(t.Context(), snap); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		"", "evidence=modelled", "evidence=claimed", "evidence=measured", "by=district&operator=each", "by=regency&operator=all", "near_road=500&road_class=national",
		"season=holiday", "by=cell&district=35.07.06&limit=3", "operator=2", "technology=any", "preset=fcc-mobile", "min_rsrp=-105&evidence=modelled",
		"preset=buffer-fao", "preset=fcc-fixed&technology=fibre", "filter=population%20%3E%209000", "bbox=112.5,-8.3,112.6,-8.2", "poi=products", "operator=Telkomsel",
	} {
		a := ask(t, e, snap, q)
		if len(a.Rows) == 0 && q != "by=cell" {
			t.Errorf("%s: no rows", q)
		}
		if again := ask(t, e, snap, a.Permalink); counts(again.Totals) != counts(a.Totals) || again.Permalink != a.Permalink {
			t.Errorf("%s: the permalink %s asks another question", q, a.Permalink)
		}
	}
	n, bytes := e.Use()
	t.Logf("%d values, %d MB kept", n, bytes>>20)
}
