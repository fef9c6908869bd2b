package lattice

import (
	"math"

	"github.com/paulmach/orb"
)

// Block is the address of a block of 256 × 256 cells.
type Block struct{ Col, Row int32 }

// Window returns the cells of the block; those beyond the lattice are in it too,
// and hold nothing.
func (b Block) Window() Window {
	return Window{Col: b.Col << 8, Row: b.Row << 8, Width: BlockSize, Height: BlockSize}
}

// Window is a rectangle of cells: columns Col to Col+Width−1, rows Row to
// Row+Height−1. It does not wrap around the antimeridian.
type Window struct {
	Col, Row      int32 // of the north-western cell
	Width, Height int32
}

// Covering returns the cells that meet the bound, which is in degrees and within
// the lattice's; an empty bound gives an empty window.
func Covering(b orb.Bound) Window {
	if b.IsEmpty() {
		return Window{}
	}
	west, north := Position(b.Min[0], b.Max[1])
	east, south := Position(b.Max[0], b.Min[1])
	col, row := clamp(math.Floor(west), Cols), clamp(math.Floor(north), Rows)
	return Window{
		Col: col, Row: row,
		Width: clamp(math.Floor(east), Cols) - col + 1, Height: clamp(math.Floor(south), Rows) - row + 1,
	}
}

func clamp(v float64, n int) int32 { return int32(min(max(v, 0), float64(n-1))) }

// Empty says whether there is no cell in the window.
func (w Window) Empty() bool { return w.Width <= 0 || w.Height <= 0 }

// Len returns the number of cells.
func (w Window) Len() int {
	if w.Empty() {
		return 0
	}
	return int(w.Width) * int(w.Height)
}

// Contains says whether the cell is in the window.
func (w Window) Contains(c Cell) bool {
	return c.Col >= w.Col && c.Col-w.Col < w.Width && c.Row >= w.Row && c.Row-w.Row < w.Height
}

// Index returns the place of a cell of the window, rows first: 0 to Len()−1.
func (w Window) Index(c Cell) int { return int(c.Row-w.Row)*int(w.Width) + int(c.Col-w.Col) }

// Cell returns the cell at a place of the window.
func (w Window) Cell(i int) Cell {
	return Cell{Col: w.Col + int32(i%int(w.Width)), Row: w.Row + int32(i/int(w.Width))}
}

// Intersect returns the cells that are in both.
func (w Window) Intersect(v Window) Window {
	if w.Empty() || v.Empty() {
		return Window{}
	}
	col, row := max(w.Col, v.Col), max(w.Row, v.Row)
	out := Window{
		Col: col, Row: row,
		Width: min(w.Col+w.Width, v.Col+v.Width) - col, Height: min(w.Row+w.Height, v.Row+v.Height) - row,
	}
	if out.Empty() {
		return Window{}
	}
	return out
}

// Union returns the smallest window that holds both.
func (w Window) Union(v Window) Window {
	switch {
	case w.Empty():
		return v
	case v.Empty():
		return w
	}
	col, row := min(w.Col, v.Col), min(w.Row, v.Row)
	return Window{
		Col: col, Row: row,
		Width: max(w.Col+w.Width, v.Col+v.Width) - col, Height: max(w.Row+w.Height, v.Row+v.Height) - row,
	}
}

// Blocks calls yield for each block that meets the window, rows first, until
// yield returns false. It is an iter.Seq.
func (w Window) Blocks(yield func(Block) bool) {
	if w.Empty() {
		return
	}
	for row := w.Row >> 8; row <= (w.Row+w.Height-1)>>8; row++ {
		for col := w.Col >> 8; col <= (w.Col+w.Width-1)>>8; col++ {
			if !yield(Block{col, row}) {
				return
			}
		}
	}
}

// Bound returns the bound of the window in degrees.
func (w Window) Bound() orb.Bound {
	return orb.Bound{
		Min: orb.Point{Lon(float64(w.Col)), Lat(float64(w.Row + w.Height))},
		Max: orb.Point{Lon(float64(w.Col + w.Width)), Lat(float64(w.Row))},
	}
}
