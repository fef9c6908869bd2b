package snap

import "math/bits"

// bitmap is a set of pixels. A word holds a block of 8×8 pixels, row by row,
// and 8×8 words a square of 64×64, one after another; a summary word tells which
// of a square's words are not zero. So a segment looks at each block it passes
// once, and what lies close together in the plane does so in memory.
type bitmap struct {
	words   []uint64
	summary []uint64
	across  int32   // squares in a row
	used    []int32 // squares that are not empty
}

func (b *bitmap) reset(size int32) {
	if across := (size + 63) / 64; across != b.across {
		b.across = across
		b.words = make([]uint64, across*across*64)
		b.summary = make([]uint64, across*across)
		b.used = b.used[:0] // squares of the old size
	}
	for _, s := range b.used {
		clear(b.words[s*64 : s*64+64])
		b.summary[s] = 0
	}
	b.used = b.used[:0]
}

// word returns the place of the word of a block.
func (b *bitmap) word(bx, by int32) int32 {
	return (by>>3*b.across+bx>>3)<<6 | by&7<<3 | bx&7
}

func (b *bitmap) where(p Pixel) (word int32, bit uint64) {
	x, y := p.X(), p.Y()
	return b.word(x>>3, y>>3), 1 << (y&7<<3 | x&7)
}

// add puts p into the set.
func (b *bitmap) add(p Pixel) {
	w, bit := b.where(p)
	old := b.words[w]
	if old == 0 {
		if b.summary[w>>6] == 0 {
			b.used = append(b.used, w>>6)
		}
		b.summary[w>>6] |= 1 << (w & 63)
	}
	b.words[w] = old | bit
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

// visits is a set of pixels that is emptied by taking out what was put in.
type visits struct {
	words  []uint64
	across int32
}

func (v *visits) reset(size int32) {
	if across := (size + 7) / 8; across != v.across {
		v.across = across
		v.words = make([]uint64, across*across)
	}
}

func (v *visits) where(p Pixel) (word int32, bit uint64) {
	x, y := p.X(), p.Y()
	return y>>3*v.across + x>>3, 1 << (y&7<<3 | x&7)
}

// add puts p into the set and reports whether it was missing.
func (v *visits) add(p Pixel) bool {
	w, bit := v.where(p)
	old := v.words[w]
	v.words[w] = old | bit
	return old&bit == 0
}

func (v *visits) has(p Pixel) bool {
	w, bit := v.where(p)
	return v.words[w]&bit != 0
}

// remove takes those pixels out again, and all near them.
func (v *visits) remove(ps []Pixel) {
	for _, p := range ps {
		w, _ := v.where(p)
		v.words[w] = 0
	}
}
