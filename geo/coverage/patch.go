package coverage

import (
	"math/bits"
	"slices"
)

// patch is some blocks of a grid: what a change of towers can touch. Sets, states
// and fields are cut to it, worked on, and pasted back into the whole.
type patch struct {
	whole  *scene  // without the change
	blocks []int32 // ascending positions among the blocks of the whole grid
	grid   *Grid   // of these blocks, in the same order
}

func newPatch(whole *scene, blocks []int32) *patch {
	some := make([]Block, len(blocks))
	for k, b := range blocks {
		some[k] = whole.Grid.blocks[b]
	}
	return &patch{whole, blocks, NewGrid(some)}
}

// cut returns what a set has in the blocks.
func (p *patch) cut(s *Set) *Set {
	if s == nil {
		return nil
	}
	out := p.grid.None()
	var masks []uint64
	if s.part != nil {
		out.part = make([]uint64, len(out.full))
	}
	for k, b := range p.blocks {
		copy(out.full[k<<blockShift:(k+1)<<blockShift], s.block(s.full, b))
		if s.part != nil {
			copy(out.part[k<<blockShift:(k+1)<<blockShift], s.block(s.part, b))
			masks = append(masks, s.masksOf(b)...)
		}
	}
	out.number(masks)
	return out
}

// paste returns the set with what another has in the blocks.
func (p *patch) paste(s, sub *Set) *Set {
	if s == nil {
		return nil
	}
	out := &Set{full: slices.Clone(s.full)}
	for k, b := range p.blocks {
		copy(out.full[int(b)<<blockShift:], sub.block(sub.full, int32(k)))
	}
	if s.part == nil && sub.part == nil {
		return out
	}
	out.part = make([]uint64, len(s.full))
	copy(out.part, s.part)
	var masks []uint64
	next := int32(0) // of the whole's blocks, whose masks are still to be taken
	for k, b := range p.blocks {
		masks = append(masks, s.masksBetween(next, b)...)
		clear(out.part[b<<blockShift : (b+1)<<blockShift])
		if sub.part != nil {
			copy(out.part[b<<blockShift:], sub.block(sub.part, int32(k)))
			masks = append(masks, sub.masksOf(int32(k))...)
		}
		next = b + 1
	}
	out.number(append(masks, s.masksBetween(next, int32(len(s.full)>>blockShift))...))
	return out
}

// block returns the words of a block.
func (s *Set) block(words []uint64, b int32) []uint64 {
	return words[b<<blockShift : (b+1)<<blockShift]
}

func (s *Set) masksOf(b int32) []uint64 { return s.masksBetween(b, b+1) }

// masksBetween returns the masks of the cells of blocks from up to, but not, to.
func (s *Set) masksBetween(from, to int32) []uint64 {
	if s.part == nil || from >= to {
		return nil
	}
	at := func(b int32) int {
		if int(b)<<blockShift >= len(s.first) {
			return len(s.masks)
		}
		return int(s.first[b<<blockShift])
	}
	return s.masks[at(from):at(to)]
}

// number gives a set the masks of its partial cells.
func (s *Set) number(masks []uint64) {
	if len(masks) == 0 {
		s.part = nil
		return
	}
	s.masks, s.first = masks, make([]int32, len(s.part))
	var n int32
	for w, word := range s.part {
		s.first[w] = n
		n += int32(bits.OnesCount64(word))
	}
}

func (p *patch) cutStates(s *States) *States {
	out := &States{Covered: p.cut(s.Covered), Not: p.cut(s.Not)}
	if s.Levels != nil {
		out.Levels = &Levels{}
		for i, l := range s.Levels {
			out.Levels[i] = p.cut(l)
		}
	}
	return out
}

func (p *patch) cutField(f *field) *field {
	cut := func(level []int16) []int16 {
		if level == nil {
			return nil
		}
		out := make([]int16, p.grid.Size())
		for k, b := range p.blocks {
			copy(out[k*blockCells:(k+1)*blockCells], level[int(b)*blockCells:])
		}
		return out
	}
	return &field{cut(f.median), cut(f.least), cut(f.most)}
}
