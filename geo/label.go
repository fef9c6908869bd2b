package geo

import (
	"container/heap"
	"math"

	"github.com/paulmach/orb"
)

// innerPoint returns the point in the largest polygon of feature i that is
// farthest from its border, to about a hundredth of the polygon's size: the
// pole of inaccessibility, found by halving the most promising square first (the
// method of mapbox/polylabel). It looks at no more detail than that needs, and
// measures in Web Mercator, which keeps shapes.
func (s *Shape) innerPoint(i int) (orb.Point, bool) {
	b, rings := s.largest(i)
	if len(rings) == 0 {
		return orb.Point{}, false
	}
	l := labeller{rings: rings}
	x, y := float64(b.MinX), float64(b.MinY)
	w, h := float64(b.MaxX)-x, float64(b.MaxY)-y
	best := l.square(x+w/2, y+h/2, 0)
	size := max(min(w, h), max(w, h)/64)
	for dx := 0.0; dx < w; dx += size {
		for dy := 0.0; dy < h; dy += size {
			heap.Push(&l.queue, l.square(x+dx+size/2, y+dy+size/2, size/2))
		}
	}
	for len(l.queue) > 0 {
		c := heap.Pop(&l.queue).(square)
		if c.distance > best.distance {
			best = c
		}
		if c.most-best.distance <= max(w, h)/100 {
			break // the queue is in order of most
		}
		q := c.half / 2
		for _, d := range [4][2]float64{{-q, -q}, {q, -q}, {-q, q}, {q, q}} {
			heap.Push(&l.queue, l.square(c.x+d[0], c.y+d[1], q))
		}
	}
	return Unproject(best.x, best.y), true
}

// largest returns the box and the rings of the polygon of feature i with the
// largest box, with the vertices that matter at its size.
func (s *Shape) largest(i int) (Box, [][]vertex) {
	best, size := -1, -1.0
	for p := int(s.Feats[i]); p < int(s.Feats[i+1]); p++ {
		b := s.Boxes[p]
		if a := (float64(b.MaxX) - float64(b.MinX)) * (float64(b.MaxY) - float64(b.MinY)); !s.Hole[p] && a > size {
			best, size = p, a
		}
	}
	if best < 0 {
		return Box{}, nil
	}
	b := s.Boxes[best]
	const across = 512 // units of a tile: about a hundred corners for most shapes
	zoom := 20 + math.Log2(across/max(1, float64(b.MaxX)-float64(b.MinX), float64(b.MaxY)-float64(b.MinY)))
	rank := uint8(min(max(math.Ceil(zoom), 0), MaxTileZoom+1))
	var rings [][]vertex
	for p := best; p < int(s.Feats[i+1]) && (p == best || s.Hole[p]); p++ {
		var r []vertex
		for v := s.Parts[p]; v < s.Parts[p+1]; v++ {
			if s.Rank[v] <= rank {
				r = append(r, vertex{float64(s.X[v]), float64(s.Y[v])})
			}
		}
		rings = append(rings, r)
	}
	return b, rings
}

type vertex struct{ x, y float64 }

type labeller struct {
	rings [][]vertex
	queue squares
}

// square is a cell of the search.
type square struct {
	x, y, half float64
	distance   float64 // from the center to the border, negative outside
	most       float64 // an upper bound of it in the square
}

func (l *labeller) square(x, y, half float64) square {
	d, inside := math.Inf(1), false
	for _, r := range l.rings {
		for i, j := 0, len(r)-1; i < len(r); j, i = i, i+1 {
			a, b := r[i], r[j]
			if (a.y > y) != (b.y > y) && x < (b.x-a.x)*(y-a.y)/(b.y-a.y)+a.x {
				inside = !inside
			}
			px, py, dx, dy := a.x-x, a.y-y, b.x-a.x, b.y-a.y
			if n := dx*dx + dy*dy; n > 0 {
				t := min(max(-(px*dx+py*dy)/n, 0), 1)
				px, py = px+t*dx, py+t*dy
			}
			d = min(d, px*px+py*py)
		}
	}
	d = math.Sqrt(d)
	if !inside {
		d = -d
	}
	return square{x, y, half, d, d + half*math.Sqrt2}
}

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
