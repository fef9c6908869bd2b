package api

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func TestDerivedIsMadeOnceForAll(t *testing.T) {
	d := newDerived[int]("numbers", 2)
	var made atomic.Int32
	begun := make(chan struct{})
	build := func(context.Context) (int, error) { <-begun; return int(made.Add(1)), nil }
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if v, err := d.of(t.Context(), "a", build); v != 1 || err != nil {
				t.Error(v, err)
			}
		})
	}
	close(begun)
	all.Wait()
	if v, err := d.of(t.Context(), "a", build); v != 1 || err != nil || made.Load() != 1 {
		t.Errorf("%d, %v after %d", v, err, made.Load())
	}
}

func TestDerivedKeepsTheLast(t *testing.T) {
	d := newDerived[string]("texts", 2)
	made := map[string]int{}
	get := func(key string) {
		v, err := d.of(t.Context(), key, func(context.Context) (string, error) { made[key]++; return key, nil })
		if v != key || err != nil {
			t.Fatal(v, err)
		}
	}
	for _, key := range []string{"a", "b", "a", "c", "a", "b"} {
		get(key)
	}
	if made["a"] != 1 || made["b"] != 2 || made["c"] != 1 {
		t.Error(made)
	}
}

func TestDerivedIsGivenUpWhenNobodyWaits(t *testing.T) {
	d := newDerived[int]("numbers", 2)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	_, err := d.of(ctx, "a", func(own context.Context) (int, error) {
		cancel()
		<-own.Done()
		ended <- own.Err()
		return 0, own.Err()
	})
	if !errors.Is(err, context.Canceled) || !errors.Is(<-ended, context.Canceled) {
		t.Error(err)
	}
	if v, err := d.of(t.Context(), "a", func(context.Context) (int, error) { return 7, nil }); v != 7 || err != nil {
		t.Error(v, err)
	}
}

func TestDerivedNowAnswersWithTheOldWhileTheNewIsMade(t *testing.T) {
	d := newDerived[int]("numbers", 2)
	build := func(n int, after <-chan struct{}) func(context.Context) (int, error) {
		return func(ctx context.Context) (int, error) {
			select {
			case <-after:
				return n, nil
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
	}
	first, second := make(chan struct{}), make(chan struct{})
	_, err := d.now(t.Context(), "1", build(1, first))
	var p *Problem
	if !errors.As(err, &p) || p.Kind != NotReady || p.Retry == 0 {
		t.Fatalf("before the first: %v", err)
	}
	close(first)
	if v, err := d.of(t.Context(), "1", nil); v != 1 || err != nil {
		t.Fatal(v, err)
	}
	if v, err := d.now(t.Context(), "2", build(2, second)); v != 1 || err != nil {
		t.Fatalf("while the second is made: %d, %v", v, err)
	}
	close(second)
	if v, err := d.of(t.Context(), "2", build(2, second)); v != 2 || err != nil {
		t.Fatal(v, err)
	}
	if v, err := d.now(t.Context(), "2", nil); v != 2 || err != nil {
		t.Fatal(v, err)
	}
}

// What is wanted soon is not answered with another's, and goes on being made.
func TestDerivedSoonIsNotReadyUntilItIs(t *testing.T) {
	d := newDerived[int]("numbers", 2)
	if v, err := d.soon(t.Context(), "1", func(context.Context) (int, error) { return 1, nil }); v != 1 || err != nil {
		t.Fatal(v, err)
	}
	ready := make(chan struct{})
	build := func(context.Context) (int, error) { <-ready; return 2, nil }
	if v, err := d.soon(t.Context(), "2", build); !notReady(err) {
		t.Fatalf("while it is made: %d, %v", v, err)
	}
	close(ready)
	if v, err := d.of(t.Context(), "2", nil); v != 2 || err != nil {
		t.Fatal(v, err)
	}
	if v, err := d.soon(t.Context(), "2", nil); v != 2 || err != nil {
		t.Fatal(v, err)
	}
}

func TestDerivedTellsFaultsAndTriesAgain(t *testing.T) {
	d := newDerived[int]("numbers", 1)
	if _, err := d.of(t.Context(), "a", func(context.Context) (int, error) { panic("odd") }); err == nil {
		t.Error("a fault was no error")
	}
	if v, err := d.of(t.Context(), "a", func(context.Context) (int, error) { return strconv.Atoi("3") }); v != 3 || err != nil {
		t.Error(v, err)
	}
}
