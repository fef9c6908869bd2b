package coverage

import (
	"context"
	"math/bits"
	"runtime"
	"sync"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// span is cells of one word of the grid that lie wholly in one village.
type span struct {
	word int32
	mask uint64
}

// piece is what a village has of a cell that is not wholly its own.
type piece struct {
	cell int32  // number in the grid
	area uint16 // m²
	mask uint64 // the parts of the cell that are the village's; whole when it is too thin to have one
}

// Ground is the villages of a snapshot on the lattice: which cells lie in
// which village, with how much land. Cells at borders belong to villages by their
// share of the area. Ground that two villages claim is counted once, for the first
// in order of code. A Ground never changes.
type Ground struct {
	Grid *Grid
	Land *Set // the cells that are at least in part in a village

	villages  *geo.Layer
	spans     []span
	spanFrom  []int32 // spans of village v: spans[spanFrom[v]:spanFrom[v+1]]
	pieces    []piece
	pieceFrom []int32
}

// NewGround lays the villages' polygons on the lattice. It fails with ctx's error
// only.
func NewGround(ctx context.Context, villages *geo.Layer) (*Ground, error) {
	all, err := measure(ctx, villages)
	if err != nil {
		return nil, err
	}
	g := &Ground{villages: villages, Grid: gridOf(all)}
	g.assign(all)
	land := g.Grid.NewBuilder()
	for _, s := range g.spans {
		land.full[s.word] |= s.mask
	}
	for _, p := range g.pieces {
		land.Add(p.cell, whole)
	}
	g.Land = land.Set()
	return g, nil
}

// footprint is one village on the lattice before the grid is known.
type footprint struct {
	runs  []run
	edges []edgeCell
}

type run struct{ row, from, to int32 } // cells wholly inside

type edgeCell struct {
	cell  lattice.Cell
	share float64
	mask  uint64
}

// measure lays each village on the lattice, on all cores.
func measure(ctx context.Context, villages *geo.Layer) ([]footprint, error) {
	all := make([]footprint, villages.Len())
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				all[i] = newFootprint(villages.Geometry(i))
			}
		})
	}
	for i := range all {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return all, ctx.Err()
}

func newFootprint(g orb.Geometry) footprint {
	var m orb.MultiPolygon
	switch g := g.(type) {
	case orb.Polygon:
		m = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		m = g
	}
	var f footprint
	if len(m) == 0 || m.Bound().IsEmpty() {
		return f
	}
	w := newWindow(m)
	masks := map[lattice.Cell]uint64{}
	for _, p := range m {
		scan(p, 0, lattice.Rows, func(c lattice.Cell, mask uint64) { masks[c] |= mask }, func(int32, int32, int32) {})
	}
	for y := range w.rows {
		row := w.share[y*w.cols : (y+1)*w.cols]
		for x := int32(0); x < w.cols; x++ {
			switch share := row[x]; share {
			case 0:
			case 1:
				from := x
				for x+1 < w.cols && row[x+1] == 1 {
					x++
				}
				f.runs = append(f.runs, run{w.row + y, w.col + from, w.col + x + 1})
			default:
				c := lattice.Cell{Col: w.col + x, Row: w.row + y}
				mask := masks[c]
				if mask == 0 {
					mask = whole
				}
				f.edges = append(f.edges, edgeCell{c, share, mask})
			}
		}
	}
	return f
}

// gridOf returns the grid of all blocks that villages have land in.
func gridOf(all []footprint) *Grid {
	seen := map[Block]bool{}
	for _, f := range all {
		for _, r := range f.runs {
			for col := r.from >> blockShift; col <= (r.to-1)>>blockShift; col++ {
				seen[Block{col, r.row >> blockShift}] = true
			}
		}
		for _, e := range f.edges {
			seen[blockOf(e.cell)] = true
		}
	}
	blocks := make([]Block, 0, len(seen))
	for b := range seen {
		blocks = append(blocks, b)
	}
	return NewGrid(blocks)
}

// assign gives each village its land, in order, from what is left of each cell.
func (g *Ground) assign(all []footprint) {
	taken := make([]uint16, g.Grid.Size()) // m² of each cell that have a village
	g.spanFrom, g.pieceFrom = make([]int32, 1, len(all)+1), make([]int32, 1, len(all)+1)
	for _, f := range all {
		for _, r := range f.runs {
			g.Grid.runs(r.row, r.from, r.to, func(w int32, mask uint64) { g.take(w, mask, taken) })
		}
		for _, e := range f.edges {
			i := g.Grid.Index(e.cell)
			g.takePart(i, uint16(e.share*float64(g.Grid.Area(i))+0.5), e.mask, taken)
		}
		g.spanFrom = append(g.spanFrom, int32(len(g.spans)))
		g.pieceFrom = append(g.pieceFrom, int32(len(g.pieces)))
	}
}

// take gives the village cells of a word: those that nobody has as a span.
func (g *Ground) take(w int32, mask uint64, taken []uint16) {
	area := g.Grid.area[w]
	free := mask
	each(w<<6, mask, func(i int32) {
		if taken[i] != 0 {
			free &^= 1 << (i & 63)
			g.takePart(i, area, whole, taken)
			return
		}
		taken[i] = area
	})
	if free != 0 {
		g.spans = append(g.spans, span{w, free})
	}
}

func (g *Ground) takePart(i int32, area uint16, mask uint64, taken []uint16) {
	area = min(area, g.Grid.area[i>>6]-taken[i])
	if area == 0 {
		return
	}
	taken[i] += area
	g.pieces = append(g.pieces, piece{i, area, mask})
}

// Villages returns the layer that the ground was made of.
func (g *Ground) Villages() *geo.Layer { return g.villages }

// Bytes returns about how much memory the ground takes.
func (g *Ground) Bytes() int64 {
	return g.Grid.Bytes() + g.Land.Bytes() + int64(16*(cap(g.spans)+cap(g.pieces))+8*len(g.spanFrom))
}

// of returns the land of village v.
func (g *Ground) of(v int) ([]span, []piece) {
	return g.spans[g.spanFrom[v]:g.spanFrom[v+1]], g.pieces[g.pieceFrom[v]:g.pieceFrom[v+1]]
}

// Area returns how much of the land of village v is in the set, in m². The
// set nil is everything.
func (g *Ground) Area(v int, s *Set) int64 {
	spans, pieces := g.of(v)
	var sum int64
	for _, sp := range spans {
		in, area := sp.mask, int64(g.Grid.area[sp.word])
		if s != nil {
			in &= s.full[sp.word]
			if s.part != nil {
				each(sp.word<<6, sp.mask&s.part[sp.word], func(i int32) { sum += share(area, s.Mask(i), whole) })
			}
		}
		sum += area * int64(bits.OnesCount64(in))
	}
	for i := range pieces {
		p := &pieces[i]
		sum += partOf(int64(p.area), p, s)
	}
	return sum
}

// partOf returns how much of an amount that is spread over a piece is in the
// set.
func partOf(amount int64, p *piece, s *Set) int64 {
	if s == nil {
		return amount
	}
	w, bit := p.cell>>6, uint64(1)<<(p.cell&63)
	switch {
	case s.full[w]&bit != 0:
		return amount
	case s.part == nil || s.part[w]&bit == 0:
		return 0
	}
	return share(amount, s.Mask(p.cell), p.mask)
}

// share returns the part of an amount spread evenly over the bits of a that
// falls on those of b, rounded down.
func share(amount int64, in, of uint64) int64 {
	return amount * int64(bits.OnesCount64(in&of)) / int64(bits.OnesCount64(of))
}
