package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data/bundle"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

// Where the lines and points are: the regency and what surrounds it.
var region = orb.Bound{Min: orb.Point{112.29, -8.46}, Max: orb.Point{112.96, -7.76}}

// load makes the tables to measure with.
func load(o options) ([]geo.Table, error) {
	villages, err := villages(o.copies)
	if err != nil {
		return nil, err
	}
	if o.villages {
		return []geo.Table{villages}, nil
	}
	random := rand.New(rand.NewPCG(35, 7))
	return []geo.Table{villages, roads(random, 100_000), places(random, 20_000)}, nil
}

// villages reads the villages and lays copies of them side by side, the
// original in the middle.
func villages(copies int) (geo.Table, error) {
	t := geo.Table{Collection: geo.Collection{
		ID: "villages", Title: "Villages", Geometry: geo.Polygon, MinZoom: 5, MaxZoom: 14,
		Fields: []geo.Field{{Name: "code", Type: geo.String}, {Name: "name", Type: geo.String}, {Name: "district", Type: geo.String}, {Name: "area_km2", Type: geo.Number}},
	}}
	raw, err := readVillages()
	if err != nil {
		return t, err
	}
	var fc geojson.FeatureCollection
	if err := json.Unmarshal(raw, &fc); err != nil {
		return t, fmt.Errorf("read the villages: %w", err)
	}
	const width, height, across = 0.68, 0.71, 6
	for i := range copies {
		dx, dy := float64((i+across/2)%across-across/2)*width, float64(i/across)*height
		for _, f := range fc.Features {
			district, _ := f.Properties["district"].(string)
			if district == "" {
				district, _ = f.Properties["kecamatan"].(string)
			}
			t.Records = append(t.Records, geo.Record{
				ID: fmt.Sprintf("%v.%d", f.Properties["code"], i), Geometry: moved(f.Geometry, dx, dy),
				Values: []any{f.Properties["code"], f.Properties["name"], district, f.Properties["area_km2"]},
			})
		}
	}
	return t, nil
}

func readVillages() ([]byte, error) {
	if dir, err := testdata.Dir(); err == nil {
		return os.ReadFile(filepath.Join(dir, "malang", "villages_malang_topo.geojson"))
	}
	f, err := bundle.Open("villages")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func moved(g orb.Geometry, dx, dy float64) orb.Geometry {
	g = orb.Clone(g)
	var polygons orb.MultiPolygon
	switch g := g.(type) {
	case orb.MultiPolygon:
		polygons = g
	case orb.Polygon:
		polygons = orb.MultiPolygon{g}
	}
	for _, p := range polygons {
		for _, r := range p {
			for i := range r {
				r[i][0] += dx
				r[i][1] += dy
			}
		}
	}
	return polygons
}

// roads makes winding lines: mostly short ones of low class.
func roads(random *rand.Rand, n int) geo.Table {
	t := geo.Table{Collection: geo.Collection{
		ID: "roads", Title: "Roads", Geometry: geo.Line, MinZoom: 5, MaxZoom: 14,
		Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "class", Type: geo.String}, {Name: "length_m", Type: geo.Number}},
	}}
	classes := []string{"path", "path", "village", "village", "village", "village", "regency", "regency", "provincial", "national"}
	for i := range n {
		class := classes[random.IntN(len(classes))]
		steps := 4 + random.IntN(12)
		if class == "national" {
			steps *= 8
		}
		p, heading := somewhere(random), random.Float64()*2*math.Pi
		line := orb.LineString{p}
		for range steps {
			heading += random.NormFloat64() * 0.4
			p = orb.Point{p[0] + 0.0007*math.Cos(heading), p[1] + 0.0007*math.Sin(heading)}
			line = append(line, p)
		}
		t.Records = append(t.Records, geo.Record{ID: fmt.Sprint(i + 1), Geometry: line, Values: []any{fmt.Sprintf("Road %d", i%5000), class, float64(steps) * 78}})
	}
	return t
}

func places(random *rand.Rand, n int) geo.Table {
	t := geo.Table{Collection: geo.Collection{
		ID: "places", Title: "Places", Geometry: geo.Point, MinZoom: 5, MaxZoom: 14,
		Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "category", Type: geo.String}, {Name: "visitors", Type: geo.Integer}},
	}}
	categories := []string{"beach", "waterfall", "temple", "market", "school", "clinic"}
	for i := range n {
		t.Records = append(t.Records, geo.Record{
			ID: fmt.Sprint(i + 1), Geometry: somewhere(random),
			Values: []any{fmt.Sprintf("Place %d", i), categories[random.IntN(len(categories))], random.Int64N(1000)},
		})
	}
	return t
}

func somewhere(random *rand.Rand) orb.Point {
	return orb.Point{
		region.Min[0] + random.Float64()*(region.Max[0]-region.Min[0]),
		region.Min[1] + random.Float64()*(region.Max[1]-region.Min[1]),
	}
}
