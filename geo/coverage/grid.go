package coverage

import (
	"math"
	"math/bits"
	"slices"

	"github.com/petadesa/petadesa/geo/lattice"
)

// blockSide is how many cells a block has each way: one word a row.
const (
	blockSide  = 64
	blockShift = 6
	blockCells = blockSide * blockSide
)

// Block is a square of 64 × 64 cells by its numbers: those of its cells,
// divided by 64.
type Block struct{ Col, Row int32 }

func blockOf(c lattice.Cell) Block { return Block{c.Col >> blockShift, c.Row >> blockShift} }

// Grid is the blocks that something is asked about, in order of row and column.
// Its cells are numbered in that order: block·4096 + row in the block·64 + column in
// the block. A Grid never changes.
type Grid struct {
	blocks []Block
	first  Block   // the north-west corner of table
	wide   int32   // of table
	table  []int32 // position of a block in blocks, or -1
	area   []uint16
}

// NewGrid returns the grid of those blocks.
func NewGrid(blocks []Block) *Grid {
	g := &Grid{blocks: slices.Clone(blocks)}
	slices.SortFunc(g.blocks, func(a, b Block) int {
		if a.Row != b.Row {
			return int(a.Row - b.Row)
		}
		return int(a.Col - b.Col)
	})
	g.blocks = slices.Compact(g.blocks)
	if len(g.blocks) == 0 {
		return g
	}
	g.first = g.blocks[0]
	last := g.first
	for _, b := range g.blocks {
		g.first = Block{min(g.first.Col, b.Col), min(g.first.Row, b.Row)}
		last = Block{max(last.Col, b.Col), max(last.Row, b.Row)}
	}
	g.wide = last.Col - g.first.Col + 1
	g.table = slices.Repeat([]int32{-1}, int(g.wide)*int(last.Row-g.first.Row+1))
	rows := map[int32]uint16{}
	g.area = make([]uint16, g.Words())
	for i, b := range g.blocks {
		g.table[(b.Row-g.first.Row)*g.wide+b.Col-g.first.Col] = int32(i)
		for y := range int32(blockSide) {
			row := b.Row<<blockShift + y
			if _, ok := rows[row]; !ok {
				rows[row] = uint16(math.Round(lattice.Area(row)))
			}
			g.area[i<<blockShift+int(y)] = rows[row]
		}
	}
	return g
}

// Blocks returns the blocks; read only.
func (g *Grid) Blocks() []Block { return g.blocks }

// Words returns how many words of 64 cells the grid has.
func (g *Grid) Words() int { return len(g.blocks) << blockShift }

// Size returns how many cells the grid has.
func (g *Grid) Size() int { return len(g.blocks) * blockCells }

// Bytes returns about how much memory the grid takes.
func (g *Grid) Bytes() int64 { return int64(len(g.blocks)*8 + len(g.table)*4 + len(g.area)*2) }

// block returns the position of a block, or -1.
func (g *Grid) block(b Block) int32 {
	col, row := b.Col-g.first.Col, b.Row-g.first.Row
	if col < 0 || col >= g.wide || row < 0 {
		return -1
	}
	if at := int(row)*int(g.wide) + int(col); at < len(g.table) {
		return g.table[at]
	}
	return -1
}

// Index returns the number of a cell in the grid, or -1 if it is not in it.
func (g *Grid) Index(c lattice.Cell) int32 {
	b := g.block(blockOf(c))
	if b < 0 {
		return -1
	}
	return b<<(2*blockShift) | c.Row&(blockSide-1)<<blockShift | c.Col&(blockSide-1)
}

// Cell returns the cell of a number.
func (g *Grid) Cell(i int32) lattice.Cell {
	b := g.blocks[i>>(2*blockShift)]
	return lattice.Cell{Col: b.Col<<blockShift | i&(blockSide-1), Row: b.Row<<blockShift | i>>blockShift&(blockSide-1)}
}

// Area returns the area of cell i in m².
func (g *Grid) Area(i int32) int64 { return int64(g.area[i>>blockShift]) }

// eachWord calls f with each word of the grid, so that their cells come in order
// of row and column.
func (g *Grid) eachWord(f func(w int32)) {
	for from := 0; from < len(g.blocks); {
		to := from
		for to < len(g.blocks) && g.blocks[to].Row == g.blocks[from].Row {
			to++
		}
		for y := range int32(blockSide) {
			for b := from; b < to; b++ {
				f(int32(b)<<blockShift | y)
			}
		}
		from = to
	}
}

// runs calls f for each word of the cells from column from up to column to of
// a row that the grid has, with the bits of these cells.
func (g *Grid) runs(row, from, to int32, f func(word int32, bits uint64)) {
	if from >= to {
		return
	}
	for col := from >> blockShift; col <= (to-1)>>blockShift; col++ {
		b := g.block(Block{col, row >> blockShift})
		if b < 0 {
			continue
		}
		low, high := max(from-col<<blockShift, 0), min(to-col<<blockShift, blockSide)
		f(b<<blockShift|row&(blockSide-1), ^uint64(0)<<low&(^uint64(0)>>(blockSide-high)))
	}
}

// each calls f with the number of every bit of a word, counted from base.
func each(base int32, word uint64, f func(i int32)) {
	for ; word != 0; word &= word - 1 {
		f(base + int32(bits.TrailingZeros64(word)))
	}
}
