package geo

import (
	"context"
	"math"
)

// detail is how small a corner may be and still be drawn: the area of the
// triangle with its two neighbours, in square units of a tile of extent 4096.
// At 32 the drawn line leaves the true one by about a third of a pixel of a
// 256-pixel tile.
const detail = 32

// cornerArea returns the area, in square Shape units, from which a corner is
// drawn at a zoom: one unit of a 4096-unit tile is 2^(20−zoom) Shape units.
func cornerArea(zoom int) float64 { return detail * math.Exp2(2*float64(20-zoom)) }

// rank returns for each vertex of a shape the smallest zoom at which it is
// drawn.
//
// It takes the vertices of all parts as one graph, in which a place is one node
// however many borders pass through it, and removes nodes in order of the area
// of the triangle they form with their two neighbours (Visvalingam & Whyatt
// 1993). A node where borders meet or a line ends is never removed; nor is one
// whose removal would draw a border over another node, onto another border or
// make a ring of two: so what is left at each zoom is a coverage whenever the
// input is one. A part of points only has rank 0.
func rank(ctx context.Context, s *Shape, closed []bool, at nodes) ([]uint8, error) {
	g := newGraph(s, closed, at)
	t := thinner{graph: g, rank: make([]uint8, len(g.x)), area: make([]float64, len(g.x)), gone: make([]bool, len(g.x))}
	for v := range g.x {
		if g.degree[v] == 2 {
			t.push(uint32(v))
		}
	}
	for zoom := MaxTileZoom; zoom >= 0; zoom-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t.thin(cornerArea(zoom), uint8(zoom+1))
	}
	ranks := make([]uint8, len(s.X))
	for i, v := range at.of {
		ranks[i] = t.rank[v]
	}
	return ranks, nil
}

// thinner removes the nodes of a graph.
type thinner struct {
	*graph
	rank    []uint8
	area    []float64 // of the corner at a node, as last pushed
	gone    []bool
	heap    cornerHeap
	grid    grid
	blocked []uint32 // too small to draw, but needed to keep borders apart
}

// thin removes all nodes with a corner below limit and gives them that rank.
func (t *thinner) thin(limit float64, rank uint8) {
	if t.crowded {
		t.grid = newGrid(t.graph, t.gone)
	}
	for _, v := range t.blocked { // what stood in the way may be gone
		if !t.gone[v] {
			t.push(v)
		}
	}
	t.blocked = t.blocked[:0]
	for len(t.heap) > 0 && t.heap[0].area < limit {
		c := t.heap.pop()
		v := c.node
		if t.gone[v] || c.area != t.area[v] {
			continue // a later push tells its present area
		}
		p, n := t.next[v][0], t.next[v][1]
		if t.joined(p, n) || t.crowded && t.grid.occupied(t.graph, t.gone, p, v, n) {
			t.blocked = append(t.blocked, v)
			continue
		}
		t.remove(v, p, n)
		t.rank[v] = rank
		for _, w := range [2]uint32{p, n} {
			if t.degree[w] == 2 {
				t.push(w)
			}
		}
	}
}

func (t *thinner) push(v uint32) {
	p, n := t.next[v][0], t.next[v][1]
	t.area[v] = math.Abs(cross(t.x[p], t.y[p], t.x[v], t.y[v], t.x[n], t.y[n])) / 2
	t.heap.push(corner{t.area[v], v})
}

func (t *thinner) remove(v, p, n uint32) {
	t.gone[v] = true
	t.replace(p, v, n)
	t.replace(n, v, p)
	if t.degree[p] != 2 && t.degree[n] != 2 {
		t.fixed[edge(p, n)] = true
	}
}

// cross is twice the area of the triangle a, b, c, positive when it turns from
// x towards y. The conversions keep a compiler from fusing the operations, so
// that every machine finds the same ranks.
func cross(ax, ay, bx, by, cx, cy uint32) float64 {
	ux, uy := float64(bx)-float64(ax), float64(by)-float64(ay)
	wx, wy := float64(cx)-float64(ax), float64(cy)-float64(ay)
	return float64(ux*wy) - float64(uy*wx)
}

// corner is a node that may be removed and the area it takes with it.
type corner struct {
	area float64
	node uint32
}

func (a corner) before(b corner) bool {
	return a.area < b.area || a.area == b.area && a.node < b.node
}

// cornerHeap is a binary heap, the smallest corner first. (container/heap would
// box every corner.)
type cornerHeap []corner

func (h *cornerHeap) push(c corner) {
	*h = append(*h, c)
	s := *h
	i := len(s) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !s[i].before(s[up]) {
			break
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
}

func (h *cornerHeap) pop() corner {
	s := *h
	top := s[0]
	s[0] = s[len(s)-1]
	s = s[:len(s)-1]
	*h = s
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(s) {
			return top
		}
		if down+1 < len(s) && s[down+1].before(s[down]) {
			down++
		}
		if !s[down].before(s[i]) {
			return top
		}
		s[i], s[down] = s[down], s[i]
		i = down
	}
}
