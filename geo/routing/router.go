package routing

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Router answers questions about one network. It is safe for concurrent use.
type Router struct {
	*Network
	hierarchy *Hierarchy
	adjacency topologyEdges

	mu      sync.Mutex
	metrics map[Vehicle]*Metric
}

// NewRouter nodes and orders the roads of a layer. The error is ctx's.
func NewRouter(ctx context.Context, roads *geo.Layer) (*Router, error) {
	n, err := Build(ctx, roads)
	if err != nil {
		return nil, fmt.Errorf("noding the roads: %w", err)
	}
	h, err := NewHierarchy(ctx, n)
	if err != nil {
		return nil, fmt.Errorf("ordering the roads: %w", err)
	}
	return &Router{Network: n, hierarchy: h, adjacency: newTopologyEdges(len(n.Nodes), n.Edges), metrics: map[Vehicle]*Metric{}}, nil
}

// Metric is the network priced for a vehicle, by time alone.
func (r *Router) Metric(v Vehicle) *Metric {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.metrics[v]
	if m == nil {
		m = NewMetric(r.hierarchy, r.Weigh(v, nil))
		r.metrics[v] = m
	}
	return m
}

// Minding is the network priced for a vehicle by those who mind more than time:
// see Weigh.
func (r *Router) Minding(v Vehicle, factor func(edge int32) float64) *Metric {
	return NewMetric(r.hierarchy, r.Weigh(v, factor))
}

// Limits of a route.
const (
	MaxVia      = 20
	MaxOffRoad  = 10_000 // metres from a place to the nearest road
	alternative = 1.4    // times the cost of the best that an alternative may cost
	shared      = 0.75   // of its time that an alternative may share with a better one
	looked      = 200    // ways over other nodes that are looked at for alternatives
)

// Errors of a route; test with errors.Is.
var (
	ErrOffRoad = errors.New("no road near")
	ErrNoRoute = errors.New("no way on the roads")
)

// OffRoad says which place has no road of the vehicle near it.
type OffRoad struct{ Place int }

func (e *OffRoad) Error() string {
	return fmt.Sprintf("place %d: no road that may be used within %d m", e.Place+1, MaxOffRoad)
}

// Is makes it ErrOffRoad.
func (e *OffRoad) Is(target error) bool { return target == ErrOffRoad }

// NoRoute says between which places there is no way, and the parts of the network
// they are in: the same part when only one-way roads stand between.
type NoRoute struct {
	From, To             int // places
	FromPart, ToPart     int
	FromMetres, ToMetres float64 // of road in those parts
}

func (e *NoRoute) Error() string {
	if e.FromPart == e.ToPart {
		return fmt.Sprintf("places %d and %d: no way in this direction", e.From+1, e.To+1)
	}
	return fmt.Sprintf("places %d and %d: their roads do not hang together; %.1f and %.1f km of road do with each", e.From+1, e.To+1, e.FromMetres/1000, e.ToMetres/1000)
}

// Is makes it ErrNoRoute.
func (e *NoRoute) Is(target error) bool { return target == ErrNoRoute }

// Piece is a part of an edge that a route travels.
type Piece struct {
	Edge    int32
	Forward bool    // from the edge's From to its To
	Start   float64 // shares of the edge's metres, as travelled: Start > End when backward
	End     float64
	Millis  int64
}

// Route is a way over places, from the first to the last.
type Route struct {
	Pieces []Piece
	Spots  []Spot // where it meets the road at each place
	Metres float64
	Millis int64
}

// Routes returns the best route over the places by a metric, which must be of
// this router, and up to most alternatives to it when there are two places. The
// errors are OffRoad, NoRoute and ctx's.
func (r *Router) Routes(ctx context.Context, m *Metric, places []orb.Point, most int) ([]Route, error) {
	spots := make([]Spot, len(places))
	for i, p := range places {
		spot, ok := r.Nearest(p, MaxOffRoad, func(e int32) bool { return m.Weights.Forward[e] != Closed || m.Weights.Backward[e] != Closed })
		if !ok {
			return nil, &OffRoad{i}
		}
		spots[i] = spot
	}
	if len(places) != 2 {
		most = 0
	}
	routes := []Route{{Spots: spots}}
	for i := 1; i < len(spots); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found := r.leg(m, spots[i-1], spots[i], most)
		if len(found) == 0 {
			return nil, r.apart(i, spots[i-1], spots[i])
		}
		for k, pieces := range found {
			if k == len(routes) {
				routes = append(routes, Route{Spots: spots})
			}
			routes[k].Pieces = append(routes[k].Pieces, pieces...)
		}
	}
	for k := range routes {
		for _, p := range routes[k].Pieces {
			routes[k].Metres += r.Edges[p.Edge].Metres * max(p.End-p.Start, p.Start-p.End)
			routes[k].Millis += p.Millis
		}
	}
	return routes, nil
}

func (r *Router) apart(to int, a, b Spot) error {
	e := &NoRoute{From: to - 1, To: to}
	e.FromPart, e.FromMetres = r.Component(r.Edges[a.Edge].From)
	e.ToPart, e.ToMetres = r.Component(r.Edges[b.Edge].From)
	return e
}
