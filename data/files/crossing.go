package files

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// crossing finds a point at which a ring of g meets itself other than from one
// edge to the next. It is for the report on a polygon that is not valid.
func crossing(g orb.Geometry) (orb.Point, bool) {
	switch t := g.(type) {
	case orb.Polygon:
		for _, r := range t {
			if p, ok := ringCrossing(r); ok {
				return p, true
			}
		}
	case orb.MultiPolygon:
		for _, polygon := range t {
			if p, ok := crossing(polygon); ok {
				return p, true
			}
		}
	}
	return orb.Point{}, false
}

// ringCrossing sweeps the edges from west to east.
func ringCrossing(r orb.Ring) (orb.Point, bool) {
	n := len(r) - 1
	west := func(i int) float64 { return min(r[i][0], r[i+1][0]) }
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(west(i), west(j)) })
	var open []int
	for _, i := range order {
		open = slices.DeleteFunc(open, func(j int) bool { return max(r[j][0], r[j+1][0]) < west(i) })
		for _, j := range open {
			a, b := min(i, j), max(i, j)
			next := b == a+1 || a == 0 && b == n-1
			if p, ok := edgesMeet(r[a], r[a+1], r[b], r[b+1], next); ok {
				return p, true
			}
		}
		open = append(open, i)
	}
	return orb.Point{}, false
}

// edgesMeet returns a point that the edges have in common: when they are
// neighbours, other than the vertex between them.
func edgesMeet(a, b, c, d orb.Point, neighbours bool) (orb.Point, bool) {
	side := func(p, q, x orb.Point) float64 {
		return (q[0]-p[0])*(x[1]-p[1]) - (q[1]-p[1])*(x[0]-p[0])
	}
	within := func(p, q, x orb.Point) bool {
		return min(p[0], q[0]) <= x[0] && x[0] <= max(p[0], q[0]) && min(p[1], q[1]) <= x[1] && x[1] <= max(p[1], q[1])
	}
	sa, sb, sc, sd := side(c, d, a), side(c, d, b), side(a, b, c), side(a, b, d)
	if !neighbours && sa*sb < 0 && sc*sd < 0 {
		t := sa / (sa - sb)
		nano := func(f float64) float64 { return math.Round(f*1e9) / 1e9 } // exact enough to be found
		return orb.Point{nano(a[0] + t*(b[0]-a[0])), nano(a[1] + t*(b[1]-a[1]))}, true
	}
	for _, end := range []struct {
		p    orb.Point
		side float64
		q, r orb.Point
	}{{a, sa, c, d}, {b, sb, c, d}, {c, sc, a, b}, {d, sd, a, b}} {
		shared := neighbours && (end.p == end.q || end.p == end.r)
		if end.side == 0 && !shared && within(end.q, end.r, end.p) {
			return end.p, true
		}
	}
	return orb.Point{}, false
}
