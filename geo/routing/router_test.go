package routing

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

func router(t testing.TB, lines []orb.Geometry, set func(i int, name string) any) *Router {
	t.Helper()
	r, err := NewRouter(context.Background(), roadsLayer(t, lines, set))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRoutesBetweenPlaces compares routes between places beside the roads with
// Dijkstra's from the ends of their edges, and their lines with their lengths.
func TestRoutesBetweenPlaces(t *testing.T) {
	r, err := NewRouter(context.Background(), realRoads(t))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(2, 2))
	found, alternatives := 0, 0
	for range 300 {
		places := []orb.Point{{112.68 + random.Float64()*.1, -7.93 + random.Float64()*.1}, {112.68 + random.Float64()*.1, -7.93 + random.Float64()*.1}}
		m := r.Metric(Motorcycle)
		routes, err := r.Routes(context.Background(), m, places, 2)
		if errors.Is(err, ErrNoRoute) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		found++
		alternatives += len(routes) - 1
		from, to := routes[0].Spots[0], routes[0].Spots[1]
		reached := r.flood(r.adjacency, m.Weights, r.out(m.Weights, from), far, nil)
		best := int64(far)
		for _, e := range r.into(m.Weights, to) {
			best = min(best, reached.cost[e.node]+e.cost)
		}
		if p, ok := r.along(m.Weights, from, to); ok {
			best = min(best, p.Millis)
		}
		if routes[0].Millis != best {
			t.Fatalf("%v takes %d ms, Dijkstra says %d", places, routes[0].Millis, best)
		}
		for _, route := range routes {
			line := route.Line(r.Network)
			if d := math.Abs(Length(line) - route.Metres); d > 0.5+snapping*float64(len(route.Pieces)) {
				t.Fatalf("a line of %.1f m for a route of %.1f m", Length(line), route.Metres)
			}
			if Distance(line[0], from.Point) > .1 || Distance(line[len(line)-1], to.Point) > .1 {
				t.Fatalf("the line goes from %v to %v, not from %v to %v", line[0], line[len(line)-1], from.Point, to.Point)
			}
			if route.Millis < best {
				t.Fatal("an alternative is better than the best")
			}
		}
	}
	t.Logf("%d of 300 routes found, %d alternatives", found, alternatives)
	if found < 250 || alternatives < 50 {
		t.Errorf("%d routes with %d alternatives", found, alternatives)
	}
}

func TestNoding(t *testing.T) {
	cross := []orb.Geometry{
		orb.LineString{{112.5, -8.001}, {112.5, -7.999}}, // they cross between vertices
		orb.LineString{{112.499, -8}, {112.501, -8}},
	}
	for _, test := range []struct {
		name  string
		lines []orb.Geometry
		set   func(i int, name string) any
		parts int
		edges int
	}{
		{"a crossing", cross, nil, 1, 4},
		{"a bridge passes over", cross, func(i int, name string) any {
			if name == "bridge" {
				return i == 0
			}
			return nil
		}, 2, 2},
		{"a T, its end on the other road", []orb.Geometry{cross[1], orb.LineString{{112.5, -8}, {112.5, -7.99}}}, nil, 1, 3},
		{"an end a metre short", []orb.Geometry{cross[1], orb.LineString{{112.5, -7.99999}, {112.5, -7.99}}}, nil, 1, 3},
		{"an end ten metres short", []orb.Geometry{cross[1], orb.LineString{{112.5, -7.9999}, {112.5, -7.99}}}, nil, 2, 2},
		{"ends a metre apart", []orb.Geometry{orb.LineString{{112.5, -8}, {112.51, -8}}, orb.LineString{{112.51001, -8}, {112.52, -8}}}, nil, 1, 2},
		{"a bridge meets roads at its ends", []orb.Geometry{orb.LineString{{112.5, -8}, {112.51, -8}}, orb.LineString{{112.51, -8}, {112.52, -8}}}, func(i int, name string) any {
			if name == "bridge" {
				return i == 0
			}
			return nil
		}, 1, 2},
		{"a road along another", []orb.Geometry{orb.LineString{{112.5, -8}, {112.53, -8}}, orb.LineString{{112.51, -8}, {112.52, -8}}}, nil, 1, 4},
		{"a figure of eight", []orb.Geometry{orb.LineString{{112.5, -8}, {112.51, -8.01}, {112.51, -8}, {112.5, -8.01}}}, nil, 1, 3},
		{"three through one place", []orb.Geometry{cross[0], cross[1], orb.LineString{{112.499, -8.001}, {112.501, -7.999}}}, nil, 1, 6},
		{"a line of one place is none", []orb.Geometry{orb.LineString{{112.5, -8}, {112.5, -8}}}, nil, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			n, err := Build(context.Background(), roadsLayer(t, test.lines, test.set))
			if err != nil {
				t.Fatal(err)
			}
			if len(n.Components()) != test.parts || len(n.Edges) != test.edges {
				t.Errorf("%v; want %d parts and %d edges", n, test.parts, test.edges)
			}
		})
	}
}

func TestWhyThereIsNoRoute(t *testing.T) {
	r := router(t, []orb.Geometry{
		orb.LineString{{112.5, -8}, {112.51, -8}},
		orb.LineString{{112.5, -8.1}, {112.51, -8.1}},
		orb.LineString{{112.6, -8.1}, {112.61, -8.1}},
	}, func(i int, name string) any {
		if name == "oneway" {
			return i == 2
		}
		return nil
	})
	m := r.Metric(Car)
	ask := func(a, b orb.Point) error {
		_, err := r.Routes(context.Background(), m, []orb.Point{a, b}, 0)
		return err
	}
	var off *OffRoad
	if err := ask(orb.Point{112.5, -8}, orb.Point{0, 0}); !errors.As(err, &off) || off.Place != 1 {
		t.Errorf("a place far off: %v", err)
	}
	var none *NoRoute
	if err := ask(orb.Point{112.502, -8}, orb.Point{112.502, -8.1}); !errors.As(err, &none) || none.FromPart == none.ToPart || math.Abs(none.FromMetres-1102) > 5 {
		t.Errorf("two parts: %v", err)
	}
	if err := ask(orb.Point{112.607, -8.1}, orb.Point{112.602, -8.1}); !errors.As(err, &none) || none.FromPart != none.ToPart {
		t.Errorf("against a one-way road: %v", err)
	}
	routes, err := r.Routes(context.Background(), m, []orb.Point{{112.505, -8}, {112.505, -8}}, 2)
	if err != nil || len(routes) != 1 || routes[0].Metres != 0 {
		t.Errorf("from a place to itself: %v, %v", routes, err)
	}
	routes, err = r.Routes(context.Background(), m, []orb.Point{{112.502, -8}, {112.508, -8}, {112.504, -8}}, 2)
	if err != nil || len(routes) != 1 || math.Abs(routes[0].Metres-(661+441)) > 3 {
		t.Errorf("over a place: %v, %v", routes, err)
	}
}
