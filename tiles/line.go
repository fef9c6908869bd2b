package tiles

import (
	"math/bits"

	"github.com/petadesa/petadesa/geo"
)

// lines draws the pieces of feature i that are in the tile or its buffer.
func (c *cutter) lines(s *geo.Shape, i int) {
	for p := s.Feats[i]; p < s.Feats[i+1]; p++ {
		if !c.box.Meets(s.Boxes[p]) {
			continue
		}
		c.take(s, p)
		if c.holds(s.Boxes[p]) {
			for k := range c.xs {
				c.gather(c.xs[k], c.ys[k])
			}
			c.endPiece()
		} else {
			c.pieces(c.xs, c.ys)
		}
	}
}

// holds reports whether a box lies within the tile and its buffer.
func (f *frame) holds(b geo.Box) bool {
	return f.box.MinX <= b.MinX && b.MaxX <= f.box.MaxX && f.box.MinY <= b.MinY && b.MaxY <= f.box.MaxY
}

// pieces clips a line to the box and draws what is left of it.
func (c *cutter) pieces(xs, ys []int64) {
	far := c.far()
	for k := 1; k < len(xs); k++ {
		ax, ay, bx, by, ok := clipSegment(xs[k-1], ys[k-1], xs[k], ys[k], far)
		if ok {
			c.gather(ax, ay)
			c.gather(bx, by)
		}
		if !ok || bx != xs[k] || by != ys[k] {
			c.endPiece()
		}
	}
	c.endPiece()
}

// gather adds a point to the piece of a line that is under way, rounded; a point
// that is where the last one is says nothing.
func (c *cutter) gather(x, y int64) {
	p := [2]int32{c.unit(x), c.unit(y)}
	if n := len(c.piece); n == 0 || c.piece[n-1] != p {
		c.piece = append(c.piece, p)
	}
}

// endPiece draws the piece under way, unless it is a point only.
func (c *cutter) endPiece() {
	if n := len(c.piece); n > 1 {
		c.geometry.Line(c.piece[0][0], c.piece[0][1], n)
		for _, p := range c.piece[1:] {
			c.geometry.To(p[0], p[1])
		}
	}
	c.piece = c.piece[:0]
}

// clipSegment returns the part of the segment in the box from 0 to far on both
// axes. Its new ends do not depend on the segment's direction, so that a line
// drawn to and fro is clipped alike.
func clipSegment(px, py, qx, qy, far int64) (ax, ay, bx, by int64, ok bool) {
	ax, ay, bx, by = px, py, qx, qy
	for range 2 { // first along x; then the axes are exchanged, and again
		if ax < 0 && bx < 0 || ax > far && bx > far {
			return 0, 0, 0, 0, false
		}
		if side := min(max(ax, 0), far); side != ax {
			ax, ay = side, between(px, py, qx, qy, side)
		}
		if side := min(max(bx, 0), far); side != bx {
			bx, by = side, between(px, py, qx, qy, side)
		}
		ax, ay, bx, by = ay, ax, by, bx
		px, py, qx, qy = py, px, qy, qx
	}
	// An end clipped along x was rounded, and may hide that nothing is inside.
	ax, ay, bx, by = min(max(ax, 0), far), min(max(ay, 0), far), min(max(bx, 0), far), min(max(by, 0), far)
	return ax, ay, bx, by, ax != bx || ay != by
}

// between returns the segment's y where its x is at, rounded down.
func between(px, py, qx, qy, at int64) int64 {
	if px > qx {
		px, py, qx, qy = qx, qy, px, py
	}
	dy := qy - py
	neg := dy < 0
	if neg {
		dy = -dy
	}
	hi, lo := bits.Mul64(uint64(at-px), uint64(dy))
	d, r := bits.Div64(hi, lo, uint64(qx-px))
	if !neg {
		return py + int64(d)
	}
	if r != 0 {
		d++
	}
	return py - int64(d)
}
