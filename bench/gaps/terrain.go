package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/internal/hills"
)

// overTerrain gives the regency a made-up terrain and people.
func overTerrain(snap *geo.Snapshot) (*geo.Snapshot, error) {
	box := snap.Layer("villages").Bound.Pad(0.15)
	heights, err := hills.Elevation(lattice.Covering(box))
	if err != nil {
		return nil, err
	}
	people, err := hills.Population(lattice.Covering(box))
	if err != nil {
		return nil, err
	}
	return snap.WithRasters(heights, people), nil
}

// whatIf measures towers that were never computed before, over a warm snapshot.
func whatIf(ctx context.Context, e *coverage.Engine, snap *geo.Snapshot) error {
	i := 0
	took, err := median(15, func() error {
		i++
		tower := coverage.Tower{
			ID: "new", At: orb.Point{112.55 + 0.004*float64(i), -8.2}, Operators: []string{"Telkomsel"}, Technologies: []string{"4g"},
			FrequencyMHz: 1800, HeightM: 40,
		}
		_, err := e.Gaps(ctx, snap, &coverage.Query{Change: &coverage.Change{Add: []coverage.Tower{tower}}})
		return err
	})
	if err != nil {
		return err
	}
	fmt.Printf("what-if: one tower, up to 15 km, all villages counted again: %v\n", took.Round(100*time.Microsecond))
	return nil
}

// stops measures how soon a warming that nobody wants ends.
func stops(snap *geo.Snapshot) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		_ = coverage.New(coverage.Options{Model: coverage.ModelOf}).Warm(ctx, snap) // it is given up
		close(ended)
	}()
	time.Sleep(500 * time.Millisecond)
	start := time.Now()
	cancel()
	<-ended
	fmt.Printf("given up: a warming ends after %v\n", time.Since(start).Round(100*time.Microsecond))
}

// heap tells what all that is kept takes.
func heap(name string) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%s: %.0f MB of heap with everything warm\n", name, float64(m.HeapAlloc)/1e6)
}
