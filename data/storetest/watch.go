package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/petadesa/petadesa/data"
)

func testWatch(t *testing.T, target Target) {
	place := target.Fresh(t)
	s := target.open(t, place)
	write(t, s, Batch(data.Replace, places("a")), Batch(data.Replace, named("other", places("a"))))
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// told waits until all the collections were named, and no other.
	told := func(want ...string) {
		t.Helper()
		var got []string
		for len(got) < len(want) {
			c := next(t, changes)
			if len(c.Collections) == 0 {
				t.Fatal("a change that names nothing")
			}
			got = append(got, c.Collections...)
			slices.Sort(got)
			got = slices.Compact(got)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("told of %q, want %q", got, want)
		}
	}
	write(t, s, Batch(data.Append, places("b")))
	told("places")

	another := target.open(t, place)
	write(t, another, Batch(data.Upsert, named("other", places("b"))), Batch(data.Replace, named("third", places("a"))))
	told("other", "third")
	if err := another.Drop(t.Context(), "third"); err != nil {
		t.Fatal(err)
	}
	told("third")
	renamed := places("b", "a")
	renamed.Collection.Title = "Another title"
	write(t, another, Batch(data.Replace, renamed))
	told("places")

	isError(t, another.Write(t.Context(), broken(data.Replace, places("x"))), errSource)
	select {
	case c := <-changes:
		t.Errorf("a write that failed is told: %v", c)
	case <-time.After(300 * time.Millisecond):
	}
}

func testWatchEnds(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	ctx, cancel := context.WithCancel(t.Context())
	changes, err := s.Watch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, Batch(data.Replace, places("a"))) // nobody receives this
	cancel()
	for end := time.After(patience); ; {
		select {
		case _, ok := <-changes:
			if !ok {
				return
			}
		case <-end:
			t.Fatal("the channel is not closed")
		}
	}
}
