package coverage

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/lattice"
)

// subRows is how many scan lines, and how many columns, a cell is cut into.
const subRows = 8

// edge is a side of a polygon in cells from the north-west corner of the world,
// from the north southwards.
type edge struct{ x0, y0, x1, y1 float64 }

// edges returns the sides of a polygon's rings that are not level, by the row
// that they begin in.
func edges(p orb.Polygon) []edge {
	var all []edge
	for _, r := range p {
		for i := range r {
			ax, ay := position(r[i])
			bx, by := position(r[(i+1)%len(r)])
			switch {
			case ay < by:
				all = append(all, edge{ax, ay, bx, by})
			case ay > by:
				all = append(all, edge{bx, by, ax, ay})
			}
		}
	}
	slices.SortFunc(all, func(a, b edge) int {
		switch {
		case a.y0 < b.y0:
			return -1
		case a.y0 > b.y0:
			return 1
		}
		return 0
	})
	return all
}

// scan calls part for each cell that the polygon has some parts of, and run for
// rows of cells that it has wholly, in order of rows. A part of a cell belongs
// to the polygon if the part's middle does, by the even–odd rule. Cells out of
// the rows from to to-1 are left out.
func scan(p orb.Polygon, from, to int32, part func(c lattice.Cell, mask uint64), run func(row, from, to int32)) {
	all := edges(p)
	if len(all) == 0 {
		return
	}
	last := all[0].y1
	for _, e := range all {
		last = max(last, e.y1)
	}
	var s scanner
	next := 0
	for row := max(int32(math.Floor(all[0].y0)), from); row < to && float64(row) < last; row++ {
		for ; next < len(all) && all[next].y0 < float64(row+1); next++ {
			s.active = append(s.active, all[next])
		}
		s.active = slices.DeleteFunc(s.active, func(e edge) bool { return e.y1 <= float64(row) })
		s.row(row, part, run)
	}
}

// scanner holds what one row needs.
type scanner struct {
	active []edge
	xs     []float64
	ends   []part // at the ends of spans
	toggle []part // where the lines that cover whole cells begin and end
}

// part is columns of one line of parts of a cell in one number, which sorts by the
// cell: cell·2¹² + line·2⁸ + from·2⁴ + to.
type part uint64

func newPart(cell int32, k int, from, to int32) part {
	return part(cell)<<12 | part(k)<<8 | part(from)<<4 | part(to)
}

func (p part) cell() int32  { return int32(p >> 12) }
func (p part) mask() uint64 { return line(int(p>>8&15), int32(p>>4&15), int32(p&15)) }

// line returns the bits of the k-th line of parts of a cell, from one column up
// to another.
func line(k int, from, to int32) uint64 {
	return (0xff << from & (0xff >> (subRows - to))) & 0xff << (subRows * k)
}

func (s *scanner) row(row int32, part func(lattice.Cell, uint64), run func(row, from, to int32)) {
	s.ends, s.toggle = s.ends[:0], s.toggle[:0]
	for k := range subRows {
		y := float64(row) + (float64(k)+0.5)/subRows
		s.xs = s.xs[:0]
		for _, e := range s.active {
			if e.y0 <= y && y < e.y1 {
				s.xs = append(s.xs, e.x0+(e.x1-e.x0)*(y-e.y0)/(e.y1-e.y0))
			}
		}
		slices.Sort(s.xs)
		for i := 0; i+1 < len(s.xs); i += 2 {
			s.span(k, subColumn(s.xs[i]), subColumn(s.xs[i+1]))
		}
	}
	s.emit(row, part, run)
}

// subColumn returns the first column of parts whose middle is not west of x.
func subColumn(x float64) int64 { return int64(math.Ceil(x*subRows - 0.5)) }

// span takes the parts from column a up to b of line k.
func (s *scanner) span(k int, a, b int64) {
	a, b = max(a, 0), min(b, lattice.Cols*subRows)
	if a >= b {
		return
	}
	first, last := int32(a/subRows), int32((b-1)/subRows)
	low, high := int32(a%subRows), int32((b-1)%subRows+1)
	if first == last {
		s.ends = append(s.ends, newPart(first, k, low, high))
		return
	}
	if low > 0 {
		s.ends = append(s.ends, newPart(first, k, low, subRows))
		first++
	}
	if high < subRows {
		s.ends = append(s.ends, newPart(last, k, 0, high))
		last--
	}
	if first <= last {
		s.toggle = append(s.toggle, newPart(first, k, 0, subRows), newPart(last+1, k, 0, subRows))
	}
}

// emit puts together what the lines of a row cover.
func (s *scanner) emit(row int32, part func(lattice.Cell, uint64), run func(row, from, to int32)) {
	slices.Sort(s.ends)
	slices.Sort(s.toggle)
	var open uint64 // the lines that cover whole cells here
	e, t := 0, 0
	for col := int32(0); e < len(s.ends) || t < len(s.toggle); {
		// Up to the next event all cells are alike.
		next := int32(math.MaxInt32)
		if e < len(s.ends) {
			next = s.ends[e].cell()
		}
		if t < len(s.toggle) {
			next = min(next, s.toggle[t].cell())
		}
		if col < next && open != 0 {
			s.alike(row, col, next, open, part, run)
		}
		col = next
		for ; t < len(s.toggle) && s.toggle[t].cell() == col; t++ {
			open ^= s.toggle[t].mask()
		}
		if e < len(s.ends) && s.ends[e].cell() == col {
			mask := open
			for ; e < len(s.ends) && s.ends[e].cell() == col; e++ {
				mask |= s.ends[e].mask()
			}
			s.alike(row, col, col+1, mask, part, run)
			col++
		}
	}
}

func (s *scanner) alike(row, from, to int32, mask uint64, part func(lattice.Cell, uint64), run func(row, from, to int32)) {
	if mask == whole {
		run(row, from, to)
		return
	}
	for col := from; col < to; col++ {
		part(lattice.Cell{Col: col, Row: row}, mask)
	}
}

// AddPolygon puts a polygon or multipolygon in degrees into the set; other
// geometries add nothing.
func (b *Builder) AddPolygon(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Polygon:
		scan(g, 0, lattice.Rows, func(c lattice.Cell, mask uint64) {
			if i := b.grid.Index(c); i >= 0 {
				b.Add(i, mask)
			}
		}, b.addRun)
	case orb.MultiPolygon:
		for _, p := range g {
			b.AddPolygon(p)
		}
	case orb.Collection:
		for _, m := range g {
			b.AddPolygon(m)
		}
	}
}
