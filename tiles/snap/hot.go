package snap

import "math/bits"

// bitmap is a set of pixels: one word holds a block of 8×8, row by row, so that
// a segment looks at each block it passes once.
type bitmap struct {
	words  []uint64
	across int32    // blocks in a row
	used   []uint32 // words that are not zero
}

func (b *bitmap) reset(size int32) {
	across := (size + 7) / 8
	if across != b.across {
		b.across = across
		b.used = b.used[:0]
		if n := int(across) * int(across); n <= cap(b.words) {
			b.words = b.words[:n]
			clear(b.words)
		} else {
			b.words = make([]uint64, n)
		}
		return
	}
	for _, w := range b.used {
		b.words[w] = 0
	}
	b.used = b.used[:0]
}

func (b *bitmap) where(p Pixel) (word uint32, bit uint64) {
	x, y := uint32(p>>16), uint32(p&0xffff)
	return y>>3*uint32(b.across) + x>>3, 1 << (y&7<<3 | x&7)
}

// add puts p into the set and reports whether it was missing.
func (b *bitmap) add(p Pixel) bool {
	w, bit := b.where(p)
	old := b.words[w]
	if old&bit != 0 {
		return false
	}
	if old == 0 {
		b.used = append(b.used, w)
	}
	b.words[w] = old | bit
	return true
}

func (b *bitmap) has(p Pixel) bool {
	w, bit := b.where(p)
	return b.words[w]&bit != 0
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
