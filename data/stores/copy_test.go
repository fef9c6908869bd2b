package stores_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/data/stores"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
)

// A copy there and one back are the same snapshot, whichever store it is from.
func TestCopiesAreExact(t *testing.T) {
	s := both(t)
	rapid.Check(t, func(rt *rapid.T) {
		from, to := 0, 1
		if rapid.Bool().Draw(rt, "from GeoPackage") {
			from, to = 1, 0
		}
		table := storetest.Table("random").Draw(rt, "table")
		before, want, err := version(t, s[from], table)
		if err != nil {
			rt.Fatal(err)
		}
		var told int64
		copied, err := stores.Copy(t.Context(), s[from], s[to], func(done, total int64) { told = total - done })
		if err != nil || copied.Features != len(table.Records) || told != 0 {
			rt.Fatalf("%+v, %d were not told of, %v", copied, told, err)
		}
		after, got, err := version(t, s[to])
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(before, after, cmpopts.EquateEmpty()); diff != "" || got != want {
			rt.Fatalf("version %s, want %s:\n%s", got, want, diff)
		}
	})
}

// One that ends early leaves the target as it was, and says what else is there.
func TestACopyIsAllOrNothing(t *testing.T) {
	s := both(t)
	for i := range s {
		from, to := s[i], s[1-i]
		if _, _, err := version(t, from, storetest.Polygons("villages", 500, 10), storetest.Polygons("more", 10, 5)); err != nil {
			t.Fatal(err)
		}
		_, want, err := version(t, to, storetest.Polygons("villages", 3, 4), storetest.Polygons("own", 3, 4))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		_, err = stores.Copy(ctx, from, to, func(done, _ int64) {
			if done == 400 {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		if _, got, err := version(t, to); err != nil || got != want {
			t.Errorf("the target changed: %s, want %s, %v", got, want, err)
		}
		copied, err := stores.Copy(t.Context(), from, to, nil)
		if err != nil || !cmp.Equal(copied.Others, []string{"own"}) {
			t.Errorf("%+v, %v", copied, err)
		}
		for _, id := range []string{"own", "more"} {
			for _, store := range s {
				if err := store.Drop(t.Context(), id); err != nil && !errors.Is(err, data.ErrNotFound) {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestNothingIsNothing(t *testing.T) {
	s := both(t)
	if copied, err := stores.Copy(t.Context(), s[0], s[1], nil); err != nil || copied.Collections > 0 {
		t.Errorf("an empty source: %+v, %v", copied, err)
	}
}

// What a GeoPackage of an export holds is what the database held.
func TestAnExportIsACopy(t *testing.T) {
	s := both(t)
	_, want, err := version(t, s[0], storetest.Polygons("villages", 50, 10))
	if err != nil {
		t.Fatal(err)
	}
	tables, err := s[0].Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "villages.gpkg")
	exportTo(t, path, &tables[0])
	exported, err := stores.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = exported.Close() }()
	if _, got, err := version(t, exported); err != nil || got != want {
		t.Errorf("version %s, want %s, %v", got, want, err)
	}
}

func exportTo(t *testing.T, path string, table *geo.Table) {
	t.Helper()
	f, err := export.FormatOf(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := export.WriteFile(t.Context(), path, f, &table.Collection, export.Records(table)); err != nil {
		t.Fatal(err)
	}
}
