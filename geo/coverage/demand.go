package coverage

import (
	"context"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// Demand is what a new tower could win, cell by cell, in order of row and column:
// exactly what a scenario makes of a cell that the tower reaches. What tests found
// without a signal stays so whatever a model predicts, and is no demand.
type Demand struct {
	Cells   []lattice.Cell
	Gap     []Amounts // without coverage now, and not then
	Covered []Amounts // covered then, and not now: of the gap, or of what is unknown
}

// Amounts is how much of everything there is in a cell.
type Amounts struct {
	People People
	Area   Area
	Places int
	Road   Length
}

// won is what counts: of the gap what is covered then.
func (d *Demand) won(i int) Amounts {
	a, b := &d.Gap[i], &d.Covered[i]
	return Amounts{max(min(a.People, b.People), 0), max(min(a.Area, b.Area), 0), max(min(a.Places, b.Places), 0), max(min(a.Road, b.Road), 0)}
}

// Demand returns what of a query's gaps a tower could close, by its operators
// and technologies, wherever it stood.
func (e *Engine) Demand(ctx context.Context, snap *geo.Snapshot, query *Query, tower Tower) (*Demand, error) {
	q := *query
	q.By, q.Change = "village", nil
	s, t, err := e.ready(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	if q.Operator == "each" {
		return nil, &ParamError{Parameter: "operator", Value: q.Operator, Reason: "sites are chosen for one question", Allowed: []string{"any", "all"}}
	}
	return s.demand(ctx, &q, t, tower)
}

func (s *scene) demand(ctx context.Context, q *Query, t *Threshold, tower Tower) (*Demand, error) {
	reached := *s
	reached.change = &Change{Add: []Tower{tower}, everywhere: true}
	var both [2]*counter
	for i, at := range []*scene{s, &reached} {
		states, err := at.states(ctx, q, t)
		if err != nil {
			return nil, err
		}
		if both[i], err = at.counter(ctx, q, t, states[0].States); err != nil {
			return nil, err
		}
	}
	chosen, err := s.choose(q)
	if err != nil {
		return nil, err
	}
	c := newContrast(s.Grid, both[0], both[1])
	for n, v := range chosen {
		if n%16 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c.land(v)
		c.points(v)
		c.roads(v)
	}
	return &c.Demand, nil
}

// gap is all that is without coverage, whoever could win it.
func (s *scene) gap(ctx context.Context, q *Query, t *Threshold) (*Row, error) {
	states, err := s.states(ctx, q, t)
	if err != nil {
		return nil, err
	}
	chosen, err := s.choose(q)
	if err != nil {
		return nil, err
	}
	sum, err := s.totals(ctx, q, t, states, chosen)
	if err != nil {
		return nil, err
	}
	r := &Row{}
	r.People.Gap, r.Area.Gap, r.Places.Gap, r.Road.Gap = sum.People.Gap, sum.Area.Gap, sum.Places.Gap, sum.Road.Gap
	return r, nil
}

// contrast counts, cell by cell, what differs between two states of the same
// ground.
type contrast struct {
	Demand
	now, then *counter
	changed   []uint64 // a bit a cell
	first     []uint32 // of each word: the place of its first changed cell
}

func newContrast(g *Grid, now, then *counter) *contrast {
	c := &contrast{now: now, then: then, changed: make([]uint64, g.Words()), first: make([]uint32, g.Words())}
	for _, of := range [][2]*Set{{now.covered, then.covered}, {now.known, then.known}} {
		for _, less := range []*Set{AndNot(of[0], of[1]), AndNot(of[1], of[0])} {
			for w := range c.changed {
				c.changed[w] |= less.full[w]
				if less.part != nil {
					c.changed[w] |= less.part[w]
				}
			}
		}
	}
	g.eachWord(func(w int32) {
		c.first[w] = uint32(len(c.Cells))
		each(w<<6, c.changed[w], func(i int32) { c.Cells = append(c.Cells, g.Cell(i)) })
	})
	c.Gap, c.Covered = make([]Amounts, len(c.Cells)), make([]Amounts, len(c.Cells))
	return c
}

// place returns the place of a cell of the grid among those that are changed.
func (c *contrast) place(i int32) (int, bool) {
	word, bit := c.changed[i>>6], uint64(1)<<(i&63)
	return int(c.first[i>>6]) + ones(word&(bit-1)), word&bit != 0
}

// land counts the people and the area of village v.
func (c *contrast) land(v int) {
	g := c.now.ground
	spans, pieces := g.of(v)
	all := piece{mask: whole}
	for _, s := range spans {
		area := int64(g.Grid.area[s.word])
		each(s.word<<6, s.mask&c.changed[s.word], func(i int32) {
			all.cell = i
			c.piece(&all, c.now.people.at(i), area)
		})
	}
	for k := range pieces {
		c.piece(&pieces[k], int64(c.now.people.pieces[int(g.pieceFrom[v])+k]), int64(pieces[k].area))
	}
}

func (c *contrast) piece(p *piece, people, area int64) {
	at, ok := c.place(p.cell)
	if !ok {
		return
	}
	change := func(amount int64) (gap, covered int64) {
		was, is := partOf(amount, p, c.now.cutCovered), partOf(amount, p, c.then.cutCovered)
		return partOf(amount, p, c.now.cutKnown) - was - partOf(amount, p, c.then.cutKnown) + is, is - was
	}
	gap, covered := change(people)
	c.Gap[at].People += People(gap)
	c.Covered[at].People += People(covered)
	gap, covered = change(area)
	c.Gap[at].Area += Area(gap)
	c.Covered[at].Area += Area(covered)
}

// spot tells where a spot counts and by how much it changes: the gap and what is
// covered, each by −1, 0 or 1.
func (c *contrast) spot(p spot) (at, gap, covered int, ok bool) {
	if at, ok = c.place(p.cell); !ok || !p.in(c.now.in) {
		return 0, 0, 0, false
	}
	is := func(s *Set) int { return int(s.Mask(p.cell) >> p.sub & 1) }
	was, will := is(c.now.covered), is(c.then.covered)
	return at, is(c.now.known) - was - is(c.then.known) + will, will - was, true
}

// points counts the places of village v: also those that stand out of its land,
// before the coast.
func (c *contrast) points(v int) {
	of := c.now.places
	for _, p := range of.spots[of.from[v]:of.from[v+1]] {
		if at, gap, covered, ok := c.spot(p); ok {
			c.Gap[at].Places += gap
			c.Covered[at].Places += covered
		}
	}
}

// roads counts the roads of village v.
func (c *contrast) roads(v int) {
	of := c.now.lines
	for i := of.from[v]; i < of.from[v+1]; i++ {
		s := &of.stretches[i]
		if !s.wanted(c.now.classes) {
			continue
		}
		if at, gap, covered, ok := c.spot(s.spot); ok {
			c.Gap[at].Road += Length(gap) * Length(s.length)
			c.Covered[at].Road += Length(covered) * Length(s.length)
		}
	}
}
