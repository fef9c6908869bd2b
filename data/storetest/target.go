package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Target is a kind of store under test.
type Target struct {
	// Fresh returns the place of a new, empty store: a URL or a path.
	Fresh func(t testing.TB) string
	// Open opens the store at a place; it may be open already, here or in
	// another process.
	Open func(ctx context.Context, place string) (data.Store, error)
}

func (g Target) open(t testing.TB, place string) data.Store {
	t.Helper()
	s, err := g.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// Batch makes a batch of a table.
func Batch(mode data.Mode, table geo.Table) data.Batch {
	return data.Batch{Collection: table.Collection, Mode: mode, Records: func(yield func(geo.Record, error) bool) {
		for _, r := range table.Records {
			if !yield(r, nil) {
				return
			}
		}
	}}
}

var errSource = errors.New("the source broke")

// broken makes a batch that fails after the records of the table.
func broken(mode data.Mode, table geo.Table) data.Batch {
	whole := Batch(mode, table)
	return data.Batch{Collection: table.Collection, Mode: mode, Records: func(yield func(geo.Record, error) bool) {
		for r, err := range whole.Records {
			if !yield(r, err) {
				return
			}
		}
		yield(geo.Record{}, errSource)
	}}
}

func write(t testing.TB, s data.Store, batches ...data.Batch) {
	t.Helper()
	if err := s.Write(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
}

// load returns the tables with their records in order of id.
func load(t testing.TB, s data.Store, ids ...string) []geo.Table {
	t.Helper()
	tables, err := s.Load(t.Context(), ids...)
	if err != nil {
		t.Fatal(err)
	}
	return Sorted(tables)
}

// Sorted puts the records of each table in order of id.
func Sorted(tables []geo.Table) []geo.Table {
	for _, table := range tables {
		slices.SortFunc(table.Records, func(a, b geo.Record) int { return strings.Compare(a.ID, b.ID) })
	}
	return tables
}

// same fails the test unless the store holds exactly these tables.
func same(t testing.TB, s data.Store, want ...geo.Table) {
	t.Helper()
	if diff := cmp.Diff(Sorted(want), load(t, s), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("stored tables differ (-want +got):\n%s", diff)
	}
}

// isError fails the test unless err is want and says all the words.
func isError(t testing.TB, err, want error, words ...string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("want %q, got: %v", want, err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error does not say %q: %v", w, err)
		}
	}
}

// patience is how long tests wait for what must happen.
const patience = 20 * time.Second

// next returns the next change without an error.
func next(t testing.TB, changes <-chan data.Change) data.Change {
	t.Helper()
	for {
		select {
		case c, ok := <-changes:
			if !ok {
				t.Fatal("the channel of changes is closed")
			}
			if c.Err == nil {
				return c
			}
		case <-time.After(patience):
			t.Fatal("no change is told")
		}
	}
}
