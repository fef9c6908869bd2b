package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files/osm"
	"github.com/petadesa/petadesa/geo"
)

// layer builds a layer of roads of records.
func layer(ctx context.Context, records []geo.Record) (*geo.Layer, error) {
	c, _ := data.StandardCollection("roads")
	snap, err := geo.Build(ctx, nil, []geo.Table{{Collection: c, Records: records}}, nil)
	if err != nil {
		return nil, err
	}
	return snap.Layer("roads"), nil
}

func record(id string, g orb.Geometry, values map[string]any) geo.Record {
	c, _ := data.StandardCollection("roads")
	r := geo.Record{ID: id, Geometry: g}
	for _, f := range c.Fields {
		r.Values = append(r.Values, values[f.Name])
	}
	return r
}

// readRoads reads the roads of three kecamatan, which are not noded.
func readRoads(ctx context.Context, path string) (*geo.Layer, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	all, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		return nil, err
	}
	var records []geo.Record
	for i, f := range all.Features {
		class := "village"
		switch f.Properties["class_id"] {
		case "Jalan Arteri", "Jalan Tol":
			class = "national"
		case "Jalan Kolektor":
			class = "provincial"
		case "Jalan Lokal":
			class = "regency"
		}
		records = append(records, record(fmt.Sprintf("%06d", i), f.Geometry, map[string]any{"class": class}))
	}
	return layer(ctx, records)
}

// readOSM reads the roads of an extract of OpenStreetMap.
func readOSM(ctx context.Context, path string) (_ *geo.Layer, err error) {
	r, err := osm.Open(ctx, path, "roads", nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	var records []geo.Record
	for f, err := range r.All(ctx) {
		if err != nil {
			return nil, err
		}
		values := map[string]any{}
		for _, p := range f.Properties {
			if n, ok := p.Value.(int64); ok && p.Name == "maxspeed" {
				values[p.Name] = float64(n)
				continue
			}
			values[p.Name] = p.Value
		}
		records = append(records, record(f.ID, f.Geometry, values))
	}
	return layer(ctx, records)
}
