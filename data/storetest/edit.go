package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// becoming is an edit that makes the feature r, or deletes it.
func becoming(collection, id string, r *geo.Record) data.Edit {
	return data.Edit{Collection: collection, ID: id, Change: func(*geo.Collection, *geo.Record) (*geo.Record, error) { return r, nil }}
}

func edit(t testing.TB, s data.Store, edits ...data.Edit) []data.Entry {
	t.Helper()
	entries, err := s.Edit(t.Context(), edits...)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func testEdit(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	write(t, s, Batch(data.Replace, places("a", "b")))
	ctx := data.As(t.Context(), "Sri")
	added, moved := places("c").Records[0], places("a").Records[0]
	moved.Geometry, moved.Values = orb.Point{112.123456789012345, -8}, []any{"A'\"; \u0001", nil}
	entries, err := s.Edit(ctx, becoming("places", "c", &added), becoming("places", "a", &moved), becoming("places", "b", nil), becoming("places", "c", &added), becoming("places", "z", nil))
	if err != nil {
		t.Fatal(err)
	}
	want := places("a", "c")
	want.Records = []geo.Record{moved, added}
	same(t, s, want)
	var told []string
	for _, e := range entries {
		told = append(told, fmt.Sprint(e.Action, " ", e.Feature, " ", e.Who, " ", e.ID > 0, e.Before != nil, e.After != nil))
	}
	if diff := cmp.Diff([]string{"insert c Sri true false true", "replace a Sri true true true", "delete b Sri true true false", "replace c Sri false true true", "delete z Sri false false false"}, told); diff != "" {
		t.Error(diff)
	}
	if !json.Valid(entries[1].Before) || string(entries[1].After) != string(geo.AppendRecordJSON(nil, &want.Collection, &moved)) {
		t.Errorf("before %s, after %s", entries[1].Before, entries[1].After)
	}

	own := becoming("places", "", &geo.Record{ID: "own", Values: []any{nil, nil}})
	edit(t, s, own)
	_, err = s.Edit(ctx, becoming("places", "d", &geo.Record{ID: "d", Values: []any{nil, nil}}), own)
	isError(t, err, data.ErrExists, "places", `"own"`)
	_, err = s.Edit(ctx, becoming("places", "d", &geo.Record{ID: "e", Values: []any{nil, nil}}))
	isError(t, err, data.ErrInvalid, `"d"`, `"e"`)
	_, err = s.Edit(ctx, becoming("places", "a", &geo.Record{ID: "a", Values: []any{int64(1), nil}}))
	isError(t, err, data.ErrInvalid, "name")
	_, err = s.Edit(ctx, becoming("places", "a", nil), becoming("nowhere", "a", nil))
	isError(t, err, data.ErrNotFound, "nowhere")
	_, err = s.Edit(ctx, becoming(`x"; DROP TABLE "places`, "a", nil))
	isError(t, err, data.ErrNotFound)
	_, err = s.Edit(ctx, becoming("places", "a", nil), data.Edit{Collection: "places", ID: "c", Change: func(_ *geo.Collection, old *geo.Record) (*geo.Record, error) {
		if old == nil || old.ID != "c" {
			t.Errorf("given %v", old)
		}
		return nil, errSource
	}})
	isError(t, err, errSource)
	want.Records = append(want.Records, geo.Record{ID: "own", Values: []any{nil, nil}})
	same(t, s, want)
}

// testEditNasty has every feature deleted, made again and written over.
func testEditNasty(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	for _, table := range Nasty() {
		write(t, s, Batch(data.Replace, table))
		var gone, again, over []data.Edit
		for i := range table.Records {
			r := &table.Records[i]
			gone = append(gone, becoming(table.Collection.ID, r.ID, nil))
			again = append(again, becoming(table.Collection.ID, r.ID, r))
			over = append(over, data.Edit{Collection: table.Collection.ID, ID: r.ID, Change: func(c *geo.Collection, old *geo.Record) (*geo.Record, error) {
				if geo.RecordTag(c, old) != geo.RecordTag(c, r) {
					return nil, fmt.Errorf("%q was read as another", r.ID)
				}
				changed := *r
				changed.Values = slices.Clone(r.Values)
				changed.Values[0] = "over"
				return &changed, nil
			}})
		}
		edit(t, s, gone...)
		if got := load(t, s, table.Collection.ID); len(got[0].Records) != 0 {
			t.Fatalf("left: %v", got)
		}
		edit(t, s, again...)
		entries := edit(t, s, over...)
		for _, e := range entries {
			if _, err := data.Undo(t.Context(), s, e.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	same(t, s, Nasty()...)
}

// testEditRace has many count up one feature: no increment is lost, and each
// reader sees a number that was there.
func testEditRace(t *testing.T, target Target) {
	const writers, rounds = 8, 6
	place := target.Fresh(t)
	write(t, target.open(t, place), Batch(data.Replace, places("a", "b")))
	errStale := errors.New("stale")
	var wg sync.WaitGroup
	var mu sync.Mutex
	saved := 0
	for range writers {
		s := target.open(t, place)
		wg.Go(func() {
			for range rounds {
				seen := load(t, s)[0]
				r := seen.Records[0]
				tag := geo.RecordTag(&seen.Collection, &r)
				_, err := s.Edit(t.Context(), data.Edit{Collection: "places", ID: "a", Change: func(c *geo.Collection, old *geo.Record) (*geo.Record, error) {
					if geo.RecordTag(c, old) != tag {
						return nil, errStale
					}
					return &geo.Record{ID: "a", Geometry: old.Geometry, Values: []any{old.Values[0], old.Values[1].(int64) + 1}}, nil
				}})
				if err == nil {
					mu.Lock()
					saved++
					mu.Unlock()
				} else if !errors.Is(err, errStale) {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s := target.open(t, place)
	if n := load(t, s)[0].Records[0].Values[1]; n != int64(saved) || saved == 0 {
		t.Errorf("%d were saved, the counter is %v", saved, n)
	}
	if history, err := s.History(t.Context(), data.HistoryQuery{Feature: "a"}); err != nil || len(history) != saved {
		t.Errorf("%d entries for %d changes, %v", len(history), saved, err)
	}
}

func testEditIsTold(t *testing.T, target Target) {
	place := target.Fresh(t)
	s := target.open(t, place)
	write(t, s, Batch(data.Replace, places("a", "b")), Batch(data.Replace, named("other", places("a"))))
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	another := target.open(t, place)
	for _, e := range []data.Edit{becoming("places", "a", nil), becoming("places", "a", &places("a").Records[0]), becoming("places", "a", &geo.Record{ID: "a", Values: []any{nil, nil}})} {
		edit(t, another, e)
		if c := next(t, changes); !slices.Equal(c.Collections, []string{"places"}) {
			t.Errorf("told of %+v", c)
		}
	}
}
