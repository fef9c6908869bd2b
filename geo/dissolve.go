package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// dissolve returns the union of polygons that share their borders vertex by
// vertex: an edge that two of them walk in opposite directions is inside and
// goes; what is left is traced into rings. Where borders do not match exactly,
// both stay, as slivers.
func dissolve(polygons []orb.Geometry) orb.MultiPolygon {
	out := outline{}
	for _, g := range polygons {
		switch g := g.(type) {
		case orb.Polygon:
			out.add(g)
		case orb.MultiPolygon:
			for _, p := range g {
				out.add(p)
			}
		}
	}
	return nest(out.trace())
}

// outline is the directed edges with the inside on their left, by start.
type outline map[orb.Point][]orb.Point

func (o outline) add(p orb.Polygon) {
	for i, r := range p {
		ccw := r.Orientation() == orb.CCW
		for k := 1; k < len(r); k++ {
			a, b := r[k-1], r[k]
			if ccw != (i == 0) { // shells run counterclockwise, holes clockwise
				a, b = b, a
			}
			if a != b && !o.take(b, a) {
				o[a] = append(o[a], b)
			}
		}
	}
}

// take removes one edge from a to b and reports whether there was one.
func (o outline) take(a, b orb.Point) bool {
	i := slices.Index(o[a], b)
	if i < 0 {
		return false
	}
	if o[a] = slices.Delete(o[a], i, i+1); len(o[a]) == 0 {
		delete(o, a)
	}
	return true
}

// trace returns the closed rings that the edges form, each passing a point only
// once. It uses the edges up.
func (o outline) trace() []orb.Ring {
	starts := make([]orb.Point, 0, len(o))
	for p := range o {
		starts = append(starts, p)
	}
	slices.SortFunc(starts, comparePoints)
	var rings []orb.Ring
	for _, start := range starts {
		for len(o[start]) > 0 {
			rings = append(rings, o.walk(start)...)
		}
	}
	return rings
}

func (o outline) walk(start orb.Point) []orb.Ring {
	var rings []orb.Ring
	path := orb.Ring{start}
	at := map[orb.Point]int{start: 0}
	for {
		here := path[len(path)-1]
		next, ok := o.turn(path, here)
		if !ok {
			return rings // edges that close no ring: borders that cross
		}
		o.take(here, next)
		if i, seen := at[next]; seen { // a loop: cut it off the path
			if ring := append(slices.Clone(path[i:]), next); len(ring) > 3 {
				rings = append(rings, ring)
			}
			for _, p := range path[i+1:] {
				delete(at, p)
			}
			path = path[:i+1]
			if i == 0 {
				return rings
			}
			continue
		}
		at[next] = len(path)
		path = append(path, next)
	}
}

// turn chooses the way on from a point: the first edge clockwise from where the
// path came, which keeps to the same inside.
func (o outline) turn(path orb.Ring, here orb.Point) (orb.Point, bool) {
	ways := o[here]
	if len(ways) == 0 {
		return here, false
	}
	if len(ways) == 1 || len(path) < 2 {
		return slices.MinFunc(ways, comparePoints), true
	}
	from := path[len(path)-2]
	back := math.Atan2(from[1]-here[1], from[0]-here[0])
	clockwise := func(p orb.Point) float64 {
		d := math.Mod(back-math.Atan2(p[1]-here[1], p[0]-here[0])+4*math.Pi, 2*math.Pi)
		if d == 0 {
			return 2 * math.Pi
		}
		return d
	}
	return slices.MinFunc(ways, func(a, b orb.Point) int {
		if clockwise(a) < clockwise(b) {
			return -1
		}
		return 1
	}), true
}

func comparePoints(a, b orb.Point) int {
	if c := compareFloats(a[0], b[0]); c != 0 {
		return c
	}
	return compareFloats(a[1], b[1])
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// nest makes polygons of rings: a counterclockwise ring is a shell, a clockwise
// one a hole of the smallest shell around it.
func nest(rings []orb.Ring) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, r := range rings {
		if r.Orientation() == orb.CCW {
			out = append(out, orb.Polygon{r})
		}
	}
	for _, r := range rings {
		if r.Orientation() == orb.CCW {
			continue
		}
		best, size := -1, math.Inf(1)
		for i := range out {
			if a := math.Abs(planar.Area(out[i][0])); a < size && out[i][0].Bound().Contains(r[0]) && holds(out[i][0], r) {
				best, size = i, a
			}
		}
		if best >= 0 {
			out[best] = append(out[best], r)
		}
	}
	return out
}

// holds reports whether a ring lies in a shell; they may touch, so the middles
// of its edges decide.
func holds(shell, r orb.Ring) bool {
	in := 0
	for i := 1; i < len(r); i++ {
		if planar.RingContains(shell, orb.Point{(r[i-1][0] + r[i][0]) / 2, (r[i-1][1] + r[i][1]) / 2}) {
			in++
		}
	}
	return 2*in > len(r)-1
}
