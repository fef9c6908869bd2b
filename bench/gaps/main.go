// Command gaps measures gap queries over the regency: warm and cold, against the
// same answer by ST_Intersection in PostGIS, and how much memory the grid takes
// for the regency and for a country of the size of Indonesia.
//
//	go run ./bench/gaps [-country]
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

func main() {
	country := flag.Bool("country", false, "also lay a country of 83,402 villages on the lattice (takes a minute and 4 GB)")
	flag.Parse()
	if err := run(context.Background(), *country); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// queries combine everything that can be asked.
func queries() []*coverage.Query {
	var all []*coverage.Query
	for _, technology := range []string{"2g", "4g", "5g", "any"} {
		for _, operator := range []string{"any", "all", "2", "Telkomsel"} {
			for _, evidence := range []string{"best", "claimed", "modelled"} {
				for _, rest := range []string{"", "&near_road=500", "&season=holiday", "&district=35.07.29", "&filter=population%20%3E%205000", "&min_rsrp=-100"} {
					v, _ := url.ParseQuery("technology=" + technology + "&operator=" + operator + "&evidence=" + evidence + rest)
					if q, err := coverage.ParseQuery(v); err == nil {
						all = append(all, q)
					}
				}
			}
		}
	}
	return all
}

func run(ctx context.Context, country bool) error {
	snap, err := bundled(ctx)
	if err != nil {
		return err
	}
	e, err := measure(ctx, snap)
	if err != nil {
		return err
	}
	if err := against(ctx, e, snap); err != nil {
		return err
	}
	if err := size(ctx, "regency", snap.Layer("villages")); err != nil {
		return err
	}
	hilly, err := overTerrain(snap)
	if err != nil {
		return err
	}
	fmt.Println("over a terrain of volcanoes and with a raster of people:")
	if _, err := measure(ctx, hilly); err != nil {
		return err
	}
	stops(hilly)
	if !country {
		return nil
	}
	return wholeCountry(ctx)
}

// measure warms a snapshot and asks everything twice.
func measure(ctx context.Context, snap *geo.Snapshot) (*coverage.Engine, error) {
	e := coverage.New(coverage.Options{Model: coverage.ModelOf})
	start := time.Now()
	if err := e.Warm(ctx, snap); err != nil {
		return nil, err
	}
	fmt.Printf("a new snapshot is warm after %v, in the background\n", time.Since(start).Round(time.Millisecond))

	all := queries()
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	ask := func() ([]time.Duration, error) {
		times := make([]time.Duration, len(all))
		for i, q := range all {
			start := time.Now()
			if _, err := e.Gaps(ctx, snap, q); err != nil {
				return nil, err
			}
			times[i] = time.Since(start)
		}
		slices.Sort(times)
		return times, nil
	}
	for _, name := range []string{"cold: asked for the first time", "warm: asked before"} {
		times, err := ask()
		if err != nil {
			return nil, err
		}
		n := len(times)
		fmt.Printf("%-32s %d queries over %d villages: p50 %v, p95 %v, worst %v\n", name, n, snap.Layer("villages").Len(),
			times[n/2].Round(time.Microsecond), times[n*95/100].Round(time.Microsecond), times[n-1].Round(time.Microsecond))
	}
	values, bytes := e.Use()
	fmt.Printf("kept: %d values, %.1f MB\n", values, float64(bytes)/1e6)
	heap("in all")
	return e, whatIf(ctx, e, snap)
}

// size tells what the grid of villages takes.
func size(ctx context.Context, name string, villages *geo.Layer) error {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	g, err := coverage.NewGround(ctx, villages)
	if err != nil {
		return err
	}
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	full, _ := g.Land.Count()
	fmt.Printf("%s: %d villages, %d cells in %d blocks; laid on the lattice in %v; %.1f MB of heap; a set %.2f MB\n", name, villages.Len(), full,
		len(g.Grid.Blocks()), took.Round(time.Millisecond), float64(after.HeapAlloc-before.HeapAlloc)/1e6, float64(g.Land.Bytes())/1e6)
	start = time.Now()
	both := coverage.And(g.Land, g.Land)
	fmt.Printf("%s: two sets are intersected in %v", name, time.Since(start).Round(time.Microsecond))
	start = time.Now()
	var sum int64
	for v := range villages.Len() {
		sum += g.Area(v, both)
	}
	fmt.Printf(", the area of all villages in one summed in %v: %.1f km²\n", time.Since(start).Round(time.Microsecond), float64(sum)/1e6)
	return nil
}
