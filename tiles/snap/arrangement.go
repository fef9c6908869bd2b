package snap

import (
	"context"
)

// Arrangement rounds polygons together. Fill it (Reset, then Begin and Ring for
// every polygon), Round once, then read Polygon. It keeps its memory between
// uses; it is for one goroutine at a time, and what Polygon returns is valid
// until the next Reset.
type Arrangement struct {
	grid Grid

	segs      []segment
	nodes     []node
	rings     []int32 // ring r is nodes rings[r] to rings[r+1]
	polygons  []polygon
	ringStart int
	clipped   bool

	planar  bool
	hot     pixels
	crossed []Pixel // pixels in which segments cross
	grider  crossings
	bare    bare
	chain   []Pixel // rounded rings, one after another
	chained []int32 // rounded ring r is chain[chained[r]:chained[r+1]]

	out []Pixel // rings of the answer
	rebuild
}

type polygon struct {
	rings   int32 // its first ring; the next polygon's first ring ends it
	clipped bool  // some of it lies outside the box
	bounds  []Loop
}

// Loop is one simple ring of a polygon, not closed: the first pixel follows the last.
type Loop struct {
	Pixels []Pixel
	Hole   bool // an interior ring of the last exterior before it
}

// Reset empties the arrangement and sets its grid. Planar promises that no two
// segments cross: that they have no point in common but ends of both. Looking
// for crossings is then left out.
func (a *Arrangement) Reset(g Grid, planar bool) {
	a.grid, a.planar = g, planar
	a.segs, a.nodes, a.polygons = a.segs[:0], a.nodes[:0], a.polygons[:0]
	a.rings = append(a.rings[:0], 0)
	a.ringStart = 0
	a.hot.reset(g.Size)
}

// Begin starts the next polygon.
func (a *Arrangement) Begin() {
	a.polygons = append(a.polygons, polygon{rings: int32(len(a.rings) - 1)})
}

// Ring adds a ring, exterior or interior, to the polygon begun last. It is not
// closed: the last point is joined to the first. Fine coordinates may lie
// outside the box, up to 2⁴⁰ away.
func (a *Arrangement) Ring(x, y []int64) {
	n := len(x)
	if n < 3 {
		return
	}
	a.clipped = false
	p := point{x[n-1], y[n-1]}
	for i := range x {
		q := point{x[i], y[i]}
		a.follow(p, q)
		p = q
	}
	if a.clipped {
		a.polygons[len(a.polygons)-1].clipped = true
	}
	if len(a.nodes)-a.ringStart < 2 {
		a.nodes = a.nodes[:a.ringStart]
		return
	}
	a.ringStart = len(a.nodes)
	a.rings = append(a.rings, int32(a.ringStart))
}

// Round does the work. It gives up with the context's error when that ends.
func (a *Arrangement) Round(ctx context.Context) error {
	a.crossed = a.crossed[:0]
	if !a.planar {
		if err := a.markCrossings(ctx); err != nil {
			return err
		}
	}
	a.hot.fill(a.nodes, a.crossed)
	a.chainAll()
	if err := ctx.Err(); err != nil {
		return err
	}
	a.rebuildAll()
	return ctx.Err()
}

// Len returns the number of polygons begun.
func (a *Arrangement) Len() int { return len(a.polygons) }

// Polygon returns the loops of polygon i: each exterior followed by its holes,
// none when nothing of it is left at this resolution.
func (a *Arrangement) Polygon(i int) []Loop { return a.polygons[i].bounds }

// ringsOf returns the range of rings of polygon i.
func (a *Arrangement) ringsOf(i int) (from, to int32) {
	from, to = a.polygons[i].rings, int32(len(a.rings)-1)
	if i+1 < len(a.polygons) {
		to = a.polygons[i+1].rings
	}
	return from, to
}
