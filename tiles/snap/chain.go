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
	left, right := min(x0, x1), max(x0, x1)
	stepY := int32(1)
	if y1 < y0 {
		stepY = -1
	}
	_, fromBit := a.hot.where(from)
	_, toBit := a.hot.where(to)
	sl := newSlope(s)
	low, high := min(y0, y1), max(y0, y1)
	for by := y0 >> 3; ; by += stepY {
		first, last := left, right
		if y0>>3 != y1>>3 {
			first, last = sl.columns(a.grid, by<<3, by<<3+7, left, right)
		}
		inRows := rows(max(low-by<<3, 0), min(high-by<<3, 7))
		blocks := last>>3 - first>>3
		for k := int32(0); k <= blocks; k++ {
			bx := first>>3 + k
			if x1 < x0 {
				bx = last>>3 - k
			}
			w := a.hot.words[by*a.hot.across+bx] & inRows & columns(max(left-bx<<3, 0), min(right-bx<<3, 7))
			if bx == x0>>3 && by == y0>>3 {
				w &^= fromBit
			}
			if bx == x1>>3 && by == y1>>3 {
				w &^= toBit
			}
			if w != 0 {
				a.hits(s, w, bx<<3, by<<3, x1 < x0, stepY < 0)
			}
		}
		if by == y1>>3 {
			return
		}
	}
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

// slope finds where a segment is while it passes a band of rows.
type slope struct {
	x, y, perRow float64
	level        bool
}

func newSlope(s segment) slope {
	if s.p.y == s.q.y {
		return slope{level: true}
	}
	return slope{float64(s.p.x), float64(s.p.y), float64(s.q.x-s.p.x) / float64(s.q.y-s.p.y), false}
}

// columns returns the columns, within left to right, that the segment may touch
// in the rows from top to bottom: at most one too many on either side.
func (sl slope) columns(g Grid, top, bottom, left, right int32) (first, last int32) {
	if sl.level {
		return left, right
	}
	half := int64(1) << (g.Shift - 1)
	x0 := sl.x + (float64(int64(top)<<g.Shift-half)-sl.y)*sl.perRow
	x1 := sl.x + (float64(int64(bottom)<<g.Shift+half)-sl.y)*sl.perRow
	if x1 < x0 {
		x0, x1 = x1, x0
	}
	first = max(left, clampColumn(x0/float64(int64(1)<<g.Shift)-1))
	last = min(right, clampColumn(x1/float64(int64(1)<<g.Shift)+2))
	return min(first, right), max(last, left)
}

func clampColumn(v float64) int32 {
	return int32(min(max(v, 0), 1<<15))
}
