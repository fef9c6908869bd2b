package cql2

import (
	"math"

	"github.com/paulmach/orb"
)

// shape is a geometry taken apart into points, or edges of lines or of rings.
type shape struct {
	dimension int // 0 points, 1 lines, 2 polygons
	mixed     bool
	parts     []*shape // of a mixed collection
	bound     orb.Bound

	points map[orb.Point]bool
	edges  []edge
	ends   map[orb.Point]bool // of lines: where an odd number of them end (OGC 06-103r4, 6.1.8)

	strips [][]int32 // edges by the horizontal strips of the bound that they are in; nil: not prepared
}

// edge goes from a to b; a polygon is to the left of it. Edges of one line or
// ring follow each other.
type edge struct {
	a, b  orb.Point
	first bool // of its line or ring
}

func (e edge) bound() orb.Bound {
	return orb.Bound{
		Min: orb.Point{min(e.a[0], e.b[0]), min(e.a[1], e.b[1])},
		Max: orb.Point{max(e.a[0], e.b[0]), max(e.a[1], e.b[1])},
	}
}

func newShape(g orb.Geometry) *shape {
	s := &shape{dimension: -1}
	s.add(g)
	s.bound = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	extend := func(p orb.Point) {
		for k := range 2 {
			s.bound.Min[k], s.bound.Max[k] = min(s.bound.Min[k], p[k]), max(s.bound.Max[k], p[k])
		}
	}
	for p := range s.points {
		extend(p)
	}
	for _, e := range s.edges {
		extend(e.a)
		extend(e.b)
	}
	for _, p := range s.parts {
		extend(p.bound.Min)
		extend(p.bound.Max)
	}
	return s
}

func (s *shape) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		s.addPoint(g)
	case orb.MultiPoint:
		for _, p := range g {
			s.addPoint(p)
		}
	case orb.LineString:
		s.addLine(g)
	case orb.MultiLineString:
		for _, l := range g {
			s.addLine(l)
		}
	case orb.Polygon:
		s.addPolygon(g)
	case orb.MultiPolygon:
		for _, p := range g {
			s.addPolygon(p)
		}
	case orb.Bound:
		s.addBox(g)
	case orb.Collection:
		s.addCollection(g)
	}
}

// addCollection takes members of one dimension together, and keeps others as
// parts.
func (s *shape) addCollection(c orb.Collection) {
	var parts []*shape
	for _, g := range c {
		p := newShape(g)
		parts = append(parts, p)
		s.mixed = s.mixed || p.mixed || p.dimension != parts[0].dimension
	}
	if s.mixed {
		s.parts = parts
		return
	}
	for _, g := range c {
		s.add(g)
	}
}

func (s *shape) addPoint(p orb.Point) {
	if s.points == nil {
		s.points = map[orb.Point]bool{}
	}
	s.dimension, s.points[p] = 0, true
}

func (s *shape) addLine(l orb.LineString) {
	s.dimension = 1
	if len(l) == 0 {
		return
	}
	if s.ends == nil {
		s.ends = map[orb.Point]bool{}
	}
	for _, p := range []orb.Point{l[0], l[len(l)-1]} {
		if s.ends[p] {
			delete(s.ends, p)
		} else {
			s.ends[p] = true
		}
	}
	s.addPath(l, false)
}

func (s *shape) addPolygon(p orb.Polygon) {
	s.dimension = 2
	for k, r := range p {
		area := 0.0
		for i := 1; i < len(r); i++ {
			area += (r[i-1][0] - r[0][0]) * (r[i][1] - r[0][1])
			area -= (r[i][0] - r[0][0]) * (r[i-1][1] - r[0][1])
		}
		s.addPath(orb.LineString(r), (area < 0) == (k == 0))
	}
}

func (s *shape) addPath(l orb.LineString, backwards bool) {
	first := true
	for i := 1; i < len(l); i++ {
		a, b := l[i-1], l[i]
		if backwards {
			a, b = l[len(l)-i], l[len(l)-1-i]
		}
		if a != b {
			s.edges = append(s.edges, edge{a, b, first})
			first = false
		}
	}
}

// addBox adds a box, which may cross the 180th meridian, or be as flat as a line
// or a point.
func (s *shape) addBox(b orb.Bound) {
	switch {
	case b.Min[0] > b.Max[0]:
		west, east := b, b
		west.Max[0], east.Min[0] = 180, -180
		s.addBox(west)
		s.addBox(east)
	case b.Min == b.Max:
		s.addPoint(b.Min)
	case b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1]:
		s.addLine(orb.LineString{b.Min, b.Max})
	default:
		s.addPolygon(b.ToPolygon())
	}
}

// prepare sorts the edges into strips, for shapes that are asked often.
func (s *shape) prepare() {
	for _, p := range s.parts {
		p.prepare()
	}
	s.strips = make([][]int32, min(len(s.edges)/2+1, 1024))
	for i, e := range s.edges {
		from, to := s.stripsOf(e.a[1], e.b[1])
		for k := from; k <= to; k++ {
			s.strips[k] = append(s.strips[k], int32(i))
		}
	}
}

// stripsOf returns the strips between two latitudes, in either order.
func (s *shape) stripsOf(y, z float64) (from, to int) {
	at := func(y float64) int {
		height := s.bound.Max[1] - s.bound.Min[1]
		if height <= 0 {
			return 0
		}
		return min(max(int((y-s.bound.Min[1])/height*float64(len(s.strips))), 0), len(s.strips)-1)
	}
	return at(min(y, z)), at(max(y, z))
}

// near calls f with all edges that may be between two latitudes; with some more
// than once.
func (s *shape) near(y, z float64, f func(i int)) {
	if s.strips == nil {
		for i := range s.edges {
			f(i)
		}
		return
	}
	from, to := s.stripsOf(y, z)
	for _, strip := range s.strips[from : to+1] {
		for _, i := range strip {
			f(int(i))
		}
	}
}
