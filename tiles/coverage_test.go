package tiles

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/mvt"
)

// build makes layers of tables.
func build(t testing.TB, tables ...geo.Table) []*geo.Layer {
	t.Helper()
	s, err := geo.Build(context.Background(), nil, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	var layers []*geo.Layer
	for _, table := range tables {
		layers = append(layers, s.Layer(table.Collection.ID))
	}
	return layers
}

// cutAll cuts and decodes every tile of the layers at a zoom.
func cutAll(t testing.TB, layers []*geo.Layer, z int, q Query, visit func(Address, mvt.Tile)) {
	t.Helper()
	from, to := corners(Bounds(layers), z)
	for y := from.Y; y <= to.Y; y++ {
		for x := from.X; x <= to.X; x++ {
			a := maptile.New(x, y, maptile.Zoom(z))
			tile, err := Cut(context.Background(), layers, a, q, Options{Budget: -1})
			if err != nil {
				t.Fatalf("%s: %v", name(a), err)
			}
			decoded, err := mvt.Decode(tile.Data)
			if err != nil {
				t.Fatalf("%s: %v", name(a), err)
			}
			visit(a, decoded)
		}
	}
}

// fault returns what is wrong with a polygon for a strict reader, or "".
func fault(f mvt.Feature) string {
	var polygons []geom.Polygon
	var rings []geom.LineString
	end := func() {
		if len(rings) > 0 {
			polygons = append(polygons, geom.NewPolygon(rings))
		}
		rings = nil
	}
	for i, ring := range f.Parts {
		area := ringArea(ring)
		switch {
		case area == 0:
			return fmt.Sprintf("ring %d has no area", i)
		case area > 0:
			end()
		case len(rings) == 0:
			return fmt.Sprintf("ring %d is a hole before any exterior", i)
		}
		flat := make([]float64, 0, 2*len(ring)+2)
		for _, p := range append(ring[:len(ring):len(ring)], ring[0]) {
			flat = append(flat, float64(p[0]), float64(p[1]))
		}
		rings = append(rings, geom.NewLineString(geom.NewSequence(flat, geom.DimXY)))
	}
	end()
	if err := geom.NewMultiPolygon(polygons).Validate(); err != nil {
		return err.Error()
	}
	return ""
}

// ringArea is twice the area, positive for an exterior (the surveyor's formula
// of the specification, 4.3.4.4).
func ringArea(ring [][2]int32) int64 {
	var sum int64
	p := ring[len(ring)-1]
	for _, q := range ring {
		sum += int64(p[0])*int64(q[1]) - int64(q[0])*int64(p[1])
		p = q
	}
	return sum
}

// complement returns the polygon that is the world around the villages: the
// edges that only one of them has, as holes in a large box.
func complement(t testing.TB, table geo.Table) geo.Record {
	t.Helper()
	next := map[orb.Point][]orb.Point{}
	once := map[[2]orb.Point]bool{}
	for _, r := range table.Records {
		polygons, ok := r.Geometry.(orb.MultiPolygon)
		if !ok {
			polygons = orb.MultiPolygon{r.Geometry.(orb.Polygon)}
		}
		for _, polygon := range polygons {
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					p, q := ring[i-1], ring[i]
					if once[[2]orb.Point{q, p}] {
						delete(once, [2]orb.Point{q, p})
					} else {
						once[[2]orb.Point{p, q}] = true
					}
				}
			}
		}
	}
	for e := range once {
		next[e[0]] = append(next[e[0]], e[1])
	}
	box := orb.Ring{{70, -45}, {150, -45}, {150, 45}, {70, 45}, {70, -45}}
	world := orb.Polygon{box}
	starts := make([]orb.Point, 0, len(next))
	for p := range next {
		starts = append(starts, p)
	}
	slices.SortFunc(starts, func(a, b orb.Point) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, p := range starts {
		for len(next[p]) > 0 {
			ring := orb.Ring{p}
			for q := p; ; {
				n := next[q]
				if len(n) == 0 {
					t.Fatal("the outline is not closed")
				}
				next[q] = n[1:]
				q = n[0]
				ring = append(ring, q)
				if q == p {
					break
				}
			}
			world = append(world, ring)
		}
	}
	return geo.Record{ID: "world", Geometry: world, Values: make([]any, len(table.Collection.Fields))}
}

