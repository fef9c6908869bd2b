package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// abandoned gives plans up while they are worked out, at several stages, and tells
// how long they go on: until the asker is answered, and until nothing works any more.
func abandoned(ctx context.Context, out io.Writer, snap *geo.Snapshot) error {
	var answered, idle []time.Duration
	for i := range 12 {
		e := coverage.New(coverage.Options{Model: coverage.ModelOf})
		before := runtime.NumGoroutine()
		asked, cancel := context.WithCancel(ctx)
		ended := make(chan error, 1)
		go func() {
			_, err := e.Sites(asked, snap, &coverage.SiteQuery{
				Query: &coverage.Query{Technology: "4g", Evidence: "modelled"}, Count: 20, LatticeM: 500, Weights: coverage.SiteWeights{People: 1},
				Tower: coverage.Tower{HeightM: 40, Operators: []string{"Telkomsel"}, Technologies: []string{"4g"}},
			}, nil)
			ended <- err
		}()
		time.Sleep(time.Duration(50+100*i) * time.Millisecond)
		began := time.Now()
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
		answered = append(answered, time.Since(began))
		for runtime.NumGoroutine() > before && time.Since(began) < 10*time.Second {
			time.Sleep(200 * time.Microsecond)
		}
		idle = append(idle, time.Since(began))
	}
	fmt.Fprintf(out, "a plan that is given up: its asker is answered after %v at most, nothing works on it any more after %v at most (bar: 50 ms)\n\n",
		slices.Max(answered).Round(100*time.Microsecond), slices.Max(idle).Round(100*time.Microsecond))
	return nil
}

// crowd asks a hundred different questions at once of an engine that may keep
// little.
func crowd(ctx context.Context, out io.Writer, snap *geo.Snapshot) error {
	const bound = 48 << 20
	e := coverage.New(coverage.Options{Model: coverage.ModelOf, CacheBytes: bound})
	var most int64
	stop, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for {
			_, bytes := e.Use()
			most = max(most, bytes)
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	errs := make([]error, 100)
	began := time.Now()
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = e.Gaps(ctx, snap, &coverage.Query{Evidence: "claimed", MinDown: 1 + float64(i)/4, NearRoad: float64(100 + i)})
		})
	}
	wg.Wait()
	took := time.Since(began)
	close(stop)
	<-watched
	fmt.Fprintf(out, "100 different gap queries at once, nothing computed before: all answered after %v; at most %.1f MB of a bound of %.1f MB were kept\n",
		took.Round(time.Millisecond), float64(most)/1e6, float64(bound)/1e6)
	return errors.Join(errs...)
}
