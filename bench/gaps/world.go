package main

import (
	"context"
	"fmt"
	"io"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/bundle"
	"github.com/petadesa/petadesa/geo"
)

// bundled builds the snapshot of the bundled regency.
func bundled(ctx context.Context) (*geo.Snapshot, error) {
	var tables []geo.Table
	for _, id := range bundle.Collections() {
		c, ok := data.StandardCollection(id)
		if !ok {
			return nil, fmt.Errorf("bundle: unknown collection %s", id)
		}
		f, err := bundle.Open(id)
		if err != nil {
			return nil, err
		}
		raw, err := io.ReadAll(f)
		f.Close()
		if err != nil {
			return nil, err
		}
		fc, err := geojson.UnmarshalFeatureCollection(raw)
		if err != nil {
			return nil, fmt.Errorf("bundle %s: %w", id, err)
		}
		t := geo.Table{Collection: c}
		for _, feature := range fc.Features {
			r := geo.Record{ID: feature.ID.(string), Geometry: feature.Geometry}
			for _, field := range c.Fields {
				v := feature.Properties[field.Name]
				if n, ok := v.(float64); ok && field.Type == geo.Integer {
					v = int64(n)
				}
				r.Values = append(r.Values, v)
			}
			t.Records = append(t.Records, r)
		}
		tables = append(tables, t)
	}
	return geo.Build(ctx, nil, tables, nil)
}
