package coverage

// States is what is known of the cells: covered, not covered, or unknown, which
// is all the rest. With a signal that is only predicted comes an interval: Sure is
// not covered with a probability of 90 %, Maybe is not covered with 10 % at least.
type States struct {
	Covered *Set
	Not     *Set
	Sure    *Set // a subset of Not
	Maybe   *Set // holds Not, and what is covered but not surely
}

// Bytes returns how much memory the sets take; shared ones count each time.
func (s *States) Bytes() int64 {
	n := s.Covered.Bytes() + s.Not.Bytes()
	if s.Sure != s.Not {
		n += s.Sure.Bytes()
	}
	if s.Maybe != s.Not {
		n += s.Maybe.Bytes()
	}
	return n
}

// Known returns what is covered or not.
func (s *States) Known() *Set { return Or(s.Covered, s.Not) }

// certain are states without an interval.
func certain(covered, not *Set) *States {
	return &States{Covered: covered, Not: not, Sure: not, Maybe: not}
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
	return &States{
		Covered: pick(n, func(s *States) *Set { return s.Covered }),
		Not:     pick(not, func(s *States) *Set { return s.Not }),
		Sure:    pick(not, func(s *States) *Set { return s.Sure }),
		Maybe:   pick(not, func(s *States) *Set { return s.Maybe }),
	}
}

// over is a where a knows, and b elsewhere.
func over(a, b *States) *States {
	known := a.Known()
	rest := func(x, y *Set) *Set { return Or(x, AndNot(y, known)) }
	out := &States{Covered: rest(a.Covered, b.Covered), Not: rest(a.Not, b.Not)}
	out.Sure, out.Maybe = out.Not, out.Not
	if a.Sure != a.Not || b.Sure != b.Not {
		out.Sure, out.Maybe = rest(a.Sure, b.Sure), rest(a.Maybe, b.Maybe)
	}
	return out
}

// with is what s says, and covered there too: what a new tower covers stays
// not covered nowhere.
func (s *States) with(covered, likely, surely *Set) *States {
	return &States{
		Covered: Or(s.Covered, covered), Not: AndNot(s.Not, covered),
		Sure: AndNot(s.Sure, likely), Maybe: AndNot(s.Maybe, surely),
	}
}
