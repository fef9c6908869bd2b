package api

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/bundle"
	"github.com/petadesa/petadesa/geo"
)

// bundled returns the tables of the bundled regency, from villages that take the
// place of the bundle's if there are any.
func bundled(t testing.TB) []geo.Table {
	t.Helper()
	var tables []geo.Table
	for _, id := range bundle.Collections() {
		f, err := bundle.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		var fc geojson.FeatureCollection
		err = json.NewDecoder(f).Decode(&fc)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		c, _ := data.StandardCollection(id)
		one := geo.Table{Collection: c}
		for _, feature := range fc.Features {
			r := geo.Record{ID: feature.ID.(string), Geometry: feature.Geometry}
			for _, field := range c.Fields {
				v := feature.Properties[field.Name]
				if n, ok := v.(float64); ok && field.Type == geo.Integer {
					v = int64(n)
				}
				r.Values = append(r.Values, v)
			}
			one.Records = append(one.Records, r)
		}
		tables = append(tables, one)
	}
	return tables
}

// regency is a source of the bundled regency.
func regency(t testing.TB) *fixed {
	t.Helper()
	snap, err := geo.Build(context.Background(), nil, bundled(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	snap.Built = built
	f := &fixed{}
	f.snapshot.Store(snap)
	return f
}
