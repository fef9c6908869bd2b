package coverage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
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
