package routing

import (
	"context"

	"github.com/paulmach/orb"
)

// Reach is what lies within a time of a place.
type Reach struct {
	Spot   Spot
	Nodes  []int32          // of the network, ascending
	Metres float64          // of road
	Area   orb.MultiPolygon // degrees: squares of about 90 m along the roads; of all nodes it holds just Nodes
}

// Reach returns what can be reached from a place within milliseconds by a metric
// of this router. The errors are OffRoad and ctx's.
func (r *Router) Reach(ctx context.Context, m *Metric, place orb.Point, limit int64) (*Reach, error) {
	spot := r.Spots(m, []orb.Point{place})[0]
	if spot.Edge == none {
		return nil, &OffRoad{}
	}
	reached := r.flood(r.adjacency, m.Weights, r.out(m.Weights, spot), limit, nil)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &Reach{Spot: spot}
	area := newBlocks()
	for node, cost := range reached.cost {
		if cost <= limit {
			out.Nodes = append(out.Nodes, int32(node))
			area.put(vertexOf(r.Nodes[node]), inside)
		}
	}
	for e := range r.Edges {
		out.Metres += r.reachEdge(m.Weights, int32(e), reached, limit, area)
	}
	r.reachStart(m.Weights, spot, limit, area)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for node, cost := range reached.cost {
		if cost > limit {
			area.put(vertexOf(r.Nodes[node]), outside)
		}
	}
	out.Area = area.outline()
	return out, nil
}

// reachEdge marks what is reached of an edge from its ends, and returns how much
// that is.
func (r *Router) reachEdge(w Weights, e int32, reached reached, limit int64, area *blocks) float64 {
	edge := r.Edges[e]
	share := func(node int32, weight uint32) float64 {
		left := limit - reached.cost[node]
		switch {
		case left < 0 || weight == Closed:
			return 0
		case weight == 0:
			return 1
		}
		return min(float64(left)/float64(weight), 1)
	}
	from, to := share(edge.From, w.Forward[e]), share(edge.To, w.Backward[e])
	if from+to >= 1 {
		from, to = 1, 0
	}
	r.markEdge(e, 0, from, area)
	r.markEdge(e, 1-to, 1, area)
	return edge.Metres * (from + to)
}

// reachStart marks what is reached of the edge that one begins on.
func (r *Router) reachStart(w Weights, s Spot, limit int64, area *blocks) {
	low, high := s.Share, s.Share
	if b := w.Backward[s.Edge]; b != Closed {
		low = max(0, s.Share-float64(limit)/max(float64(b), 1))
	}
	if f := w.Forward[s.Edge]; f != Closed {
		high = min(1, s.Share+float64(limit)/max(float64(f), 1))
	}
	r.markEdge(s.Edge, low, high, area)
}

// markEdge marks a part of an edge, every 30 m.
func (r *Router) markEdge(e int32, from, to float64, area *blocks) {
	if to <= from {
		return
	}
	const every = 30.0
	line := cutLine(r.Line(e), from*r.Edges[e].Metres, to*r.Edges[e].Metres)
	for i := 1; i < len(line); i++ {
		steps := int(Distance(line[i-1], line[i])/every) + 1
		for k := range steps + 1 {
			t := float64(k) / float64(steps)
			area.mark(vertexOf(orb.Point{line[i-1][0] + t*(line[i][0]-line[i-1][0]), line[i-1][1] + t*(line[i][1]-line[i-1][1])}))
		}
	}
}
