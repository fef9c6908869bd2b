package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/bundle"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/internal/hills"
	"github.com/petadesa/petadesa/internal/testdata"
)

// regency builds the snapshot of the bundled regency, whose villages have the real
// borders where there are any, and tells which.
func regency(ctx context.Context) (*geo.Snapshot, string, error) {
	var tables []geo.Table
	for _, id := range bundle.Collections() {
		f, err := bundle.Open(id)
		if err != nil {
			return nil, "", err
		}
		t, err := table(id, f)
		if err != nil {
			return nil, "", fmt.Errorf("bundle %s: %w", id, err)
		}
		tables = append(tables, t)
	}
	source, err := real(tables)
	if err != nil {
		return nil, "", err
	}
	snap, err := geo.Build(ctx, nil, tables, nil)
	return snap, source, err
}

func table(id string, f io.ReadCloser) (geo.Table, error) {
	defer f.Close()
	c, ok := data.StandardCollection(id)
	if !ok {
		return geo.Table{}, errors.New("unknown collection")
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		return geo.Table{}, err
	}
	all, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		return geo.Table{}, err
	}
	t := geo.Table{Collection: c}
	for _, feature := range all.Features {
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
	return t, nil
}

// real gives the villages their real borders, by their codes, where the file is
// there.
func real(tables []geo.Table) (source string, err error) {
	dir, err := testdata.Dir()
	if err != nil {
		return "of the bundle", nil
	}
	f, err := os.Open(filepath.Join(dir, "malang", "villages_malang_topo.geojson"))
	if errors.Is(err, fs.ErrNotExist) {
		return "of the bundle", nil
	} else if err != nil {
		return "", err
	}
	villages, err := table("villages", f)
	if err != nil {
		return "", fmt.Errorf("real villages: %w", err)
	}
	borders := map[string]geo.Record{}
	for _, r := range villages.Records {
		borders[r.ID] = r
	}
	found := 0
	for _, t := range tables {
		if t.Collection.ID != "villages" {
			continue
		}
		for i, r := range t.Records {
			if b, ok := borders[r.ID]; ok {
				t.Records[i].Geometry = b.Geometry
				found++
			}
		}
	}
	return fmt.Sprintf("%d with their real borders", found), nil
}

// overTerrain gives the regency a made-up terrain and people.
func overTerrain(snap *geo.Snapshot) (*geo.Snapshot, error) {
	box := lattice.Covering(snap.Layer("villages").Bound.Pad(0.15))
	heights, err := hills.Elevation(box)
	if err != nil {
		return nil, err
	}
	people, err := hills.Population(box)
	if err != nil {
		return nil, err
	}
	return snap.WithRasters(heights, people), nil
}