// The villages and the world around them are a coverage of every tile: at every
// zoom each point belongs to one polygon, no more and no less; neighbours have
// the very same border; and every polygon is valid.
func TestVillagesCoverEveryTileOnce(t *testing.T) {
	table := villages(t, "villages_malang_topo.geojson")
	table.Records = append(table.Records, complement(t, table))
	layers := build(t, table)
	for z := 5; z <= 14; z++ {
		if testing.Short() && z > 11 {
			break
		}
		for _, extent := range []int{4096, 1024} {
			if extent == 1024 && z > 12 {
				continue // slim tiles end at zoom 12
			}
			tiles, polygons, invalid, shared, gap, overlap := 0, 0, 0, 0, int64(0), int64(0)
			middle := orb.Bound{Min: orb.Point{112.25, -8.5}, Max: orb.Point{113, -7.7}}
			from, to := corners(middle, z)
			for y := from.Y; y <= to.Y; y++ {
				for x := from.X; x <= to.X; x++ {
					a := maptile.New(x, y, maptile.Zoom(z))
					data, err := Cut(context.Background(), layers, a, Query{Extent: extent}, Options{Budget: -1})
					if err != nil {
						t.Fatal(err)
					}
					tile, err := mvt.Decode(data.Data)
					if err != nil {
						t.Fatal(err)
					}
					tiles++
					side := int64(extent + extent/32)
					area, twice, both := account(tile.Layers[0].Features)
					gap += max(0, 2*side*side-area)
					overlap += max(0, area-2*side*side) + twice
					shared += both
					for _, f := range tile.Layers[0].Features {
						polygons++
						if why := fault(f); why != "" {
							invalid++
							t.Errorf("%s: %v: %s", name(a), f.Properties["code"], why)
						}
					}
				}
			}
			t.Logf("z%d, extent %d: %d tiles, %d polygons, %d invalid, %d shared edges, gap %d, overlap %d square units", z, extent, tiles, polygons, invalid, shared, gap/2, overlap/2)
			if gap != 0 || overlap != 0 {
				t.Errorf("z%d: gap %d, overlap %d", z, gap, overlap)
			}
		}
	}
}

// account adds up twice the area of all polygons, and counts the directed edges
// that two of them have (they overlap there) and those that have each other's reverse.
func account(features []mvt.Feature) (area, twice int64, shared int) {
	seen := map[[4]int32]bool{}
	for _, f := range features {
		for _, ring := range f.Parts {
			area += ringArea(ring)
			p := ring[len(ring)-1]
			for _, q := range ring {
				e := [4]int32{p[0], p[1], q[0], q[1]}
				if seen[e] {
					twice++
				}
				seen[e] = true
				if seen[[4]int32{q[0], q[1], p[0], p[1]}] {
					shared++
				}
				p = q
			}
		}
	}
	return area, twice, shared
}

// Of the file as published, whose borders do not meet, every polygon is valid
// too, and what overlaps or gapes is counted.
func TestUncleanVillagesAreValid(t *testing.T) {
	layers := build(t, villages(t, "villages_malang_raw.geojson"))
	clean := build(t, villages(t, "villages_malang_topo.geojson"))
	for z := 5; z <= 14; z++ {
		if testing.Short() && z > 11 {
			break
		}
		polygons, invalid := 0, 0
		overlap, gap := 0.0, 0.0
		cutAll(t, layers, z, Query{}, func(a Address, tile mvt.Tile) {
			if len(tile.Layers) == 0 {
				return
			}
			for _, f := range tile.Layers[0].Features {
				polygons++
				if why := fault(f); why != "" {
					invalid++
					t.Errorf("%s: %v: %s", name(a), f.Properties["code"], why)
				}
			}
			data, err := Cut(context.Background(), clean, a, Query{}, Options{Budget: -1})
			if err != nil {
				t.Fatal(err)
			}
			reference, err := mvt.Decode(data.Data)
			if err != nil {
				t.Fatal(err)
			}
			o, g := scan(tile.Layers[0].Features, reference)
			overlap, gap = overlap+o, gap+g
		})
		t.Logf("z%d: %d of %d polygons invalid; overlap about %.0f, gap about %.0f square units", z, invalid, polygons, overlap, gap)
	}
}

// scan estimates, on every 16th row, how much of the tile several features
// cover, and how much none does although the reference covers it.
func scan(features []mvt.Feature, reference mvt.Tile) (overlap, gap float64) {
	const every = 16
	var all []mvt.Feature
	if len(reference.Layers) > 0 {
		all = reference.Layers[0].Features
	}
	for y := 0.5; y < 4096; y += every {
		type step struct {
			x        float64
			depth    int
			expected int
		}
		var steps []step
		cross := func(fs []mvt.Feature, depth, expected int) {
			for _, f := range fs {
				var xs []float64
				for _, ring := range f.Parts {
					p := ring[len(ring)-1]
					for _, q := range ring {
						if (float64(p[1]) < y) != (float64(q[1]) < y) {
							xs = append(xs, float64(p[0])+(y-float64(p[1]))/float64(q[1]-p[1])*float64(q[0]-p[0]))
						}
						p = q
					}
				}
				slices.Sort(xs)
				for i, x := range xs {
					sign := 1 - 2*(i%2)
					steps = append(steps, step{min(max(x, 0), 4096), sign * depth, sign * expected})
				}
			}
		}
		cross(features, 1, 0)
		cross(all, 0, 1)
		slices.SortFunc(steps, func(a, b step) int { return cmp.Compare(a.x, b.x) })
		depth, expected, last := 0, 0, 0.0
		for _, s := range steps {
			if depth > 1 {
				overlap += (s.x - last) * every * float64(depth-1)
			}
			if depth == 0 && expected > 0 {
				gap += (s.x - last) * every
			}
			depth, expected, last = depth+s.depth, expected+s.expected, s.x
		}
	}
	return overlap, gap
}
