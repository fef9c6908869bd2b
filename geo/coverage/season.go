package coverage

import (
	"fmt"

	"github.com/petadesa/petadesa/geo"
)

// Visitors that a destination is taken to have at once on the busiest hours of
// a holiday, where the layer does not say (property visitors): a round guess by
// kind, not a count, and answers say so.
const (
	visitorsUsual = 200
	visitorsBeach = 500
)

// visitors are the tourists of a holiday, at the destinations.
func visitors(g *Ground, o *owners, destinations *geo.Layer) *population {
	p := &population{Weights: g.newWeights()}
	if destinations == nil {
		p.Text = "no destinations, so no visitors"
		return p
	}
	p.Text = fmt.Sprintf("holiday: residents and, at each destination, its visitors where given, else %d (beaches %d): a model, not a count",
		visitorsUsual, visitorsBeach)
	given, category := destinations.Column("visitors"), destinations.Column("category")
	for i := range destinations.Len() {
		at, ok := pointOf(destinations.Geometry(i))
		if !ok {
			continue
		}
		s, v := g.settleAt(o, at)
		if v < 0 {
			continue
		}
		n := uint32(visitorsUsual)
		if category != nil && category.Value(i) == "beach" {
			n = visitorsBeach
		}
		if given != nil && given.Field.Type != geo.String && given.Field.Type != geo.Boolean {
			if f, ok := given.Float(i); ok && f >= 0 && f < 1e6 {
				n = uint32(f)
			}
		}
		p.visit(g, s.cell, int(v), n*1000)
	}
	p.total(g)
	return p
}

// visit adds an amount to the land that village v has of a cell, or, where it
// has none of it, to the first it has.
func (p *population) visit(g *Ground, cell int32, v int, amount uint32) {
	done := false
	for _, anywhere := range []bool{false, true} {
		g.walk(v, func(piece int, i int32, _ int64) {
			switch {
			case done || i != cell && !anywhere:
				return
			case piece < 0:
				p.set(i, uint32(p.at(i))+amount)
			default:
				p.pieces[piece] += amount
			}
			done = true
		})
		if done {
			return
		}
	}
}

// plus returns the sum of two populations on the same ground.
func (p *population) plus(g *Ground, q *population) *population {
	sum := &population{Weights: g.newWeights(), method: p.method, Text: p.Text + "; " + q.Text}
	for _, s := range g.spans {
		each(s.word<<6, s.mask, func(i int32) { sum.set(i, uint32(p.at(i)+q.at(i))) })
	}
	for k := range sum.pieces {
		sum.pieces[k] = p.pieces[k] + q.pieces[k]
	}
	sum.total(g)
	return sum
}
