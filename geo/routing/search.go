package routing

import (
	"cmp"
	"slices"
	"sync"
)

// searches lends out what a query writes to.
type searches struct{ pool sync.Pool }

func newSearches(nodes int) *searches {
	return &searches{sync.Pool{New: func() any { return newBoth(nodes) }}}
}

// A climb is one half of a query: the costs from the start up the hierarchy, or
// down it to the end.
type climb struct {
	at      []label // by rank
	touched []int32 // nodes, ascending by rank
}

// A label is what a climb knows of a node.
type label struct {
	cost int64
	arc  int32 // by which it was reached; none: the query began there
	low  int32 // the lower end of that arc
}

type both struct{ from, to climb }

func newBoth(nodes int) *both {
	return &both{newClimb(nodes), newClimb(nodes)}
}

func newClimb(nodes int) climb {
	c := climb{at: make([]label, nodes)}
	for i := range c.at {
		c.at[i].cost = far
	}
	return c
}

func (c *climb) clear() {
	for _, n := range c.touched {
		c.at[n].cost = far
	}
	c.touched = c.touched[:0]
}

// begin makes a node a start of the climb.
func (c *climb) begin(rank int32, cost int64) {
	if at := &c.at[rank]; cost < at.cost {
		at.cost, at.arc = cost, none
	}
}

// climb relaxes the arcs of all ancestors of the starts, lowest first: in the
// elimination tree whatever lies above a node is on the path to its root.
func (m *Metric) climb(c *climb, paths []int32, direction int) {
	for n := lowest(paths); n != none; n = lowest(paths) {
		m.pass(paths, n)
		c.touched = append(c.touched, n)
		m.relax(c, n, direction)
	}
}

// lowest is the lowest node that paths have reached; none: all are at their end.
func lowest(paths []int32) int32 {
	n := none
	for _, p := range paths {
		if p != none && (n == none || p < n) {
			n = p
		}
	}
	return n
}

// pass leads the paths that have reached a node on, and reports whether any had.
func (m *Metric) pass(paths []int32, n int32) bool {
	any := false
	for i, p := range paths {
		if p == n {
			paths[i], any = m.parent[n], true
		}
	}
	return any
}

func (m *Metric) relax(c *climb, n int32, direction int) {
	base := c.at[n].cost
	if base >= far {
		return
	}
	first, end := m.first[n], m.first[n+1]
	heads, costs := m.head[first:end], m.cost[direction][first:end]
	costs = costs[:len(heads)]
	for i, head := range heads {
		if cost, at := base+costs[i], &c.at[head]; cost < at.cost {
			*at = label{cost, first + int32(i), n}
		}
	}
}

// meet climbs from both sides at once, lowest node first, and returns the cost of
// the cheapest way. What costs more from its side than limit times the best way so
// far is not followed: neither is a way over it worth looking at.
func (m *Metric) meet(s *both, from, to []int32, limit float64) (best int64) {
	best = far
	bound := best
	for {
		n, other := lowest(from), lowest(to)
		if n == none || other != none && other < n {
			n = other
		}
		if n == none {
			return best
		}
		up, down := m.pass(from, n), m.pass(to, n)
		a, b := s.from.at[n].cost, s.to.at[n].cost
		if a+b < best {
			best = a + b
			bound = max(best, int64(limit*float64(best)))
		}
		if up {
			s.from.touched = append(s.from.touched, n)
			if a <= bound {
				m.relax(&s.from, n, upward)
			}
		}
		if down {
			s.to.touched = append(s.to.touched, n)
			if b <= bound {
				m.relax(&s.to, n, downward)
			}
		}
	}
}

// An entry is a node where a way may begin or end, and what it costs to be there.
type entry struct {
	node int32 // of the network
	cost int64
}

// A way is the edges between two entries, and their cost with those of the
// entries.
type way struct {
	steps []step
	cost  int64
}

// between returns the cheapest way from one of the starts to one of the ends,
// and the cheapest ways over each of the other nodes where the climbs meet, at
// most others of them and none that costs more than limit times the first.
func (m *Metric) between(starts, ends []entry, others int, limit float64) []way {
	s := m.pool.pool.Get().(*both)
	defer func() {
		s.from.clear()
		s.to.clear()
		m.pool.pool.Put(s)
	}()
	if others == 0 {
		limit = 1
	}
	best := m.meet(s, m.starts(&s.from, starts), m.starts(&s.to, ends), limit)
	var met []entry // by rank here
	for _, n := range s.from.touched {
		if c := s.from.at[n].cost + s.to.at[n].cost; c < far && float64(c) <= limit*float64(best) {
			met = append(met, entry{n, c})
		}
	}
	slices.SortFunc(met, func(a, b entry) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.node, a.node)) })
	var ways []way
	for i, e := range met {
		if i > others {
			break
		}
		ways = append(ways, way{m.trace(s, e.node), e.cost})
	}
	return ways
}

// starts begins a climb at all of some entries, and returns their ranks.
func (m *Metric) starts(c *climb, all []entry) []int32 {
	ranks := make([]int32, len(all))
	for i, e := range all {
		ranks[i] = m.rank[e.node]
		c.begin(ranks[i], e.cost)
	}
	return ranks
}

// trace returns the edges of the way over a node where both climbs met.
func (m *Metric) trace(s *both, top int32) []step {
	type leg struct{ low, arc int32 }
	var legs []leg
	for n := top; s.from.at[n].arc != none; n = s.from.at[n].low {
		legs = append(legs, leg{s.from.at[n].low, s.from.at[n].arc})
	}
	var steps []step
	for i := len(legs) - 1; i >= 0; i-- {
		steps = m.unpack(upward, legs[i].low, legs[i].arc, steps)
	}
	for n := top; s.to.at[n].arc != none; n = s.to.at[n].low {
		steps = m.unpack(downward, s.to.at[n].low, s.to.at[n].arc, steps)
	}
	return steps
}
