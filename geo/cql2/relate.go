package cql2

import (
	"slices"
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
