package coverage

import "math/bits"

// Weights is an amount for each piece of land: people, or tourists, in
// thousandths. It never changes. The amounts of a village add up to its total
// exactly.
type Weights struct {
	cells  [][]uint32 // by block, then by cell: of cells wholly in one village; nil where nobody is
	pieces []uint32   // aligned with the ground's pieces
	spans  []uint64   // of each span of the ground, all its cells together
}

// Bytes returns how much memory the weights take.
func (w *Weights) Bytes() int64 {
	n := int64(24*len(w.cells) + 4*len(w.pieces) + 8*len(w.spans))
	for _, b := range w.cells {
		n += int64(4 * len(b))
	}
	return n
}

// at returns the weight of cell i, of cells wholly in one village.
func (w *Weights) at(i int32) int64 {
	if b := w.cells[i>>(2*blockShift)]; b != nil {
		return int64(b[i&(blockCells-1)])
	}
	return 0
}

// newWeights starts with nothing anywhere.
func (g *Ground) newWeights() *Weights {
	return &Weights{
		cells:  make([][]uint32, len(g.Grid.blocks)),
		pieces: make([]uint32, len(g.pieces)),
		spans:  make([]uint64, len(g.spans)),
	}
}

// set gives cell i, which is wholly in one village, a weight.
func (w *Weights) set(i int32, amount uint32) {
	b := &w.cells[i>>(2*blockShift)]
	if *b == nil {
		if amount == 0 {
			return
		}
		*b = make([]uint32, blockCells)
	}
	(*b)[i&(blockCells-1)] = amount
}

// total sums the spans up once all cells are set.
func (w *Weights) total(g *Ground) {
	for k, s := range g.spans {
		var sum int64
		each(s.word<<6, s.mask, func(i int32) { sum += w.at(i) })
		w.spans[k] = uint64(sum)
	}
}

// Sum returns how much of the weight of village v is in the set; nil is
// everything.
func (g *Ground) Sum(v int, s *Set, w *Weights) int64 {
	var sum int64
	for k := g.spanFrom[v]; k < g.spanFrom[v+1]; k++ {
		sp := g.spans[k]
		switch {
		case w.spans[k] == 0:
			continue
		case s == nil || s.full[sp.word]&sp.mask == sp.mask:
			sum += int64(w.spans[k])
			continue
		}
		block := w.cells[sp.word>>blockShift]
		row := block[(sp.word&(blockSide-1))<<blockShift:][:blockSide]
		for in := sp.mask & s.full[sp.word]; in != 0; in &= in - 1 {
			sum += int64(row[bits.TrailingZeros64(in)])
		}
		if s.part != nil {
			each(sp.word<<6, sp.mask&s.part[sp.word], func(i int32) { sum += share(w.at(i), s.Mask(i), whole) })
		}
	}
	for k := g.pieceFrom[v]; k < g.pieceFrom[v+1]; k++ {
		if n := w.pieces[k]; n != 0 {
			sum += partOf(int64(n), &g.pieces[k], s)
		}
	}
	return sum
}

// spread shares out an amount over the land of village v in proportion to
// weights of its cells and pieces, so that the shares add up to it: each piece
// gets the whole units up to which the running sum has grown. It reports false, and gives
// nothing, when all weights are 0.
func (g *Ground) spread(w *Weights, v int, amount int64, weight func(cell int32, area int64) float64) bool {
	var all float64
	g.walk(v, func(_ int, cell int32, area int64) { all += weight(cell, area) })
	if !(all > 0) {
		return false
	}
	var running float64
	var given int64
	g.walk(v, func(piece int, cell int32, area int64) {
		share := weight(cell, area)
		if share <= 0 {
			return
		}
		running += share
		up := min(int64(float64(amount)*(running/all)+0.5), amount)
		n := uint32(min(max(up-given, 0), 1<<32-1))
		given += int64(n)
		if piece < 0 {
			w.set(cell, n)
		} else {
			w.pieces[piece] = n
		}
	})
	g.settle(w, v, amount-given)
	return true
}

// settle gives what rounding left of an amount to the first land that has some.
func (g *Ground) settle(w *Weights, v int, left int64) {
	if left <= 0 {
		return
	}
	g.walk(v, func(piece int, cell int32, _ int64) {
		switch {
		case left == 0:
		case piece < 0 && w.at(cell) > 0:
			w.set(cell, uint32(w.at(cell)+left))
			left = 0
		case piece >= 0 && w.pieces[piece] > 0:
			w.pieces[piece] += uint32(left)
			left = 0
		}
	})
}

// walk calls f for all land of village v: the cells that are wholly its own,
// with piece -1, then the pieces of others; always in the same order.
func (g *Ground) walk(v int, f func(piece int, cell int32, area int64)) {
	for k := g.spanFrom[v]; k < g.spanFrom[v+1]; k++ {
		s := g.spans[k]
		area := int64(g.Grid.area[s.word])
		each(s.word<<6, s.mask, func(i int32) { f(-1, i, area) })
	}
	for k := g.pieceFrom[v]; k < g.pieceFrom[v+1]; k++ {
		f(int(k), g.pieces[k].cell, int64(g.pieces[k].area))
	}
}
