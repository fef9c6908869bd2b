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
		c.pieces(c.xs, c.ys)
	}
}

// pieces clips a line to the box and draws what is left of it, rounded. It
// writes over the coordinates: a piece is gathered where the line was.
func (c *cutter) pieces(xs, ys []int64) {
	far := c.far()
	n := 0 // points of the piece under way, rounded to units
	add := func(x, y int64) {
		ux, uy := int64(c.unit(x)), int64(c.unit(y))
		if n == 0 || xs[n-1] != ux || ys[n-1] != uy {
			xs[n], ys[n] = ux, uy
			n++
		}
	}
	end := func() {
		if n > 1 {
			c.geometry.Line(int32(xs[0]), int32(ys[0]), n)
			for k := 1; k < n; k++ {
				c.geometry.To(int32(xs[k]), int32(ys[k]))
			}
		}
		n = 0
	}
	if len(xs) == 0 {
		return
	}
	px, py := xs[0], ys[0]
	for k := 1; k < len(xs); k++ {
		qx, qy := xs[k], ys[k]
		ax, ay, bx, by, ok := clipSegment(px, py, qx, qy, far)
		if ok {
			// At most k+1 points are gathered by now, all from before qx, qy.
			add(ax, ay)
			add(bx, by)
		}
		if !ok || bx != qx || by != qy {
			end()
		}
		px, py = qx, qy
	}
	end()
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
