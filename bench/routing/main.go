// Command routing measures routes on real roads: the components of the network
// before and after noding, a thousand random routes against Dijkstra's cost by
// cost, and pgRouting on the same graph with the same costs in the same run.
//
//	go run ./bench/routing FOLDER    the folder of the test data
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/routing"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: routing FOLDER")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, folder string) error {
	for _, network := range []struct {
		name string
		read func(context.Context, string) (*geo.Layer, error)
		path string
	}{
		{"Lawang, Singosari and Jabung", readRoads, "malang/roads_lawang_singosari_jabung.geojson"},
		{"Monaco", readOSM, "osm/monaco-latest.osm.pbf"},
		{"Liechtenstein", readOSM, "osm/liechtenstein-2013-08-03.osm.pbf"},
	} {
		roads, err := network.read(ctx, filepath.Join(folder, network.path))
		if err != nil {
			return fmt.Errorf("%s: %w", network.name, err)
		}
		fmt.Printf("%s: %d roads\n", network.name, roads.Len())
		if err := measure(ctx, roads); err != nil {
			return fmt.Errorf("%s: %w", network.name, err)
		}
	}
	return nil
}

func measure(ctx context.Context, roads *geo.Layer) error {
	ends, vertices := partsAsDrawn(roads)
	start := time.Now()
	router, err := routing.NewRouter(ctx, roads)
	if err != nil {
		return err
	}
	ready := time.Since(start)
	parts := router.Components()
	fmt.Printf("  components: %d joined at ends as drawn, %d at any common vertex; noded: %v, %.1f %% of it in the longest; ready in %v\n",
		ends, vertices, router.Network, 100*parts[0]/sum(parts), ready.Round(time.Millisecond))
	start = time.Now()
	metric := router.Metric(routing.Motorcycle)
	fmt.Printf("  prices for a vehicle in %v\n", time.Since(start).Round(time.Millisecond))
	pairs, costs, err := thousand(ctx, router, metric)
	if err != nil {
		return err
	}
	return pgRouting(ctx, router, metric, pairs, costs)
}

func sum(all []float64) (s float64) {
	for _, v := range all {
		s += v
	}
	return s
}

// thousand asks for random routes between crossings and compares their costs with
// those of Dijkstra's algorithm.
func thousand(ctx context.Context, router *routing.Router, m *routing.Metric) (pairs [][2]int32, costs []int64, err error) {
	random := rand.New(rand.NewPCG(6, 6))
	var ours, theirs []time.Duration
	open, stacked := 0, 0
	reference := newDijkstra(router, m)
	for range 1000 {
		pair := [2]int32{int32(random.IntN(len(router.Nodes))), int32(random.IntN(len(router.Nodes)))}
		places := []orb.Point{router.Nodes[pair[0]], router.Nodes[pair[1]]}
		start := time.Now()
		routes, err := router.Routes(ctx, m, places, 0)
		ours = append(ours, time.Since(start))
		if err != nil && !errors.Is(err, routing.ErrNoRoute) {
			return nil, nil, err
		}
		cost := routing.Unreachable
		if err == nil {
			cost = routes[0].Millis
			open++
		}
		start = time.Now()
		want := reference.from(pair[0])[pair[1]]
		theirs = append(theirs, time.Since(start))
		if want == nowhere {
			want = routing.Unreachable
		}
		switch {
		case cost == want:
		case onAnother(router, pair[0]) || onAnother(router, pair[1]):
			stacked++
		default:
			return nil, nil, fmt.Errorf("from %v to %v: %d ms, Dijkstra says %d", places[0], places[1], cost, want)
		}
		pairs, costs = append(pairs, pair), append(costs, cost)
	}
	fmt.Printf("  1000 random routes, %d open: all cost what Dijkstra's do (%d begin or end where no vehicle of this kind may be, or on two levels); with their edges p50 %v, p95 %v; Dijkstra's costs alone p50 %v\n",
		open, stacked, at(ours, 0.5), at(ours, 0.95), at(theirs, 0.5))
	return pairs, costs, nil
}

// at is a quantile.
func at(all []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[int(q*float64(len(sorted)-1))].Round(time.Microsecond)
}

// partsAsDrawn counts the components when lines are joined only where the ends of
// two are the same place, and where any vertices of theirs are.
func partsAsDrawn(roads *geo.Layer) (ends, vertices int) {
	count := func(of func(orb.LineString) orb.LineString) int {
		var all []orb.LineString
		for i := range roads.Len() {
			switch g := roads.Geometry(i).(type) {
			case orb.LineString:
				all = append(all, g)
			case orb.MultiLineString:
				all = append(all, g...)
			}
		}
		parent := make([]int, len(all))
		for i := range parent {
			parent[i] = i
		}
		find := func(i int) int {
			for parent[i] != i {
				parent[i] = parent[parent[i]]
				i = parent[i]
			}
			return i
		}
		first := map[orb.Point]int{}
		for i, line := range all {
			for _, p := range of(line) {
				if k, ok := first[p]; ok {
					parent[find(i)] = find(k)
				} else {
					first[p] = i
				}
			}
		}
		n := 0
		for i := range parent {
			if find(i) == i {
				n++
			}
		}
		return n
	}
	return count(func(l orb.LineString) orb.LineString { return orb.LineString{l[0], l[len(l)-1]} }),
		count(func(l orb.LineString) orb.LineString { return l })
}
