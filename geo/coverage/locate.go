package coverage

import (
	"math/bits"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/lattice"
)

// spot is a place on the lattice: a cell, and which of its 64 parts.
type spot struct {
	cell int32
	sub  uint8
}

// in reports whether the spot is in the set; nil is everything.
func (p spot) in(s *Set) bool { return s == nil || s.Mask(p.cell)>>p.sub&1 == 1 }

// spotAt returns the spot of a position in cells; false: out of the grid.
func (g *Grid) spotAt(x, y float64) (spot, bool) {
	c := lattice.Cell{Col: int32(x), Row: int32(y)}
	i := g.Index(c)
	if i < 0 {
		return spot{}, false
	}
	col, row := int((x-float64(c.Col))*subRows), int((y-float64(c.Row))*subRows)
	return spot{i, uint8(row*subRows + col)}, true
}

// owners finds the village of a spot.
type owners struct {
	from   []int32 // of each word: its first span in spans
	spans  []ownedSpan
	cells  []int32 // of pieces, ascending
	pieces []ownedPiece
}

type ownedSpan struct {
	mask    uint64
	village int32
}

type ownedPiece struct {
	piece
	village int32
	index   int32 // among the ground's pieces
}

func newOwners(g *Ground) *owners {
	o := &owners{from: make([]int32, g.Grid.Words()+1), spans: make([]ownedSpan, len(g.spans)), pieces: make([]ownedPiece, len(g.pieces)), cells: make([]int32, len(g.pieces))}
	for _, s := range g.spans {
		o.from[s.word+1]++
	}
	for w := 1; w < len(o.from); w++ {
		o.from[w] += o.from[w-1]
	}
	next := slices.Clone(o.from)
	place := make([]int32, g.Grid.Size()+1) // of each cell: its next piece
	for _, p := range g.pieces {
		place[p.cell+1]++
	}
	for i := 1; i < len(place); i++ {
		place[i] += place[i-1]
	}
	for v := range len(g.spanFrom) - 1 {
		spans, pieces := g.of(v)
		for _, s := range spans {
			o.spans[next[s.word]] = ownedSpan{s.mask, int32(v)}
			next[s.word]++
		}
		for k, p := range pieces {
			to := place[p.cell]
			o.pieces[to], o.cells[to] = ownedPiece{p, int32(v), g.pieceFrom[v] + int32(k)}, p.cell
			place[p.cell]++
		}
	}
	return o
}

// village returns the village that a spot lies in, or -1. In a cell that
// villages share, it is the one that has that part of the cell, else the one
// that has most of it.
func (o *owners) village(p spot) int32 {
	w := p.cell >> 6
	for _, s := range o.spans[o.from[w]:o.from[w+1]] {
		if s.mask>>(p.cell&63)&1 == 1 {
			return s.village
		}
	}
	best, most := int32(-1), -1
	for _, q := range o.in(p.cell) {
		rank := int(q.area)
		if q.mask != whole && q.mask>>p.sub&1 == 1 {
			rank += 1 << 16
		}
		if rank > most {
			best, most = q.village, rank
		}
	}
	return best
}

// in returns the pieces of a cell.
func (o *owners) in(cell int32) []ownedPiece {
	from, _ := slices.BinarySearch(o.cells, cell)
	to := from
	for to < len(o.cells) && o.cells[to] == cell {
		to++
	}
	return o.pieces[from:to]
}

// people returns the weight of a cell, of all villages that have some of it.
func (o *owners) people(w *Weights, cell int32) int64 {
	sum := w.at(cell)
	for _, p := range o.in(cell) {
		sum += int64(w.pieces[p.index])
	}
	return sum
}

// maxStray is how far in m from the regency's land a place may lie and still be
// counted for the nearest village: beaches and piers stand before the coast.
const maxStray = 250

// settle returns the spot and the village of a point in degrees: the one it
// lies in, else the nearest within maxStray; -1: none.
func (g *Ground) settleAt(o *owners, p orb.Point) (spot, int32) {
	x, y := position(p)
	at, ok := g.Grid.spotAt(x, y)
	if ok {
		if v := o.village(at); v >= 0 {
			return at, v
		}
	}
	best, near, village := at, maxStray+1.0, int32(-1)
	c := lattice.At(p[0], p[1])
	for dy := int32(-4); dy <= 4; dy++ {
		for dx := int32(-4); dx <= 4; dx++ {
			n := lattice.Cell{Col: c.Col + dx, Row: c.Row + dy}
			i := g.Grid.Index(n)
			if i < 0 {
				continue
			}
			d := Distance(n.Center(), p)
			if d >= near {
				continue
			}
			if v := o.village(spot{i, 27}); v >= 0 {
				best, near, village = spot{i, 27}, d, v
			}
		}
	}
	if ok { // judged where it stands, counted where it belongs
		best = at
	}
	return best, village
}

// Bytes returns how much memory the finder takes.
func (o *owners) Bytes() int64 {
	return int64(4*len(o.from) + 16*len(o.spans) + 4*len(o.cells) + 24*len(o.pieces))
}

func ones(m uint64) int { return bits.OnesCount64(m) }
