package routing

import "github.com/paulmach/orb"

// Spots finds the places on the network nearest to points that a metric's vehicle
// may use; a point without one within MaxOffRoad has an Edge below zero.
func (r *Router) Spots(m *Metric, points []orb.Point) []Spot {
	spots := make([]Spot, len(points))
	for i, p := range points {
		spot, ok := r.Nearest(p, MaxOffRoad, func(e int32) bool { return m.Weights.Forward[e] != Closed || m.Weights.Backward[e] != Closed })
		if !ok {
			spot.Edge = none
		}
		spots[i] = spot
	}
	return spots
}

// Unreachable is the time to a spot to which there is no way.
const Unreachable = int64(-1)

// Times returns the milliseconds from one spot to each of the others, at most
// limit; Unreachable for those farther away. It is one climb from the start, and
// descents that share what they pass.
func (r *Router) Times(m *Metric, from Spot, to []Spot, limit int64) []int64 {
	times := make([]int64, len(to))
	if from.Edge == none {
		for i := range times {
			times[i] = Unreachable
		}
		return times
	}
	s := m.pool.pool.Get().(*both)
	defer func() {
		s.from.clear()
		s.to.clear()
		m.pool.pool.Put(s)
	}()
	m.climb(&s.from, m.starts(&s.from, r.out(m.Weights, from)), upward)
	for i, spot := range to {
		best := int64(far)
		if spot.Edge != none {
			for _, e := range r.into(m.Weights, spot) {
				best = min(best, m.descend(s, m.rank[e.node])+e.cost)
			}
			if p, ok := r.along(m.Weights, from, spot); ok {
				best = min(best, p.Millis)
			}
		}
		if times[i] = best; best > limit || best >= far {
			times[i] = Unreachable
		}
	}
	return times
}

// noWay is the cost of a node of a descent that is known to have no way to it.
const noWay = far + 1

// descend returns the cost of the way from where a climb began to a node: over
// one of its higher neighbours, which all are its ancestors, unless it was climbed
// over itself. What is found is kept with the search.
func (m *Metric) descend(s *both, node int32) int64 {
	known := &s.to
	var above []int32 // the ancestors that are not known yet, the node first
	for n := node; n != none && known.at[n].cost == far; n = m.parent[n] {
		above = append(above, n)
	}
	for i := len(above) - 1; i >= 0; i-- {
		n := above[i]
		best := s.from.at[n].cost
		for a := m.first[n]; a < m.first[n+1]; a++ {
			best = min(best, known.at[m.head[a]].cost+m.cost[downward][a])
		}
		if best >= far {
			best = noWay
		}
		known.at[n].cost = best
		known.touched = append(known.touched, n)
	}
	return known.at[node].cost
}
