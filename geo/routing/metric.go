package routing

import "math"

// Metric is what the arcs of a hierarchy cost for one set of weights: immutable,
// safe for concurrent use.
type Metric struct {
	*Hierarchy
	Weights Weights

	cost [2][]int64 // by direction, up and down, and arc: milliseconds
	via  [2][]int32 // the lower node that a shortcut passes; none: an edge
	edge [2][]int32 // the edge that an arc without one is
	pool *searches
}

// The directions of an arc.
const (
	upward   = 0 // from its lower end to its higher
	downward = 1
)

// far is a cost that no way has.
const far = math.MaxInt64 / 4

// NewMetric customizes the hierarchy: the arcs of edges get their weights, and
// every arc the cost of the cheapest way through a lower node, in order of rank.
func NewMetric(h *Hierarchy, w Weights) *Metric {
	m := &Metric{Hierarchy: h, Weights: w, pool: newSearches(len(h.node))}
	for d := range 2 {
		m.cost[d], m.via[d], m.edge[d] = make([]int64, len(h.head)), make([]int32, len(h.head)), make([]int32, len(h.head))
		for a := range h.head {
			m.cost[d][a], m.via[d][a], m.edge[d][a] = far, none, none
		}
	}
	for e, a := range h.arc {
		if a == none {
			continue
		}
		forward, backward := upward, downward
		if !h.up[e] {
			forward, backward = backward, forward
		}
		m.offer(forward, a, w.Forward[e], int32(e))
		m.offer(backward, a, w.Backward[e], int32(e))
	}
	for low := range h.node {
		m.shortcuts(int32(low))
	}
	return m
}

func (m *Metric) offer(direction int, arc int32, weight uint32, edge int32) {
	if weight != Closed && int64(weight) < m.cost[direction][arc] {
		m.cost[direction][arc], m.edge[direction][arc] = int64(weight), edge
	}
}

// shortcuts offers each arc between two higher neighbours of a node the way
// through it. The arcs of the lower of the two are walked beside the node's own:
// both are in order of rank.
func (m *Metric) shortcuts(low int32) {
	own := m.first[low+1]
	for a := m.first[low]; a < own; a++ {
		middle := m.head[a]
		at := m.first[middle]
		for b := a + 1; b < own; b++ {
			for m.head[at] < m.head[b] {
				at++
			}
			if c := m.cost[downward][a] + m.cost[upward][b]; c < m.cost[upward][at] {
				m.cost[upward][at], m.via[upward][at] = c, low
			}
			if c := m.cost[downward][b] + m.cost[upward][a]; c < m.cost[downward][at] {
				m.cost[downward][at], m.via[downward][at] = c, low
			}
		}
	}
}

// step is one edge of a way.
type step struct {
	edge    int32
	forward bool
}

// unpack appends the edges of an arc, in the order in which they are travelled.
func (m *Metric) unpack(direction int, low, arc int32, way []step) []step {
	via := m.via[direction][arc]
	if via == none {
		e := m.edge[direction][arc]
		return append(way, step{e, m.up[e] == (direction == upward)})
	}
	high := m.head[arc]
	first, second := m.find(via, low), m.find(via, high)
	if direction == downward {
		first, second = second, first
	}
	way = m.unpack(downward, via, first, way)
	return m.unpack(upward, via, second, way)
}
