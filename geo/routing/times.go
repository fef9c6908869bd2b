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
// limit; Unreachable for those farther away.
func (r *Router) Times(m *Metric, from Spot, to []Spot, limit int64) []int64 {
	times := make([]int64, len(to))
	var reached reached
	if from.Edge != none {
		reached = r.flood(r.adjacency, m.Weights, r.out(m.Weights, from), limit, nil)
	}
	for i, s := range to {
		best := int64(far)
		if from.Edge != none && s.Edge != none {
			for _, e := range r.into(m.Weights, s) {
				best = min(best, reached.cost[e.node]+e.cost)
			}
			if p, ok := r.along(m.Weights, from, s); ok {
				best = min(best, p.Millis)
			}
		}
		if times[i] = best; best > limit || best >= far {
			times[i] = Unreachable
		}
	}
	return times
}
