package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// wholeCountry lays as many villages as Indonesia has, on as much land, on the
// lattice: a jittered grid, always the same.
func wholeCountry(ctx context.Context) error {
	const villages, across, side = 83_402, 289, 0.0438 // 1.9 million km²
	r := rand.New(rand.NewPCG(62, 510))
	rows := villages/across + 2
	corners := make([]orb.Point, rows*(across+1))
	for i := range corners {
		jitter := func() float64 { return (r.Float64() - 0.5) * side / 2 }
		corners[i] = orb.Point{108 + float64(i%(across+1))*side + jitter(), -6 + float64(i/(across+1))*side + jitter()}
	}
	t := geo.Table{Collection: geo.Collection{ID: "villages", Title: "Villages", Geometry: geo.Polygon, MaxZoom: 14}}
	for v := range villages {
		at := v/across*(across+1) + v%across
		a, b, c, d := corners[at], corners[at+1], corners[at+across+2], corners[at+across+1]
		t.Records = append(t.Records, geo.Record{ID: fmt.Sprintf("%06d", v), Geometry: orb.Polygon{{a, b, c, d, a}}})
	}
	snap, err := geo.Build(ctx, nil, []geo.Table{t}, nil)
	if err != nil {
		return err
	}
	return size(ctx, "country", snap.Layer("villages"))
}
