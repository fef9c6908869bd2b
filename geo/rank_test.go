package geo_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata/villages"
)

// At every zoom: vertices at one place have one rank, rings keep three
// vertices, and no two borders cross or overlap that did not at full detail.
func TestRanksKeepACoverage(t *testing.T) {
	l := build(t, nil, villages.Table(t, "villages_malang_topo.geojson")).Layer("villages")
	checkRanks(t, &l.Shape)
}

func TestRanksOfRandomCoverages(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		n := rapid.IntRange(1, 5).Draw(rt, "cells a side")
		size := rapid.SampledFrom([]float64{1e-5, 1e-3, 0.1, 2}).Draw(rt, "size")
		l := build(t, nil, coverage(seed, n, size)).Layer("areas")
		checkRanks(rt, &l.Shape)
	})
}

// coverage is a lattice of n × n polygons with rough shared borders.
func coverage(seed uint64, n int, size float64) geo.Table {
	t := geo.Table{Collection: geo.Collection{ID: "areas", Geometry: geo.Polygon, MaxZoom: 14}}
	const steps = 9
	// Corners and the points of each side are moved by less than half a step, so
	// that sides never cross.
	at := func(x, y int) orb.Point {
		r := rand.New(rand.NewPCG(seed, uint64(x)<<32|uint64(y)))
		d := size / steps * 0.45
		return orb.Point{112 + float64(x)*size/steps + (r.Float64()*2-1)*d, -8 + float64(y)*size/steps + (r.Float64()*2-1)*d}
	}
	for i := range n {
		for j := range n {
			var ring orb.Ring
			x, y := i*steps, j*steps
			for _, d := range [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
				for range steps {
					ring = append(ring, at(x, y))
					x, y = x+d[0], y+d[1]
				}
			}
			ring = append(ring, ring[0])
			t.Records = append(t.Records, geo.Record{ID: fmt.Sprintf("%d-%d", i, j), Geometry: orb.MultiPolygon{{ring}}})
		}
	}
	return t
}

func checkRanks(t rapid.TB, s *geo.Shape) {
	t.Helper()
	type place struct{ x, y uint32 }
	ranks := map[place]uint8{}
	for i := range s.X {
		p := place{s.X[i], s.Y[i]}
		if r, ok := ranks[p]; ok && r != s.Rank[i] {
			t.Fatalf("place %v has ranks %d and %d", p, r, s.Rank[i])
		}
		ranks[p] = s.Rank[i]
	}
	for zoom := range uint8(geo.MaxTileZoom + 1) {
		edges := map[[2]place]bool{}
		for p := range s.Boxes {
			var ring []place
			for v := s.Parts[p]; v < s.Parts[p+1]; v++ {
				if s.Rank[v] <= zoom {
					ring = append(ring, place{s.X[v], s.Y[v]})
				}
			}
			if len(ring) < 3 {
				t.Fatalf("zoom %d: part %d has %d vertices left", zoom, p, len(ring))
			}
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				if a.x > b.x || a.x == b.x && a.y > b.y {
					a, b = b, a
				}
				edges[[2]place{a, b}] = true
			}
		}
		list := make([][2]place, 0, len(edges))
		for e := range edges {
			list = append(list, e)
		}
		side := func(a, b, c place) int64 {
			return (int64(b.x)-int64(a.x))*(int64(c.y)-int64(a.y)) - (int64(b.y)-int64(a.y))*(int64(c.x)-int64(a.x))
		}
		sweep(list, func(e [2]place) uint32 { return e[0].x }, func(e [2]place) uint32 { return e[1].x }, func(e, f [2]place) {
			if e[0] == f[0] || e[0] == f[1] || e[1] == f[0] || e[1] == f[1] {
				return
			}
			if (side(e[0], e[1], f[0]) > 0) != (side(e[0], e[1], f[1]) > 0) && (side(f[0], f[1], e[0]) > 0) != (side(f[0], f[1], e[1]) > 0) {
				t.Fatalf("zoom %d: borders %v and %v cross", zoom, e, f)
			}
		})
	}
}
