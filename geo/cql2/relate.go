package cql2

import (
	"slices"

	"github.com/paulmach/orb"
)

// the parts of a shape, of which every point of the plane is in one
const (
	interior = iota
	boundary
	exterior
)

// matrix says which parts of two shapes have points in common: what is F in the
// DE-9IM (OGC 06-103r4, 6.1.15.2) is false.
type matrix struct {
	at    [3][3]bool
	along bool // the interiors of two lines share more than points
}

// meets reports whether the shapes are known to have a point in common.
func (m *matrix) meets() bool {
	return m.at[interior][interior] || m.at[interior][boundary] || m.at[boundary][interior] || m.at[boundary][boundary]
}

// relation is the matrix of two shapes in the making. It notes where their
// edges meet, cuts them there, and locates each piece. Where edges meet is
// decided exactly; a piece is located by its middle, so that what is narrower
// than about 1e-12 of an edge is passed over.
type relation struct {
	matrix
	a, b     *shape
	onA, onB [][]cut
	swapped  bool
}

// cut is a stretch of an edge that also belongs to an edge of the other shape,
// or only a point: where from and to are the same.
type cut struct {
	from, to float64 // 0 to 1 along the edge
	same     bool    // the other edge goes the same way
}

func (c cut) stretch() bool { return c.from < c.to }

// relate compares two shapes. With whether set, it stops when they are known to
// meet, and the matrix may lack the rest.
func relate(a, b *shape, whether bool) matrix {
	if a.mixed || b.mixed {
		return relateParts(a, b, whether)
	}
	r := relation{a: a, b: b}
	if a.strips != nil && b.strips == nil {
		r.a, r.b, r.swapped = b, a, true
	}
	r.points(whether)
	if whether && r.meets() {
		return r.result()
	}
	r.edges(whether)
	if whether && r.meets() {
		return r.result()
	}
	r.pieces(r.a, r.b, r.onA, false)
	r.pieces(r.b, r.a, r.onB, true)
	r.evident(r.a, r.b, false)
	r.evident(r.b, r.a, true)
	return r.result()
}

// relateParts finds whether any part of one meets any of the other.
func relateParts(a, b *shape, whether bool) (m matrix) {
	switch {
	case a.mixed:
		for _, p := range a.parts {
			if m = relate(p, b, whether); m.meets() {
				return m
			}
		}
	default:
		for _, p := range b.parts {
			if m = relate(a, p, whether); m.meets() {
				return m
			}
		}
	}
	return m
}

func (r *relation) result() matrix {
	if r.swapped {
		for i := range 3 {
			for j := range i {
				r.at[i][j], r.at[j][i] = r.at[j][i], r.at[i][j]
			}
		}
	}
	return r.matrix
}

// common notes a point that two parts share.
func (r *relation) common(a, b int, turned bool) {
	if turned {
		a, b = b, a
	}
	r.at[a][b] = true
}

