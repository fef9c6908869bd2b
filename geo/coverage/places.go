package coverage

import (
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// places are the points of a collection, by village.
type places struct {
	spots  []spot
	from   []int32 // of village v: spots[from[v]:from[v+1]]
	astray int     // points that lie in no village and near none
}

func newPlaces(g *Ground, o *owners, points *geo.Layer) *places {
	n := g.villages.Len()
	p := &places{from: make([]int32, n+1)}
	if points == nil {
		return p
	}
	spots, owner := make([]spot, points.Len()), make([]int32, points.Len())
	for i := range points.Len() {
		owner[i] = -1
		if at, ok := pointOf(points.Geometry(i)); ok {
			spots[i], owner[i] = g.settleAt(o, at)
		}
		if owner[i] < 0 {
			p.astray++
			continue
		}
		p.from[owner[i]+1]++
	}
	for v := range n {
		p.from[v+1] += p.from[v]
	}
	p.spots = make([]spot, p.from[n])
	next := append([]int32(nil), p.from...)
	for i, v := range owner {
		if v >= 0 {
			p.spots[next[v]] = spots[i]
			next[v]++
		}
	}
	return p
}

// Bytes returns how much memory the places take.
func (p *places) Bytes() int64 { return int64(8*len(p.spots) + 4*len(p.from)) }

// pointOf returns the point of a geometry: of several the first.
func pointOf(g orb.Geometry) (orb.Point, bool) {
	switch g := g.(type) {
	case orb.Point:
		return g, true
	case orb.MultiPoint:
		if len(g) > 0 {
			return g[0], true
		}
	}
	return orb.Point{}, false
}

// sum counts the places of village v: in the corridor, known and covered.
func (p *places) sum(v int, in, known, covered *Set) (total, k, c int) {
	for _, s := range p.spots[p.from[v]:p.from[v+1]] {
		if !s.in(in) {
			continue
		}
		total++
		if s.in(known) {
			k++
			if s.in(covered) {
				c++
			}
		}
	}
	return total, k, c
}
