package cql2

import (
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

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
		if geo.Orient(e.a, e.b, p) == 0 && geo.Orient(f.a, f.b, p) == 0 {
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
		side := geo.Orient(e.a, e.b, p)
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
