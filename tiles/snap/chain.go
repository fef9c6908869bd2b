package snap

// chainAll replaces every segment by the chain of hot pixels it passes.
func (a *Arrangement) chainAll() {
	a.chain = a.chain[:0]
	a.chained = append(a.chained[:0], 0)
	for r := 0; r+1 < len(a.rings); r++ {
		nodes := a.nodes[a.rings[r]:a.rings[r+1]]
		for i, n := range nodes {
			next := nodes[0].at
			if i+1 < len(nodes) {
				next = nodes[i+1].at
			}
			if next == n.at {
				continue // wholly inside one pixel
			}
			a.chain = append(a.chain, n.at)
			s := segment{a.grid.centre(n.at), a.grid.centre(next)}
			if n.seg != border {
				s = a.segs[n.seg]
			}
			a.pass(s, n.at, next)
		}
		a.chained = append(a.chained, int32(len(a.chain)))
	}
}

// pass appends the hot pixels that segment s passes between the pixels from and
// to, in the order it passes them. A segment goes through columns and through
// rows in one direction only, so that order is the order of both.
func (a *Arrangement) pass(s segment, from, to Pixel) {
	x0, y0, x1, y1 := from.X(), from.Y(), to.X(), to.Y()
	left, right, top, bottom := min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	if right>>3-left>>3 < 2 && bottom>>3-top>>3 < 2 {
		a.passNear(s, from, to)
		return
	}
	for b := newBands(a.grid, s, from, to, 3); ; {
		first, last := b.columns()
		first, last = first>>3, last>>3
		by := b.band
		for k := int32(0); k <= last-first; k++ {
			bx := first + k
			if x1 < x0 {
				bx = last - k
			}
			a.passBlock(s, from, to, bx, by)
		}
		if !b.next() {
			return
		}
	}
}

// passNear is pass for a segment in at most 2×2 blocks.
func (a *Arrangement) passNear(s segment, from, to Pixel) {
	x0, y0, x1, y1 := from.X()>>3, from.Y()>>3, to.X()>>3, to.Y()>>3
	a.passBlock(s, from, to, x0, y0)
	if x1 != x0 {
		a.passBlock(s, from, to, x1, y0)
	}
	if y1 != y0 {
		a.passBlock(s, from, to, x0, y1)
		if x1 != x0 {
			a.passBlock(s, from, to, x1, y1)
		}
	}
}

// passBlock appends the hot pixels that the segment passes in one block.
func (a *Arrangement) passBlock(s segment, from, to Pixel, bx, by int32) {
	w := a.hot.block(bx, by)
	if w &^= only(from, bx, by) | only(to, bx, by); w == 0 {
		return
	}
	x0, y0, x1, y1 := from.X(), from.Y(), to.X(), to.Y()
	w &= rows(max(min(y0, y1)-by<<3, 0), min(max(y0, y1)-by<<3, 7)) & columns(max(min(x0, x1)-bx<<3, 0), min(max(x0, x1)-bx<<3, 7))
	if w != 0 {
		a.hits(s, w, bx<<3, by<<3, x1 < x0, y1 < y0)
	}
}

// only returns the bit of the pixel in the word of a block, if it is in that block.
func only(p Pixel, bx, by int32) uint64 {
	x, y := p.X(), p.Y()
	if x>>3 != bx || y>>3 != by {
		return 0
	}
	return 1 << (y&7<<3 | x&7)
}

// hits appends those pixels of a block (its word, its first column and row)
// that the segment passes.
func (a *Arrangement) hits(s segment, w uint64, bx, by int32, leftward, upward bool) {
	start := len(a.chain)
	for ; w != 0; w &= w - 1 {
		x, y := lowest(w)
		p := At(bx+x, by+y)
		if a.grid.touches(s, p) {
			a.chain = append(a.chain, p)
		}
	}
	found := a.chain[start:]
	if len(found) < 2 {
		return
	}
	// Bits come row by row from the top, each row from the left.
	for i := 1; i < len(found); i++ {
		for j := i; j > 0 && before(found[j], found[j-1], leftward, upward); j-- {
			found[j], found[j-1] = found[j-1], found[j]
		}
	}
}

func before(p, q Pixel, leftward, upward bool) bool {
	if p.X() != q.X() {
		return (p.X() < q.X()) != leftward
	}
	return (p.Y() < q.Y()) != upward
}

// touches reports whether the segment has a point in the pixel, given that its
// columns and rows include the pixel's. The pixel holds its left and upper
// sides and the corner between them, not the other sides and corners.
func (g Grid) touches(s segment, p Pixel) bool {
	c := g.centre(p)
	half := int64(1) << (g.Shift - 1)
	dx, dy := s.q.x-s.p.x, s.q.y-s.p.y
	nw := dx*(c.y-half-s.p.y) - dy*(c.x-half-s.p.x)
	ne := nw - dy<<g.Shift
	sw := nw + dx<<g.Shift
	se := sw - dy<<g.Shift
	if nw == 0 {
		return true
	}
	if nw > 0 {
		return ne < 0 || sw < 0 || se < 0
	}
	return ne > 0 || sw > 0 || se > 0
}
