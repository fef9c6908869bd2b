package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func testLarge(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	all := Polygons("large", large, 5)
	write(t, s, Batch(data.Replace, all))
	// cmp.Diff would take minutes.
	if tables := load(t, s); !reflect.DeepEqual(tables, []geo.Table{all}) {
		t.Fatal("the table that was loaded is not the one that was written")
	}
	some := all
	some.Records = all.Records[:large/10]
	write(t, s, Batch(data.Upsert, some))
	if tables := load(t, s); !reflect.DeepEqual(tables, []geo.Table{all}) {
		t.Fatal("the table that was loaded is not the one that was written over")
	}
}

func testReopen(t *testing.T, target Target) {
	place := target.Fresh(t)
	s := target.open(t, place)
	write(t, s, Batch(data.Replace, places("a", "b")))
	again := target.open(t, place)
	same(t, again, places("a", "b"))
	write(t, again, Batch(data.Replace, places("c")))
	same(t, s, places("c"))
}

func testCancel(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	write(t, s, Batch(data.Replace, places("a")))
	ctx, cancel := context.WithCancel(t.Context())
	endless := data.Batch{Collection: places().Collection, Mode: data.Replace, Records: func(yield func(geo.Record, error) bool) {
		for i := 0; ; i++ {
			if i == 5000 {
				cancel()
			}
			r := places("x").Records[0]
			r.ID = fmt.Sprint(i)
			if !yield(r, nil) {
				return
			}
		}
	}}
	isError(t, s.Write(ctx, endless), context.Canceled)
	if _, err := s.Load(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("load: %v", err)
	}
	same(t, s, places("a"))
	write(t, s, Batch(data.Append, places("b")))
}

func testConcurrentWriters(t *testing.T, target Target) {
	const writers, rounds = 4, 5
	place := target.Fresh(t)
	var wg sync.WaitGroup
	for w := range writers {
		s := target.open(t, place)
		wg.Go(func() {
			for r := range rounds {
				id := fmt.Sprintf("%d-%d", w, r)
				// In another order each time: whoever locks must do so in one.
				batches := []data.Batch{Batch(data.Append, places(id)), Batch(data.Upsert, named("more", places(id, "shared")))}
				if (w+r)%2 == 0 {
					batches[0], batches[1] = batches[1], batches[0]
				}
				if err := s.Write(t.Context(), batches...); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	wg.Wait()
	tables := load(t, target.open(t, place))
	if len(tables) != 2 || len(tables[0].Records) != writers*rounds+1 || len(tables[1].Records) != writers*rounds {
		t.Errorf("records are missing: %v", tables)
	}
}

// testConsistentLoad has a writer replace two collections together, with ever
// another number of records and at times other fields, while readers check that
// they never see two that do not belong together.
func testConsistentLoad(t *testing.T, target Target) {
	const rounds = 30
	place := target.Fresh(t)
	generation := func(n int) []data.Batch {
		left, right := Polygons("left", 20+n, 4), Polygons("right", 20+n, 4)
		if n%10 == 5 {
			right.Collection.Fields = append(right.Collection.Fields, geo.Field{Name: "more", Type: geo.Integer})
			for i := range right.Records {
				right.Records[i].Values = append(right.Records[i].Values, int64(n))
			}
		}
		return []data.Batch{Batch(data.Replace, right), Batch(data.Replace, left)}
	}
	s := target.open(t, place)
	write(t, s, generation(0)...)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		reader := target.open(t, place)
		wg.Go(func() {
			for {
				tables, err := reader.Load(t.Context())
				if err != nil || len(tables) != 2 {
					t.Errorf("load: %d tables, %v", len(tables), err)
					return
				}
				if l, r := len(tables[0].Records), len(tables[1].Records); l != r || l < 20 {
					t.Errorf("%d records on the left, %d on the right", l, r)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for n := range rounds {
		if err := s.Write(t.Context(), generation(n)...); err != nil {
			t.Error(err)
		}
	}
	close(done)
	wg.Wait()
}
