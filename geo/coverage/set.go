package coverage

import (
	"math/bits"
	"slices"
)

// whole is the mask of a cell that is in a set with all its 8 × 8 parts: bit
// 8·row + column, from the north-west.
const whole = ^uint64(0)

// Set is a set of the cells of a grid. A cell is in it, not in it, or in it with
// some of its 64 parts. A Set never changes; make one with a Builder or from
// others. Sets of one grid only may be combined.
type Set struct {
	full  []uint64 // a bit a cell: wholly in the set
	part  []uint64 // a bit a cell: partly in the set; nil when there is none
	first []int32  // of each word of part: how many masks come before it
	masks []uint64 // of the cells of part, in order
}

// Mask returns which of the 64 parts of cell i are in the set.
func (s *Set) Mask(i int32) uint64 {
	w, bit := i>>6, uint64(1)<<(i&63)
	switch {
	case s.full[w]&bit != 0:
		return whole
	case s.part == nil || s.part[w]&bit == 0:
		return 0
	}
	return s.masks[int(s.first[w])+bits.OnesCount64(s.part[w]&(bit-1))]
}

// Has reports whether at least half of cell i is in the set.
func (s *Set) Has(i int32) bool { return bits.OnesCount64(s.Mask(i)) >= 32 }

// Count returns how many cells are wholly, and how many partly in the set.
func (s *Set) Count() (full, part int) {
	for _, w := range s.full {
		full += bits.OnesCount64(w)
	}
	return full, len(s.masks)
}

// Empty reports whether nothing is in the set.
func (s *Set) Empty() bool {
	full, part := s.Count()
	return full+part == 0
}

// Equal reports whether two sets of a grid are the same.
func (s *Set) Equal(o *Set) bool {
	return slices.Equal(s.full, o.full) && slices.Equal(s.masks, o.masks) &&
		(len(s.masks) == 0 || slices.Equal(s.part, o.part))
}

// Bytes returns how much memory the set takes.
func (s *Set) Bytes() int64 { return int64(8*(len(s.full)+len(s.part)+len(s.masks)) + 4*len(s.first)) }

// Full returns a bit for each cell that is wholly in the set, in order of the
// grid's numbers; read only.
func (s *Set) Full() []uint64 { return s.full }

// All returns the set of all cells of the grid; None the empty one.
func (g *Grid) All() *Set { return &Set{full: slices.Repeat([]uint64{whole}, g.Words())} }

// None returns the empty set.
func (g *Grid) None() *Set { return &Set{full: make([]uint64, g.Words())} }

// And returns what is in both sets.
func And(a, b *Set) *Set { return combine(a, b, func(x, y uint64) uint64 { return x & y }) }

// Or returns what is in either set.
func Or(a, b *Set) *Set { return combine(a, b, func(x, y uint64) uint64 { return x | y }) }

// AndNot returns what is in a and not in b.
func AndNot(a, b *Set) *Set { return combine(a, b, func(x, y uint64) uint64 { return x &^ y }) }

// combine makes a set by a function of bits, which is applied to words of cells
// and to the masks of the cells that either set has in part.
func combine(a, b *Set, f func(x, y uint64) uint64) *Set {
	out := &Set{full: make([]uint64, len(a.full))}
	if a.part == nil && b.part == nil {
		for w := range out.full {
			out.full[w] = f(a.full[w], b.full[w])
		}
		return out
	}
	var p parts
	for w := range out.full {
		out.full[w] = f(a.full[w], b.full[w])
		var mixed uint64
		if a.part != nil {
			mixed = a.part[w]
		}
		if b.part != nil {
			mixed |= b.part[w]
		}
		if mixed == 0 {
			continue
		}
		out.full[w] &^= mixed
		each(int32(w)<<6, mixed, func(i int32) {
			switch m := f(a.Mask(i), b.Mask(i)); m {
			case 0:
			case whole:
				out.full[w] |= 1 << (i & 63)
			default:
				p.add(i, m)
			}
		})
	}
	p.into(out)
	return out
}

// parts gathers masks in order of their cells.
type parts struct {
	cells []int32
	masks []uint64
}

func (p *parts) add(i int32, mask uint64) {
	p.cells, p.masks = append(p.cells, i), append(p.masks, mask)
}

// into gives a set its masks.
func (p *parts) into(s *Set) {
	if len(p.cells) == 0 {
		return
	}
	s.masks = slices.Clip(p.masks)
	s.part, s.first = make([]uint64, len(s.full)), make([]int32, len(s.full))
	for _, i := range p.cells {
		s.part[i>>6] |= 1 << (i & 63)
	}
	var n int32
	for w, word := range s.part {
		s.first[w] = n
		n += int32(bits.OnesCount64(word))
	}
}

// AtLeast returns what is in n or more of the sets; n is from 1 to their number.
func AtLeast(n int, sets ...*Set) *Set {
	levels := make([]*Set, 0, n) // levels[k]: in at least k+1 of the sets so far
	for _, s := range sets {
		if len(levels) < n {
			levels = append(levels, nil)
		}
		for k := len(levels) - 1; k >= 0; k-- {
			more := s
			if k > 0 {
				more = And(levels[k-1], s)
			}
			if levels[k] == nil {
				levels[k] = more
			} else {
				levels[k] = Or(levels[k], more)
			}
		}
	}
	return levels[n-1]
}

// Builder makes a set of the cells of a grid.
type Builder struct {
	grid  *Grid
	full  []uint64
	masks map[int32]uint64
}

// NewBuilder starts with the empty set.
func (g *Grid) NewBuilder() *Builder {
	return &Builder{grid: g, full: make([]uint64, g.Words()), masks: map[int32]uint64{}}
}

// Add puts parts of cell i into the set.
func (b *Builder) Add(i int32, mask uint64) {
	bit := uint64(1) << (i & 63)
	if b.full[i>>6]&bit != 0 || mask == 0 {
		return
	}
	if mask != whole {
		if mask |= b.masks[i]; mask != whole {
			b.masks[i] = mask
			return
		}
	}
	b.full[i>>6] |= bit
}

// addRun puts whole cells of a row into the set.
func (b *Builder) addRun(row, from, to int32) {
	b.grid.runs(row, from, to, func(w int32, bits uint64) { b.full[w] |= bits })
}

// Set returns the set; the builder must not be used after.
func (b *Builder) Set() *Set {
	s := &Set{full: b.full}
	var p parts
	for i := range b.masks {
		if b.full[i>>6]&(1<<(i&63)) == 0 {
			p.cells = append(p.cells, i)
		}
	}
	slices.Sort(p.cells)
	for _, i := range p.cells {
		p.masks = append(p.masks, b.masks[i])
	}
	p.into(s)
	return s
}
