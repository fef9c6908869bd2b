package geo

import (
	"container/heap"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// innerPoint returns the point in the largest polygon of g that is farthest
// from its border, to a hundredth of the polygon's size: the pole of
// inaccessibility, found by halving the most promising square first (the method
// of mapbox/polylabel).
func innerPoint(g orb.Geometry) (orb.Point, bool) {
	var p orb.Polygon
	switch g := g.(type) {
	case orb.Polygon:
		p = g
	case orb.MultiPolygon:
		for _, q := range g {
			if len(q) > 0 && (p == nil || math.Abs(planar.Area(q)) > math.Abs(planar.Area(p))) {
				p = q
			}
		}
	}
	if len(p) == 0 || len(p[0]) < 4 {
		return orb.Point{}, false
	}
	b := p.Bound()
	s := search{polygon: p, stretch: math.Cos(b.Center()[1] * math.Pi / 180)}
	w, h := (b.Max[0]-b.Min[0])*s.stretch, b.Max[1]-b.Min[1]
	size := min(w, h)
	if size <= 0 {
		return b.Center(), true
	}
	best := s.square(b.Center(), 0)
	for x := b.Min[0]; x < b.Max[0]; x += size / s.stretch {
		for y := b.Min[1]; y < b.Max[1]; y += size {
			s.add(s.square(orb.Point{x + size/2/s.stretch, y + size/2}, size/2))
		}
	}
	for len(s.queue) > 0 {
		c := heap.Pop(&s.queue).(square)
		if c.distance > best.distance {
			best = c
		}
		if c.most-best.distance <= max(w, h)/100 {
			continue
		}
		half := c.half / 2
		for _, d := range [4][2]float64{{-1, -1}, {1, -1}, {-1, 1}, {1, 1}} {
			s.add(s.square(orb.Point{c.center[0] + d[0]*half/s.stretch, c.center[1] + d[1]*half}, half))
		}
	}
	return best.center, true
}

type search struct {
	polygon orb.Polygon
	stretch float64 // degrees of latitude in a degree of longitude
	queue   squares
}

// square is a cell of the search; lengths are in degrees of latitude.
type square struct {
	center   orb.Point
	half     float64
	distance float64 // from the center to the border, negative outside
	most     float64 // an upper bound of it in the square
}

func (s *search) square(center orb.Point, half float64) square {
	d := math.Inf(1)
	for _, r := range s.polygon {
		for i := 1; i < len(r); i++ {
			d = min(d, s.toSegment(center, r[i-1], r[i]))
		}
	}
	d = math.Sqrt(d)
	if !planar.PolygonContains(s.polygon, center) {
		d = -d
	}
	return square{center, half, d, d + half*math.Sqrt2}
}

func (s *search) toSegment(p, a, b orb.Point) float64 {
	x, y := (a[0]-p[0])*s.stretch, a[1]-p[1]
	dx, dy := (b[0]-a[0])*s.stretch, b[1]-a[1]
	if n := dx*dx + dy*dy; n > 0 {
		t := min(max(-(x*dx+y*dy)/n, 0), 1)
		x, y = x+t*dx, y+t*dy
	}
	return x*x + y*y
}

func (s *search) add(c square) { heap.Push(&s.queue, c) }

type squares []square

func (q squares) Len() int           { return len(q) }
func (q squares) Less(i, j int) bool { return q[i].most > q[j].most }
func (q squares) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *squares) Push(x any)        { *q = append(*q, x.(square)) }
func (q *squares) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
