package cql2

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// benchLayer is 100,000 squares, each with a name of its own and one of 100
// kinds.
func benchLayer(b *testing.B) *geo.Layer {
	b.Helper()
	rng := rand.New(rand.NewPCG(7, 8))
	table := geo.Table{Collection: geo.Collection{
		ID: "bench", Geometry: geo.Polygon, MaxZoom: 12,
		Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "kind", Type: geo.String}, {Name: "people", Type: geo.Integer}, {Name: "date", Type: geo.String}},
	}}
	for i := range 100_000 {
		x, y := rng.Float64()*10, rng.Float64()*10
		table.Records = append(table.Records, geo.Record{
			ID:       fmt.Sprintf("%06d", i),
			Geometry: orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 0.02, y + 0.02}}.ToPolygon(),
			Values:   []any{fmt.Sprintf("Name %d", i), fmt.Sprintf("kind %d", rng.IntN(100)), int64(rng.IntN(10_000)), fmt.Sprintf("2025-%02d-01", 1+rng.IntN(12))},
		})
	}
	snap, err := geo.Build(context.Background(), nil, []geo.Table{table}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return snap.Layer("bench")
}

// BenchmarkFilter compiles a filter and asks it of all features.
func BenchmarkFilter(b *testing.B) {
	l := benchLayer(b)
	for name, written := range map[string]string{
		"number":        "people > 5000",
		"few words":     "kind = 'kind 7'",
		"few words ci":  "ACCENTI(CASEI(kind)) LIKE accenti(casei('%nd 7%'))",
		"many words ci": "CASEI(name) LIKE casei('%me 7%')",
		"date":          "date >= DATE('2025-06-01')",
		"several":       "kind IN ('kind 1', 'kind 2') AND (people BETWEEN 10 AND 500 OR NOT date < DATE('2025-06-01'))",
		"box":           "S_INTERSECTS(geometry, BBOX(2,2,3,3))",
		"polygon":       "S_WITHIN(geometry, POLYGON((2 2, 8 3, 7 9, 1 6, 2 2)))",
	} {
		b.Run(name, func(b *testing.B) {
			f, err := Parse(written)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if n, err := count(f, l); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*l.Len()), "ns/feature")
		})
	}
}

func BenchmarkParse(b *testing.B) {
	const written = "kind IN ('kind 1', 'kind 2') AND (people BETWEEN 10 AND 500 OR NOT date < DATE('2025-06-01'))"
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(written); err != nil {
			b.Fatal(err)
		}
	}
}
