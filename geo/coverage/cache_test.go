package coverage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/petadesa/petadesa/geo"
)

type blob int64

func (b blob) Bytes() int64 { return int64(b) }

func TestCacheKeepsWithinItsBound(t *testing.T) {
	c := newCache(10_000)
	for i := range 100 {
		if _, err := cached(t.Context(), c, fmt.Sprint(i), func(context.Context) (blob, error) { return 900, nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := cached(t.Context(), c, "0", func(context.Context) (blob, error) { return 900, nil }); err != nil { // stays, being asked for
			t.Fatal(err)
		}
		if n, bytes := c.use(); bytes > 10_000 || n == 0 {
			t.Fatalf("%d values, %d bytes", n, bytes)
		}
	}
	if _, err := cached(t.Context(), c, "0", func(context.Context) (blob, error) { return 0, errors.New("made again") }); err != nil {
		t.Error(err)
	}
}

func TestCacheBuildsOnceAndStopsWhenAllLeave(t *testing.T) {
	c := newCache(1 << 20)
	var built atomic.Int32
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			v, err := cached(t.Context(), c, "one", func(context.Context) (blob, error) {
				built.Add(1)
				<-gate
				return 7, nil
			})
			if v != 7 || err != nil {
				t.Error(v, err)
			}
		})
	}
	close(gate)
	wg.Wait()
	if built.Load() != 1 {
		t.Errorf("built %d times", built.Load())
	}

	ctx, cancel := context.WithCancel(t.Context())
	started, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		<-started
		cancel()
	}()
	_, err := cached(ctx, c, "two", func(ctx context.Context) (blob, error) {
		close(started)
		<-ctx.Done()
		close(stopped)
		return 0, ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-stopped
	if _, err := cached(t.Context(), c, "three", func(context.Context) (blob, error) { panic("oops") }); err == nil || !strings.Contains(err.Error(), "oops") {
		t.Error(err)
	}
	if v, err := cached(t.Context(), c, "three", func(context.Context) (blob, error) { return 3, nil }); v != 3 || err != nil {
		t.Error(v, err)
	}
}

// A hundred different questions at once keep no more than they may, and are
// answered as they are one by one.
func TestManyQuestionsStayWithinTheBound(t *testing.T) {
	const bound = 256 << 10
	snap := drawExample(t).snapshot(t)
	small, roomy := New(Options{Model: func(*geo.Snapshot) Model { return logModel{} }, CacheBytes: bound}), testEngine()
	query := func(i int) *Query {
		return &Query{
			Evidence: []string{"best", "claimed", "modelled"}[i%3], Operator: []string{"any", "all", "2", "Alpha"}[i/3%4],
			MinRSRP: -70 - float64(i)/2, NearRoad: float64(100 + 7*i), Limit: MaxLimit,
		}
	}
	var wg sync.WaitGroup
	answers, errs := make([]*Answer, 100), make([]error, 100)
	for i := range answers {
		wg.Go(func() {
			answers[i], errs[i] = small.Gaps(t.Context(), snap, query(i))
			if _, bytes := small.Use(); bytes > bound {
				t.Errorf("%d bytes are kept", bytes)
			}
		})
	}
	wg.Wait()
	for i, got := range answers {
		want, err := roomy.Gaps(t.Context(), snap, query(i))
		if err != nil || errs[i] != nil {
			t.Fatal(err, errs[i])
		}
		if counts(got.Totals) != counts(want.Totals) {
			t.Errorf("question %d: %s, alone %s", i, counts(got.Totals), counts(want.Totals))
		}
	}
	if values, bytes := small.Use(); values == 0 || bytes > bound {
		t.Errorf("%d values, %d bytes are kept", values, bytes)
	}
	if _, bytes := roomy.Use(); bytes <= bound {
		t.Errorf("all that was asked takes %d bytes: the bound was not tried", bytes)
	}
}
