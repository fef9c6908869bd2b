package planar

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Crossing finds a point at which a ring of g meets itself other than from one
// edge to the next. It is for the report on a polygon that is not valid.
func Crossing(g orb.Geometry) (at orb.Point, found bool) {
	ring := func(r orb.Ring) {
		eachMeeting(r, func(_ int, p orb.Point) bool {
			nano := func(f float64) float64 { return math.Round(f*1e9) / 1e9 } // exact enough to be found
			at, found = orb.Point{nano(p[0]), nano(p[1])}, true
			return false
		})
	}
	switch t := g.(type) {
	case orb.Polygon:
		for _, r := range t {
			if !found {
				ring(r)
			}
		}
	case orb.MultiPolygon:
		for _, polygon := range t {
			if at, found = Crossing(polygon); found {
				break
			}
		}
	}
	return at, found
}

// eachMeeting calls f with each edge of a closed ring and a point of it at which
// it meets another edge, other than the vertex between it and the next, until f
// answers false. It sweeps the edges from west to east.
func eachMeeting(r orb.Ring, f func(edge int, p orb.Point) bool) {
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
			for _, p := range edgesMeet(r[a], r[a+1], r[b], r[b+1], next) {
				if !f(a, p) || !f(b, p) {
					return
				}
			}
		}
		open = append(open, i)
	}
}

// edgesMeet returns the points that edges have in common, of a common stretch
// its ends: when the edges are neighbours, other than the vertex between them.
// Whether they meet is exact; where they cross is rounded.
func edgesMeet(a, b, c, d orb.Point, neighbours bool) []orb.Point {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) || max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return nil
	}
	within := func(p, q, x orb.Point) bool {
		return min(p[0], q[0]) <= x[0] && x[0] <= max(p[0], q[0]) && min(p[1], q[1]) <= x[1] && x[1] <= max(p[1], q[1])
	}
	sa, sb, sc, sd := geo.Orient(c, d, a), geo.Orient(c, d, b), geo.Orient(a, b, c), geo.Orient(a, b, d)
	if !neighbours && sa*sb < 0 && sc*sd < 0 {
		return []orb.Point{cross(a, b, c, d)}
	}
	var common []orb.Point
	for _, end := range []struct {
		p    orb.Point
		side int
		q, r orb.Point
	}{{a, sa, c, d}, {b, sb, c, d}, {c, sc, a, b}, {d, sd, a, b}} {
		shared := neighbours && (end.p == end.q || end.p == end.r)
		if end.side == 0 && !shared && within(end.q, end.r, end.p) && !slices.Contains(common, end.p) {
			common = append(common, end.p)
		}
	}
	return common
}

// cross is where two edges that cross do.
func cross(a, b, c, d orb.Point) orb.Point {
	side := func(p orb.Point) float64 { return (d[0]-c[0])*(p[1]-c[1]) - (d[1]-c[1])*(p[0]-c[0]) }
	t := side(a) / (side(a) - side(b))
	if !(t >= 0 && t <= 1) { // too nearly parallel for float64
		t = 0.5
	}
	return orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])}
}
