package routing

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// TestReachHoldsJustItsNodes is on the real roads: of all nodes the area holds
// those within the time, and no others.
func TestReachHoldsJustItsNodes(t *testing.T) {
	r, err := NewRouter(context.Background(), realRoads(t))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, 4))
	for _, v := range Vehicles() {
		for range 12 {
			place := orb.Point{112.68 + random.Float64()*.1, -7.93 + random.Float64()*.1}
			limit := int64(random.IntN(25*60_000) + 1000)
			m := r.Metric(v)
			reach, err := r.Reach(context.Background(), m, place, limit)
			if err != nil {
				t.Fatal(err)
			}
			within := map[int32]bool{}
			for _, n := range reach.Nodes {
				within[n] = true
			}
			costs := r.flood(r.adjacency, m.Weights, r.out(m.Weights, reach.Spot), far, nil).cost
			for i, p := range r.Nodes {
				if within[int32(i)] != (costs[i] <= limit) {
					t.Fatalf("node %d is %d ms away, within %d: %v", i, costs[i], limit, within[int32(i)])
				}
				if held := planar.MultiPolygonContains(reach.Area, p); held != within[int32(i)] {
					t.Fatalf("%s, %d ms from %v: node %d at %v, %d ms away, in the area: %v", v, limit, place, i, p, costs[i], held)
				}
			}
			if !planar.MultiPolygonContains(reach.Area, reach.Spot.Point) {
				t.Fatal("the start is not in the area")
			}
		}
	}
}

// TestTimesAreThoseOfAFlood compares with Dijkstra's, from and to everywhere, on
// real roads and for every vehicle.
func TestTimesAreThoseOfAFlood(t *testing.T) {
	r, err := NewRouter(context.Background(), realRoads(t))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(6, 6))
	for _, v := range Vehicles() {
		m := r.Metric(v)
		places := make([]orb.Point, 300)
		for i := range places {
			places[i] = orb.Point{112.68 + random.Float64()*.1, -7.93 + random.Float64()*.1}
		}
		spots := r.Spots(m, places)
		for _, from := range spots[:10] {
			limit := int64(random.IntN(60 * 60_000))
			costs := r.flood(r.adjacency, m.Weights, r.out(m.Weights, from), far, nil).cost
			for i, ms := range r.Times(m, from, spots, limit) {
				want := int64(far)
				for _, e := range r.into(m.Weights, spots[i]) {
					want = min(want, costs[e.node]+e.cost)
				}
				if p, ok := r.along(m.Weights, from, spots[i]); ok {
					want = min(want, p.Millis)
				}
				if want > limit || want >= far {
					want = Unreachable
				}
				if ms != want {
					t.Fatalf("%s, to %d: %d ms, flooding finds %d", v, i, ms, want)
				}
			}
		}
	}
}

func TestTimesAreThoseOfRoutes(t *testing.T) {
	r, err := NewRouter(context.Background(), realRoads(t))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 5))
	places := make([]orb.Point, 60)
	for i := range places {
		places[i] = orb.Point{112.68 + random.Float64()*.1, -7.93 + random.Float64()*.1}
	}
	places = append(places, orb.Point{0, 0})
	m := r.Metric(Car)
	spots := r.Spots(m, places)
	times := r.Times(m, spots[0], spots, math.MaxInt64)
	for i := range places {
		routes, err := r.Routes(context.Background(), m, []orb.Point{places[0], places[i]}, 0)
		if (err == nil) != (times[i] != Unreachable) || err == nil && routes[0].Millis != times[i] {
			t.Fatalf("place %d: %d ms; the route: %v, %v", i, times[i], routes, err)
		}
	}
}

func TestStepsOfARoute(t *testing.T) {
	r := router(t, []orb.Geometry{
		orb.LineString{{112.5, -8}, {112.51, -8}, {112.52, -8}},
		orb.LineString{{112.51, -8}, {112.51, -8.01}, {112.52, -8.01}},
	}, func(i int, name string) any {
		if name == "name" {
			return []string{"Jalan Raya", "Gang Melati"}[i]
		}
		return nil
	})
	routes, err := r.Routes(context.Background(), r.Metric(Car), []orb.Point{{112.502, -8}, {112.518, -8.01}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	steps := routes[0].Steps(r.Network)
	var got []Maneuver
	metres, ms := 0.0, int64(0)
	for _, s := range steps {
		got = append(got, s.Maneuver)
		metres, ms = metres+s.Metres, ms+s.Millis
	}
	if len(got) != 3 || got[0] != Depart || got[1] != Right || got[2] != Arrive {
		t.Errorf("maneuvers %v", got)
	}
	if math.Abs(metres-routes[0].Metres) > 1e-6 || ms != routes[0].Millis {
		t.Errorf("steps of %v m and %v ms for a route of %v m and %v ms", metres, ms, routes[0].Metres, routes[0].Millis)
	}
	if name := r.Roads[steps[1].Road].Name; name != "Gang Melati" || math.Abs(steps[1].Bearing-180) > 1 {
		t.Errorf("turns into %q at %v°", name, steps[1].Bearing)
	}
}