// points locates single points and the ends of lines.
func (r *relation) points(whether bool) {
	for k, s := range []*shape{r.a, r.b} {
		other := []*shape{r.b, r.a}[k]
		for p := range s.points {
			r.common(interior, other.locate(p), k == 1)
		}
		for p := range s.ends {
			r.common(boundary, other.locate(p), k == 1)
		}
		if whether && r.meets() {
			return
		}
	}
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
	ea, eb := orient(f.a, f.b, e.a), orient(f.a, f.b, e.b)
	fa, fb := orient(e.a, e.b, f.a), orient(e.a, e.b, f.b)
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

// pieces locates what is left of the edges of s between the cuts, in o.
func (r *relation) pieces(s, o *shape, cuts [][]cut, turned bool) {
	where := -1 // of the piece before, if the next one must be there as well
	for i, e := range s.edges {
		if e.first {
			where = -1
		}
		on := cuts[i]
		if len(on) == 0 {
			if where < 0 {
				where = o.locateInside(middle(e, 0, 1))
			}
			r.piece(s, o, where, turned)
			continue
		}
		stops := []float64{0, 1}
		for _, c := range on {
			stops = append(stops, c.from, c.to)
		}
		slices.Sort(stops)
		for k := 1; k < len(stops); k++ {
			from, to := stops[k-1], stops[k]
			if to-from < 1e-12 {
				continue
			}
			if from > 0 || slices.ContainsFunc(on, func(c cut) bool { return c.from == 0 }) {
				where = -1
			}
			half := (from + to) / 2
			if c := slices.IndexFunc(on, func(c cut) bool { return c.from < half && half < c.to }); c >= 0 {
				r.shared(s, o, on[c].same, turned)
				where = -1
				continue
			}
			if where < 0 {
				where = o.locateInside(middle(e, from, to))
			}
			r.piece(s, o, where, turned)
		}
		if slices.ContainsFunc(on, func(c cut) bool { return c.to == 1 }) {
			where = -1
		}
	}
}

// piece notes a stretch of an edge of s that is in a part of o, and for a
// polygon's what is on both sides of it.
func (r *relation) piece(s, o *shape, where int, turned bool) {
	if where == boundary { // by rounding: nothing can be said
		return
	}
	r.common(s.inner(), where, turned)
	if s.dimension == 2 && (o.dimension == 2 || where == exterior) {
		r.common(interior, where, turned)
		r.common(exterior, where, turned)
	}
}

// shared notes a stretch of an edge of s that is one of o as well.
func (r *relation) shared(s, o *shape, same, turned bool) {
	r.common(s.inner(), o.inner(), turned)
	if s.dimension == 1 && o.dimension == 1 {
		r.along = true
	}
	if s.dimension == 2 && o.dimension == 2 {
		if same {
			r.common(interior, interior, turned)
		} else {
			r.common(interior, exterior, turned)
			r.common(exterior, interior, turned)
		}
	}
}

// evident notes what follows from the dimensions: no finite number of points
// covers a line, nor do lines an area.
func (r *relation) evident(s, o *shape, turned bool) {
	if s.dimension > o.dimension {
		r.common(interior, exterior, turned)
	}
	if s.dimension == 2 && o.dimension == 0 {
		r.common(boundary, exterior, turned)
	}
}

// inner is the part that the inside of an edge belongs to.
func (s *shape) inner() int {
	if s.dimension == 2 {
		return boundary
	}
	return interior
}

// partAcross is the part that the crossing of two edges belongs to: where a line
// ends on itself, that may be its boundary.
func (s *shape) partAcross(e, f edge) int {
	for p := range s.ends {
		if orient(e.a, e.b, p) == 0 && orient(f.a, f.b, p) == 0 {
			return boundary
		}
	}
	return s.inner()
}

// partAt is the part that a point on an edge belongs to.
func (s *shape) partAt(p orb.Point) int {
	if s.dimension == 2 || s.ends[p] {
		return boundary
	}
	return interior
}

// locate finds the part that a point is in, by counting the edges to the right
// of it.
func (s *shape) locate(p orb.Point) int {
	if s.dimension == 0 {
		if s.points[p] {
			return interior
		}
		return exterior
	}
	if !s.bound.Contains(p) {
		return exterior
	}
	inside, on := false, false
	s.near(p[1], p[1], func(i int) {
		e := s.edges[i]
		if on || max(e.a[0], e.b[0]) < p[0] || (e.a[1] > p[1] && e.b[1] > p[1]) || (e.a[1] < p[1] && e.b[1] < p[1]) {
			return
		}
		side := orient(e.a, e.b, p)
		if side == 0 && e.bound().Contains(p) {
			on = true
		} else if (e.a[1] > p[1]) != (e.b[1] > p[1]) && (side > 0) == (e.b[1] > e.a[1]) {
			inside = !inside
		}
	})
	switch {
	case on:
		return s.partAt(p)
	case inside && s.dimension == 2:
		return interior
	}
	return exterior
}

// locateInside locates a point on no edge, of those that only areas can hold.
func (s *shape) locateInside(p orb.Point) int {
	if s.dimension < 2 {
		return exterior
	}
	return s.locate(p)
}

func middle(e edge, from, to float64) orb.Point {
	t := (from + to) / 2
	return orb.Point{e.a[0] + t*(e.b[0]-e.a[0]), e.a[1] + t*(e.b[1]-e.a[1])}
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
