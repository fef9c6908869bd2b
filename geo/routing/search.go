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
	cost    []int64
	arc     []int32 // by which a node was reached; none: the query began there
	low     []int32 // the lower end of that arc
	touched []int32 // nodes, ascending by rank
}

type both struct{ from, to climb }

func newBoth(nodes int) *both {
	return &both{newClimb(nodes), newClimb(nodes)}
}

func newClimb(nodes int) climb {
	c := climb{cost: make([]int64, nodes), arc: make([]int32, nodes), low: make([]int32, nodes)}
	for i := range c.cost {
		c.cost[i] = far
	}
	return c
}

func (c *climb) clear() {
	for _, n := range c.touched {
		c.cost[n] = far
	}
	c.touched = c.touched[:0]
}

// begin makes a node a start of the climb.
func (c *climb) begin(rank int32, cost int64) {
	if cost < c.cost[rank] {
		c.cost[rank], c.arc[rank] = cost, none
	}
}

// climb relaxes the arcs of all ancestors of the starts, lowest first: in the
// elimination tree whatever lies above a node is on the path to its root.
func (m *Metric) climb(c *climb, paths []int32, direction int) {
	for {
		n := none
		for _, p := range paths {
			if p != none && (n == none || p < n) {
				n = p
			}
		}
		if n == none {
			return
		}
		for i, p := range paths {
			if p == n {
				paths[i] = m.parent[n]
			}
		}
		c.touched = append(c.touched, n)
		base := c.cost[n]
		if base >= far {
			continue
		}
		for a := m.first[n]; a < m.first[n+1]; a++ {
			if cost := base + m.cost[direction][a]; cost < c.cost[m.head[a]] {
				c.cost[m.head[a]], c.arc[m.head[a]], c.low[m.head[a]] = cost, a, n
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
	m.begin(&s.from, starts, upward)
	m.begin(&s.to, ends, downward)
	var met []entry // by rank here
	best := int64(far)
	for _, n := range s.from.touched {
		if c := s.from.cost[n] + s.to.cost[n]; c < far {
			met = append(met, entry{n, c})
			best = min(best, c)
		}
	}
	slices.SortFunc(met, func(a, b entry) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.node, a.node)) })
	var ways []way
	for i, e := range met {
		if i > others || i > 0 && float64(e.cost) > limit*float64(best) {
			break
		}
		ways = append(ways, way{m.trace(s, e.node), e.cost})
	}
	return ways
}

func (m *Metric) begin(c *climb, all []entry, direction int) {
	ranks := make([]int32, len(all))
	for i, e := range all {
		ranks[i] = m.rank[e.node]
		c.begin(ranks[i], e.cost)
	}
	m.climb(c, ranks, direction)
}

// trace returns the edges of the way over a node where both climbs met.
func (m *Metric) trace(s *both, top int32) []step {
	type leg struct{ low, arc int32 }
	var legs []leg
	for n := top; s.from.arc[n] != none; n = s.from.low[n] {
		legs = append(legs, leg{s.from.low[n], s.from.arc[n]})
	}
	var steps []step
	for i := len(legs) - 1; i >= 0; i-- {
		steps = m.unpack(upward, legs[i].low, legs[i].arc, steps)
	}
	for n := top; s.to.arc[n] != none; n = s.to.low[n] {
		steps = m.unpack(downward, s.to.low[n], s.to.arc[n], steps)
	}
	return steps
}
