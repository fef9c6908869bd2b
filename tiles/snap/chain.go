package snap

import "math/bits"

// chainAll replaces every segment by the chain of hot pixels it passes.
func (a *Arrangement) chainAll() {
	a.chain = a.chain[:0]
	a.chained = append(a.chained[:0], 0)
	a.bare.reset(len(a.segs))
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
			if n.seg == border {
				a.pass(segment{a.grid.centre(n.at), a.grid.centre(next)}, n.at, next)
				continue
			}
			slot := a.bare.slot(n.at, next)
			if a.bare.holds(slot, a.segs, n.seg) {
				continue
			}
			before := len(a.chain)
			a.pass(a.segs[n.seg], n.at, next)
			if len(a.chain) == before {
				a.bare.slots[slot] = n.seg + 1
			}
		}
		a.chained = append(a.chained, int32(len(a.chain)))
	}
}

// pass appends the hot pixels that segment s passes between the pixels from and
// to, in the order it passes them. A segment goes through columns and through
// rows in one direction only, so that order is the order of both.
func (a *Arrangement) pass(s segment, from, to Pixel) {
	w := walk{Arrangement: a, segment: s, line: newLine(from, to)}
	w.from, w.fromBit = a.hot.where(from)
	w.to, w.toBit = a.hot.where(to)
	if w.right>>3-w.left>>3 < 2 && w.bottom>>3-w.top>>3 < 2 {
		w.near(from.X()>>3, from.Y()>>3, to.X()>>3, to.Y()>>3)
		return
	}
	w.aim(a.grid, &w.segment)
	rows := w.bottom>>6 - w.top>>6
	for i := int32(0); i <= rows; i++ {
		sy := w.top>>6 + i
		if w.upward {
			sy = w.bottom>>6 - i
		}
		first, last := w.columns(sy<<6, sy<<6+63)
		first, last = first>>6, last>>6
		for k := int32(0); k <= last-first; k++ {
			sx := first + k
			if w.leftward {
				sx = last - k
			}
			if s := &a.hot.squares[sy*a.hot.across+sx]; s.blocks != 0 {
				w.through(s, sx<<3, sy<<3)
			}
		}
	}
}

// bare remembers segments that pass no pixel but their ends: most borders have
// two sides, and so each of their segments comes twice.
type bare struct {
	slots []int32 // segment, plus one
	shift uint
}

func (b *bare) reset(segments int) {
	size := uint(bits.Len(uint(segments)) + 1)
	b.slots, b.shift = resize(b.slots, 1<<size), 64-size
	clear(b.slots)
}

// slot returns where a segment with those ends may be, in either direction.
func (b *bare) slot(p, q Pixel) uint64 {
	return (uint64(min(p, q))<<32 | uint64(max(p, q))) * 0x9e3779b97f4a7c15 >> b.shift
}

// holds reports whether the slot holds that segment, or its reverse.
func (b *bare) holds(slot uint64, segs []segment, i int32) bool {
	k := b.slots[slot]
	if k == 0 {
		return false
	}
	s, t := &segs[k-1], &segs[i]
	return s.p == t.q && s.q == t.p || *s == *t
}

// walk is a segment on its way through the hot pixels.
type walk struct {
	*Arrangement
	segment
	line
	from, to       int32  // the words that hold its ends
	fromBit, toBit uint64 // and the ends in them
}

// near walks a segment from one block to another, no further than the next
// along each axis.
func (w *walk) near(x0, y0, x1, y1 int32) {
	w.look(x0, y0)
	if x1 != x0 {
		w.look(x1, y0)
	}
	if y1 != y0 {
		w.look(x0, y1)
		if x1 != x0 {
			w.look(x1, y1)
		}
	}
}

// look walks through one block, if that has pixels.
func (w *walk) look(bx, by int32) {
	if s := &w.hot.squares[by>>3*w.hot.across+bx>>3]; s.has(bx&7, by&7) {
		w.block(s.word(bx&7, by&7), bx, by)
	}
}

// through walks through a square, given its first block.
func (w *walk) through(s *square, bx, by int32) {
	first, last := max(w.top>>3, by), min(w.bottom>>3, by+7)
	for i := int32(0); i <= last-first; i++ {
		y := first + i
		if w.upward {
			y = last - i
		}
		if s.blocks>>(8*(y-by))&0xff == 0 {
			continue
		}
		left, right := w.columns(y<<3, y<<3+7)
		left, right = max(left>>3, bx), min(right>>3, bx+7)
		for k := int32(0); k <= right-left; k++ {
			x := left + k
			if w.leftward {
				x = right - k
			}
			if s.has(x-bx, y-by) {
				w.block(s.word(x-bx, y-by), x, y)
			}
		}
	}
}

// block appends the hot pixels that the segment passes in one block, given its
// word and its place.
func (w *walk) block(at, bx, by int32) {
	word := w.hot.words[at]
	if at == w.from {
		word &^= w.fromBit
	}
	if at == w.to {
		word &^= w.toBit
	}
	if word == 0 {
		return
	}
	word &= rows(max(w.top-by<<3, 0), min(w.bottom-by<<3, 7)) & columns(max(w.left-bx<<3, 0), min(w.right-bx<<3, 7))
	if word != 0 {
		w.hits(w.segment, word, bx<<3, by<<3, w.leftward, w.upward)
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
