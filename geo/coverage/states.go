package coverage

import "slices"

// States is what is known of the cells: covered, not covered, or unknown, which
// is all the rest. Where a signal is only predicted, Levels tell with what
// probability a cell is not covered.
type States struct {
	Covered *Set
	Not     *Set
	Levels  *Levels // nil: what is not covered is so for certain
}

// Levels are sets of what is not covered with a probability of at least 90, 70, 30
// and 10 %, each within the next; Not is the one of 50 %. A fifth of the people in
// each of the five are as many as are expected without coverage: these are the
// middles of five equal steps of probability.
type Levels [4]*Set

// The outermost levels, which are the ends of the interval.
const (
	sure  = 0 // 90 %
	maybe = len(Levels{}) - 1
)

// level returns a level of the states; without any it is Not.
func (s *States) level(i int) *Set {
	if s.Levels == nil {
		return s.Not
	}
	return s.Levels[i]
}

// leveled gives states the levels that are made of others', where these have any.
func (s *States) leveled(of []*States, combine func(level func(*States) *Set) *Set) *States {
	if !slices.ContainsFunc(of, func(o *States) bool { return o.Levels != nil }) {
		return s
	}
	s.Levels = &Levels{}
	for i := range s.Levels {
		s.Levels[i] = combine(func(o *States) *Set { return o.level(i) })
	}
	return s
}

// Bytes returns how much memory the sets take; shared ones count each time.
func (s *States) Bytes() int64 {
	n := s.Covered.Bytes() + s.Not.Bytes()
	if s.Levels != nil {
		for _, l := range s.Levels {
			n += l.Bytes()
		}
	}
	return n
}

// Known returns what is covered or not.
func (s *States) Known() *Set { return Or(s.Covered, s.Not) }

// certain are states without an interval.
func certain(covered, not *Set) *States {
	return &States{Covered: covered, Not: not}
}

func unknownStates(g *Grid) *States { none := g.None(); return certain(none, none) }

// atLeast is covered where n or more of the states are, not covered where even
// all unknown ones together could not make n, and unknown elsewhere (Kleene's
// logic: any is n = 1, all is n = len). No states at all know nothing.
func atLeast(g *Grid, n int, all []*States) *States {
	switch {
	case len(all) == 0:
		return unknownStates(g)
	case len(all) == 1 && n == 1:
		return all[0]
	case n > len(all):
		return certain(g.None(), g.All())
	}
	pick := func(n int, of func(*States) *Set) *Set {
		sets := make([]*Set, len(all))
		for i, s := range all {
			sets[i] = of(s)
		}
		return AtLeast(n, sets...)
	}
	not := len(all) - n + 1
	st := &States{
		Covered: pick(n, func(s *States) *Set { return s.Covered }),
		Not:     pick(not, func(s *States) *Set { return s.Not }),
	}
	return st.leveled(all, func(of func(*States) *Set) *Set { return pick(not, of) })
}

// over is a where a knows, and b elsewhere.
func over(a, b *States) *States {
	known := a.Known()
	rest := func(x, y *Set) *Set { return Or(x, AndNot(y, known)) }
	out := &States{Covered: rest(a.Covered, b.Covered), Not: rest(a.Not, b.Not)}
	return out.leveled([]*States{a, b}, func(of func(*States) *Set) *Set { return rest(of(a), of(b)) })
}

// with is what s says, and covered there too: what a new tower covers stays
// not covered nowhere.
func (s *States) with(covered *Set, levels *Levels) *States {
	out := &States{Covered: Or(s.Covered, covered), Not: AndNot(s.Not, covered), Levels: &Levels{}}
	for i := range levels {
		out.Levels[i] = AndNot(s.level(i), levels[i])
	}
	return out
}
