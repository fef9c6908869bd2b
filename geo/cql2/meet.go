package cql2

import (
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// cut is a stretch of an edge that also belongs to an edge of the other shape,
// or only a point: where from and to are the same.
type cut struct {
	from, to float64 // 0 to 1 along the edge
	same     bool    // the other edge goes the same way
}

// edges finds where edges meet.
func (r *relation) edges(whether bool) {
	r.onA, r.onB = make([][]cut, len(r.a.edges)), make([][]cut, len(r.b.edges))
	for i, e := range r.a.edges {
		box := e.bound()
		if !box.Intersects(r.b.bound) {
			continue
		}
		r.b.near(e.a[1], e.b[1], func(j int) {
			if f := r.b.edges[j]; box.Intersects(f.bound()) {
				r.meet(i, j, e, f)
			}
		})
		if whether && r.meets() {
			return
		}
	}
}

// meet notes what two edges have in common.
func (r *relation) meet(i, j int, e, f edge) {
	ea, eb := geo.Orient(f.a, f.b, e.a), geo.Orient(f.a, f.b, e.b)
	fa, fb := geo.Orient(e.a, e.b, f.a), geo.Orient(e.a, e.b, f.b)
	if ea == 0 && eb == 0 {
		r.overlap(i, j, e, f)
		return
	}
	if ea*eb > 0 || fa*fb > 0 {
		return
	}
	switch {
	case ea == 0:
		r.touch(i, j, e.a)
	case eb == 0:
		r.touch(i, j, e.b)
	case fa == 0:
		r.touch(i, j, f.a)
	case fb == 0:
		r.touch(i, j, f.b)
	default:
		r.common(r.a.partAcross(e, f), r.b.partAcross(e, f), false)
		r.cut(i, j, crossing(e, f), crossing(f, e))
	}
}

func (r *relation) cut(i, j int, onA, onB float64) {
	r.onA[i] = append(r.onA[i], cut{from: onA, to: onA})
	r.onB[j] = append(r.onB[j], cut{from: onB, to: onB})
}

// touch notes a vertex of one edge that lies on the other.
func (r *relation) touch(i, j int, p orb.Point) {
	r.common(r.a.partAt(p), r.b.partAt(p), false)
	r.cut(i, j, along(r.a.edges[i], p), along(r.b.edges[j], p))
}

// overlap notes the stretch that two edges on one line share, if any.
func (r *relation) overlap(i, j int, e, f edge) {
	k := 0
	if e.a[0] == e.b[0] {
		k = 1
	}
	low, high, flow, fhigh := e.a, e.b, f.a, f.b
	same := (e.a[k] < e.b[k]) == (f.a[k] < f.b[k])
	if low[k] > high[k] {
		low, high = high, low
	}
	if flow[k] > fhigh[k] {
		flow, fhigh = fhigh, flow
	}
	if flow[k] > low[k] {
		low = flow
	}
	if fhigh[k] < high[k] {
		high = fhigh
	}
	if low[k] > high[k] {
		return
	}
	r.touch(i, j, low)
	if low == high {
		return
	}
	r.touch(i, j, high)
	r.onA[i] = append(r.onA[i], newStretch(e, low, high, same))
	r.onB[j] = append(r.onB[j], newStretch(f, low, high, same))
}

func newStretch(e edge, low, high orb.Point, same bool) cut {
	from, to := along(e, low), along(e, high)
	return cut{min(from, to), max(from, to), same}
}

// along returns where a point of an edge is on it: exactly 0 or 1 at its ends.
func along(e edge, p orb.Point) float64 {
	switch p {
	case e.a:
		return 0
	case e.b:
		return 1
	}
	k := 0
	if abs(e.b[1]-e.a[1]) > abs(e.b[0]-e.a[0]) {
		k = 1
	}
	return min(max((p[k]-e.a[k])/(e.b[k]-e.a[k]), 0), 1)
}

// crossing returns where e crosses the line through f.
func crossing(e, f edge) float64 {
	dx, dy := f.b[0]-f.a[0], f.b[1]-f.a[1]
	a := dx*(e.a[1]-f.a[1]) - dy*(e.a[0]-f.a[0])
	b := dx*(e.b[1]-f.a[1]) - dy*(e.b[0]-f.a[0])
	if a == b {
		return 0.5
	}
	return min(max(a/(a-b), 0), 1)
}

func abs(f float64) float64 { return max(f, -f) }
