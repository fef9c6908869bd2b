package main

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// node is a place on the grid of all published coordinates: millionths of a
// degree. Geometry on the grid is exact, so shared borders stay shared.
type node struct{ x, y int32 }

func onGrid(p orb.Point) node {
	return node{int32(math.Round(p[0] * 1e6)), int32(math.Round(p[1] * 1e6))}
}

func (n node) degrees() orb.Point { return orb.Point{float64(n.x) / 1e6, float64(n.y) / 1e6} }

func (n node) less(m node) bool { return n.x < m.x || n.x == m.x && n.y < m.y }

// edge is a directed straight line between two nodes, with the inside on its left.
type edge struct{ from, to node }

func (e edge) reverse() edge { return edge{e.to, e.from} }

// canonical returns the edge in the direction that all its users agree on.
func (e edge) canonical() edge {
	if e.to.less(e.from) {
		return e.reverse()
	}
	return e
}

func (e edge) middle() (x, y float64) {
	return (float64(e.from.x) + float64(e.to.x)) / 2, (float64(e.from.y) + float64(e.to.y)) / 2
}

// crossing returns where two edges cross, rounded to the grid. Both are taken in
// canonical direction, so that the answer depends on neither direction.
func crossing(a, b edge) (node, bool) {
	a, b = a.canonical(), b.canonical()
	rx, ry := float64(a.to.x)-float64(a.from.x), float64(a.to.y)-float64(a.from.y)
	sx, sy := float64(b.to.x)-float64(b.from.x), float64(b.to.y)-float64(b.from.y)
	det := rx*sy - ry*sx
	if det == 0 {
		return node{}, false
	}
	dx, dy := float64(b.from.x)-float64(a.from.x), float64(b.from.y)-float64(a.from.y)
	t, u := (dx*sy-dy*sx)/det, (dx*ry-dy*rx)/det
	if t < 0 || t > 1 || u < 0 || u > 1 {
		return node{}, false
	}
	return node{a.from.x + int32(math.Round(t*rx)), a.from.y + int32(math.Round(t*ry))}, true
}

// split returns e as consecutive edges through the given nodes, which lie on it.
func split(e edge, through []node) []edge {
	along := func(n node) float64 {
		return float64(n.x-e.from.x)*float64(e.to.x-e.from.x) + float64(n.y-e.from.y)*float64(e.to.y-e.from.y)
	}
	through = slices.Clone(through)
	slices.SortFunc(through, func(a, b node) int { return cmp.Compare(along(a), along(b)) })
	var out []edge
	at := e.from
	for _, n := range append(through, e.to) {
		if n != at {
			out = append(out, edge{at, n})
			at = n
		}
	}
	return out
}
