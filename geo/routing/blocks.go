package routing

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// blocks is an area of squares. The squares of blockSize along reached roads are
// in it; one that also has a node that was not reached is quartered until each
// quarter has nodes of one kind only.
type blocks struct {
	marked map[vertex]bool // blocks with reached road
	nodes  map[vertex][]placed
}

type placed struct {
	at   vertex
	kind side
}

type side int8

const (
	inside side = iota
	outside
)

// blockSize is a power of two of vertex units, so that quarters come down to a
// single vertex: 0.0008192°, about 90 m.
const blockSize = 1 << 13

func newBlocks() *blocks { return &blocks{map[vertex]bool{}, map[vertex][]placed{}} }

func block(v vertex) vertex { return vertex{v.x &^ (blockSize - 1), v.y &^ (blockSize - 1)} }

func (b *blocks) mark(v vertex) { b.marked[block(v)] = true }

func (b *blocks) put(v vertex, kind side) {
	at := block(v)
	if kind == outside && !b.near(at) {
		return // too far off to matter
	}
	if kind == inside {
		b.marked[at] = true
	}
	b.nodes[at] = append(b.nodes[at], placed{v, kind})
}

// near reports whether a block is in the area, or may be when gaps are closed.
func (b *blocks) near(at vertex) bool { return b.marked[at] || b.neighbours(at) >= enclosed }

// A block without road of its own belongs to the area when most around it do.
const enclosed = 5

func (b *blocks) neighbours(at vertex) int {
	n := 0
	for dx := int32(-1); dx <= 1; dx++ {
		for dy := int32(-1); dy <= 1; dy++ {
			if (dx != 0 || dy != 0) && b.marked[vertex{at.x + dx*blockSize, at.y + dy*blockSize}] {
				n++
			}
		}
	}
	return n
}

type square struct {
	at   vertex // its lower left
	size int32
}

// squares returns the area as squares that do not overlap, in no order.
func (b *blocks) squares() []square {
	var all []square
	closed := map[vertex]bool{}
	for at := range b.marked {
		all = b.divide(all, square{at, blockSize}, b.nodes[at])
		for dx := int32(-1); dx <= 1; dx++ {
			for dy := int32(-1); dy <= 1; dy++ {
				gap := vertex{at.x + dx*blockSize, at.y + dy*blockSize}
				if !b.marked[gap] && !closed[gap] && b.neighbours(gap) >= enclosed {
					closed[gap] = true
					if len(b.nodes[gap]) == 0 {
						all = append(all, square{gap, blockSize})
					}
				}
			}
		}
	}
	return all
}

// divide appends what of a square is in the area.
func (b *blocks) divide(all []square, s square, nodes []placed) []square {
	in, out := 0, 0
	for _, n := range nodes {
		if n.kind == inside {
			in++
		} else {
			out++
		}
	}
	switch {
	case out == 0:
		return append(all, s)
	case in == 0:
		return all
	}
	half := s.size / 2
	for _, q := range []vertex{s.at, {s.at.x + half, s.at.y}, {s.at.x, s.at.y + half}, {s.at.x + half, s.at.y + half}} {
		var own []placed
		for _, n := range nodes {
			if n.at.x >= q.x && n.at.x < q.x+half && n.at.y >= q.y && n.at.y < q.y+half {
				own = append(own, n)
			}
		}
		if len(own) > 0 {
			all = b.divide(all, square{q, half}, own)
		}
	}
	return all
}

// outline returns the area as polygons. Its corners lie half a unit beside the
// vertices, so that no node is on its edge.
func (b *blocks) outline() orb.MultiPolygon {
	var rings []orb.Ring
	for _, r := range trace(b.squares()) {
		ring := make(orb.Ring, 0, len(r)+1)
		for _, v := range r {
			ring = append(ring, orb.Point{(float64(v.x) - .5) / perDegree, (float64(v.y) - .5) / perDegree})
		}
		rings = append(rings, append(ring, ring[0]))
	}
	return nest(rings)
}

// nest gives the holes, which turn clockwise, to the polygons around them.
func nest(rings []orb.Ring) orb.MultiPolygon {
	var polygons orb.MultiPolygon
	var holes []orb.Ring
	for _, r := range rings {
		if r.Orientation() == orb.CCW {
			polygons = append(polygons, orb.Polygon{r})
		} else {
			holes = append(holes, r)
		}
	}
	size := func(p orb.Polygon) float64 { return planar.Area(p[0]) }
	slices.SortFunc(polygons, func(a, b orb.Polygon) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a[0][0][0], b[0][0][0]), cmp.Compare(a[0][0][1], b[0][0][1]))
	})
	slices.SortFunc(holes, func(a, b orb.Ring) int { return cmp.Or(cmp.Compare(a[0][0], b[0][0]), cmp.Compare(a[0][1], b[0][1])) })
	for _, h := range holes {
		// A corner of a hole may touch the polygon around it: its middle does not.
		middle := orb.Point{(h[0][0] + h[1][0]) / 2, (h[0][1] + h[1][1]) / 2}
		for i := len(polygons) - 1; i >= 0; i-- { // the smallest around it
			if polygons[i][0].Bound().Contains(middle) && planar.RingContains(polygons[i][0], middle) {
				polygons[i] = append(polygons[i], h)
				break
			}
		}
	}
	return polygons
}
