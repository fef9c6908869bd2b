package snap

import "math/bits"

// pixels is a set of pixels made all at once. The grid is divided into squares
// of 8×8 blocks of 8×8 pixels; a word holds the pixels of a block, row by row, and
// only blocks that have some are kept, a square's side by side. So a segment looks
// at a block it passes once, and all of it stays small enough for a near cache.
type pixels struct {
	squares []square
	across  int32   // squares in a row
	used    []int32 // squares that have pixels
	words   []uint64
	visited []uint64 // another set, of pixels of the first
}

type square struct {
	blocks uint64 // those that have pixels, row by row
	first  int32  // the word of the first of them
}

func (h *pixels) reset(size int32) {
	for _, s := range h.used {
		h.squares[s] = square{}
	}
	h.used = h.used[:0]
	if across := (size + 63) / 64; across != h.across {
		h.across = across
		h.squares = make([]square, across*across)
	}
}

// fill makes the set of the nodes' pixels and others.
func (h *pixels) fill(nodes []node, others []Pixel) {
	for i := range nodes {
		h.announce(nodes[i].at)
	}
	for _, p := range others {
		h.announce(p)
	}
	total := int32(0)
	for _, s := range h.used {
		h.squares[s].first = total
		total += int32(bits.OnesCount64(h.squares[s].blocks))
	}
	h.words, h.visited = zeroed(h.words, int(total)), zeroed(h.visited, int(total))
	for i := range nodes {
		w, bit := h.where(nodes[i].at)
		h.words[w] |= bit
	}
	for _, p := range others {
		w, bit := h.where(p)
		h.words[w] |= bit
	}
}

func (h *pixels) announce(p Pixel) {
	x, y := p.X(), p.Y()
	i := y>>6*h.across + x>>6
	s := &h.squares[i]
	if s.blocks == 0 {
		h.used = append(h.used, i)
	}
	s.blocks |= 1 << (y>>3&7<<3 | x>>3&7)
}

// where returns the word and bit of a pixel of the set.
func (h *pixels) where(p Pixel) (word int32, bit uint64) {
	x, y := p.X(), p.Y()
	return h.squares[y>>6*h.across+x>>6].word(x>>3&7, y>>3&7), 1 << (y&7<<3 | x&7)
}

// word returns the place of the word of one of the square's blocks.
func (s *square) word(bx, by int32) int32 {
	return s.first + int32(bits.OnesCount64(s.blocks&(1<<(by<<3|bx)-1)))
}

// has reports whether one of the square's blocks has pixels.
func (s *square) has(bx, by int32) bool { return s.blocks>>(by<<3|bx)&1 != 0 }

// visit puts a pixel of the set into the set of those visited, and reports
// whether it was missing there.
func (h *pixels) visit(p Pixel) bool {
	w, bit := h.where(p)
	old := h.visited[w]
	h.visited[w] = old | bit
	return old&bit == 0
}

// isVisited reports whether any pixel, of the set or not, is among those visited.
func (h *pixels) isVisited(p Pixel) bool {
	x, y := p.X(), p.Y()
	if s := &h.squares[y>>6*h.across+x>>6]; !s.has(x>>3&7, y>>3&7) {
		return false
	}
	w, bit := h.where(p)
	return h.visited[w]&bit != 0
}

// leave takes pixels out of the set of those visited, and what is near them.
func (h *pixels) leave(ps []Pixel) {
	for _, p := range ps {
		w, _ := h.where(p)
		h.visited[w] = 0
	}
}

// columns and rows of a block from..to (0 to 7), as bits of a word.
func columns(from, to int32) uint64 {
	return (1<<(to+1) - 1<<from) * 0x0101010101010101
}

func rows(from, to int32) uint64 {
	return ^uint64(0) >> (8 * (7 - to)) &^ (1<<(8*from) - 1)
}

func lowest(w uint64) (x, y int32) {
	i := int32(bits.TrailingZeros64(w))
	return i & 7, i >> 3
}

func zeroed(s []uint64, n int) []uint64 {
	if n > cap(s) {
		return make([]uint64, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}
