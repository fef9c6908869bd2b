package coverage

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// How the people of a village were put on its land.
const (
	ByRaster = "raster"     // an imported raster of people
	ByRoads  = "near roads" // the village's total, on land near roads and places
	ByArea   = "area"       // the village's total, evenly
	NoPeople = "none"       // the village has no number of people: it counts 0, and is named
)

const (
	nearRoadMetres = 200  // how far from a road people are taken to live
	leastNearRoad  = 0.05 // the share of a village's land below which the known roads are too few to say where people live
)

// population is the people of the regency on the lattice.
type population struct {
	*Weights
	method []string // of each village
	Text   string   // how, for people to read
}

// Raster is values on the lattice, such as people per cell; NaN is none.
type Raster interface {
	Read(ctx context.Context, w lattice.Window, dst []float32) error
	Version() string
}

// fromTotals spreads the villages' totals: over the cells whose middle is within
// 200 m of a road, and those with a destination; over all of its land where these are
// less than 5 % of a village.
func fromTotals(g *Ground, near *Set) *population {
	p := &population{Weights: g.newWeights(), method: make([]string, g.villages.Len())}
	col := g.villages.Column("population")
	count := map[string]int{}
	for v := range p.method {
		p.method[v] = NoPeople
		if col != nil && (col.Field.Type == geo.Integer || col.Field.Type == geo.Number) {
			if n, ok := col.Float(v); ok && n >= 0 {
				p.method[v] = spreadTotal(g, p.Weights, v, int64(math.Round(n*1000)), near)
			}
		}
		count[p.method[v]]++
	}
	p.total(g)
	p.Text = fmt.Sprintf("village totals: spread over land within %d m of roads and places in %d villages, evenly in %d; no number for %d villages",
		nearRoadMetres, count[ByRoads], count[ByArea], count[NoPeople])
	return p
}

func spreadTotal(g *Ground, w *Weights, v int, amount int64, near *Set) string {
	all, some := g.Area(v, nil), g.Area(v, near)
	if all > 0 && float64(some) >= leastNearRoad*float64(all) {
		g.spread(w, v, amount, func(cell int32, area int64) float64 {
			if near.Mask(cell) == whole {
				return float64(area)
			}
			return 0
		})
		return ByRoads
	}
	if !g.spread(w, v, amount, func(_ int32, area int64) float64 { return float64(area) }) {
		return NoPeople // it has no land
	}
	return ByArea
}

// fromRaster takes the people of each cell from a raster. Those of a cell that
// villages share are shared by area; at the coast all are on the land.
func fromRaster(ctx context.Context, g *Ground, r Raster, text string) (*population, error) {
	p := &population{Weights: g.newWeights(), method: slices.Repeat([]string{ByRaster}, g.villages.Len()), Text: text}
	values := make([]float32, blockCells)
	people := make([]float32, g.Grid.Size())
	for i, b := range g.Grid.blocks {
		w := lattice.Window{Col: b.Col << blockShift, Row: b.Row << blockShift, Width: blockSide, Height: blockSide}
		if err := r.Read(ctx, w, values); err != nil {
			return nil, fmt.Errorf("read people: %w", err)
		}
		copy(people[i*blockCells:], values)
	}
	thousandths := func(i int32) int64 {
		if n := float64(people[i]); n > 0 && n < 1e6 {
			return int64(math.Round(n * 1000))
		}
		return 0
	}
	for _, s := range g.spans {
		each(s.word<<6, s.mask, func(i int32) { p.set(i, uint32(thousandths(i))) })
	}
	land := make(map[int32]int64, len(g.pieces))
	for _, q := range g.pieces {
		land[q.cell] += int64(q.area)
	}
	for k, q := range g.pieces {
		p.pieces[k] = uint32(thousandths(q.cell) * int64(q.area) / land[q.cell])
	}
	p.total(g)
	return p, nil
}

// Bytes returns how much memory the population takes.
func (p *population) Bytes() int64 { return p.Weights.Bytes() + int64(16*len(p.method)) }
