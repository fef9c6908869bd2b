package routing

import (
	"math"

	"github.com/paulmach/orb"
)

// Spot is a place on the network.
type Spot struct {
	Edge   int32
	Share  float64   // of the way along the edge, by metres
	Point  orb.Point // degrees
	Metres float64   // from the place that was asked for, as the crow flies
}

// edgeGrid finds edges by place: a grid of square cells, with the segments that
// pass through each.
type edgeGrid struct {
	size  float64 // degrees
	cells map[[2]int32][]edgeSegment
}

type edgeSegment struct{ edge, at int32 } // at: position in Network.vertices

const gridDegrees = 0.0025

func newEdgeGrid(n *Network) edgeGrid {
	g := edgeGrid{size: gridDegrees, cells: map[[2]int32][]edgeSegment{}}
	for i, e := range n.Edges {
		for at := e.start; at < e.end-1; at++ {
			a, b := n.vertices[at].point(), n.vertices[at+1].point()
			low, high := g.cell(orb.Point{min(a[0], b[0]), min(a[1], b[1])}), g.cell(orb.Point{max(a[0], b[0]), max(a[1], b[1])})
			for x := low[0]; x <= high[0]; x++ {
				for y := low[1]; y <= high[1]; y++ {
					g.cells[[2]int32{x, y}] = append(g.cells[[2]int32{x, y}], edgeSegment{int32(i), at})
				}
			}
		}
	}
	return g
}

func (g edgeGrid) cell(p orb.Point) [2]int32 {
	return [2]int32{int32(math.Floor(p[0] / g.size)), int32(math.Floor(p[1] / g.size))}
}

// Nearest returns the place on the network nearest to p among the edges that may
// be used, within a distance in metres.
func (n *Network) Nearest(p orb.Point, within float64, may func(edge int32) bool) (Spot, bool) {
	best := Spot{Edge: -1, Metres: within}
	frame, v, at := planeAt(p[1]), vertexOf(p), n.near.cell(p)
	var found edgeSegment
	var share float64
	cell := gridDegrees * perDegree * min(frame.x, frame.y) // metres
	for ring := int32(0); ring == 0 || float64(ring-1)*cell <= best.Metres; ring++ {
		for x := -ring; x <= ring; x++ {
			for y := -ring; y <= ring; y++ {
				if max(x, -x, y, -y) != ring {
					continue
				}
				for _, s := range n.near.cells[[2]int32{at[0] + x, at[1] + y}] {
					if best.Edge != s.edge && !may(s.edge) {
						continue
					}
					t, metres := frame.nearest(v, n.vertices[s.at], n.vertices[s.at+1])
					if metres < best.Metres || metres == best.Metres && (best.Edge < 0 || s.edge < best.Edge) {
						best.Edge, best.Metres, found, share = s.edge, metres, s, t
					}
				}
			}
		}
	}
	if best.Edge < 0 {
		return Spot{}, false
	}
	e := n.Edges[best.Edge]
	before := 0.0
	for k := e.start; k < found.at; k++ {
		before += Distance(n.vertices[k].point(), n.vertices[k+1].point())
	}
	a, b := n.vertices[found.at], n.vertices[found.at+1]
	best.Point = along(a, b, share).point()
	if before += Distance(a.point(), best.Point); e.Metres > 0 {
		best.Share = min(before/e.Metres, 1)
	}
	return best, true
}
