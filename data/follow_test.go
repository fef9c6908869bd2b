package data_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/data/postgis"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
)

var cluster *pgtest.Cluster

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m, &cluster)) }

// until waits for a snapshot that pleases.
func until(t *testing.T, f *data.Follower, what string, pleases func(*geo.Snapshot) bool) *geo.Snapshot {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for version := ""; ; {
		s, err := f.Wait(ctx, version)
		if err != nil {
			t.Fatalf("%s: %v; state %+v", what, err, f.State())
		}
		if pleases(s) {
			return s
		}
		version = s.Version
	}
}

func eventually(t *testing.T, what string, true func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

func follow(t *testing.T, s data.Store) *data.Follower {
	t.Helper()
	f, err := data.Follow(t.Context(), s, nil, data.FollowOptions{Retry: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func openPostGIS(t *testing.T, url string) data.Store {
	t.Helper()
	s, err := postgis.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func openGeoPackage(t *testing.T) data.Store {
	t.Helper()
	s, err := gpkg.Open(t.Context(), filepath.Join(t.TempDir(), "store.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func write(t *testing.T, s data.Store, mode data.Mode, table geo.Table) {
	t.Helper()
	if err := s.Write(t.Context(), storetest.Batch(mode, table)); err != nil {
		t.Fatal(err)
	}
}

func TestFollowChangesAndSharesTheRest(t *testing.T) {
	for name, store := range map[string]func(t *testing.T) data.Store{
		"PostGIS":    func(t *testing.T) data.Store { return openPostGIS(t, cluster.Database(t)) },
		"GeoPackage": openGeoPackage,
	} {
		t.Run(name, func(t *testing.T) {
			s := store(t)
			write(t, s, data.Replace, storetest.Polygons("villages", 20, 10))
			write(t, s, data.Replace, storetest.Polygons("other", 20, 10))
			f := follow(t, s)
			before := f.Snapshot()
			if before.Layer("villages").Len() != 20 || before.Layer("other").Len() != 20 || before.Layer("villages_label") == nil {
				t.Fatal("the first snapshot is not whole")
			}
			write(t, s, data.Replace, storetest.Polygons("other", 30, 10))
			after := until(t, f, "the change", func(s *geo.Snapshot) bool { return s.Layer("other").Len() == 30 })
			if after.Layer("villages") != before.Layer("villages") || after.Layer("villages_label") != before.Layer("villages_label") {
				t.Error("a layer that did not change was built again")
			}
			if err := s.Drop(t.Context(), "other"); err != nil {
				t.Fatal(err)
			}
			until(t, f, "the drop", func(s *geo.Snapshot) bool { return s.Layer("other") == nil })
			if state := f.State(); state.Err != nil || state.Version != f.Snapshot().Version || !state.Built.Equal(f.Snapshot().Built) {
				t.Errorf("state %+v", state)
			}
			f.Close()
			if _, err := f.Wait(t.Context(), f.Snapshot().Version); err == nil {
				t.Error("a follower that ended still waits")
			}
		})
	}
}

func TestFollowThroughAnOutage(t *testing.T) {
	c := pgtest.New(t)
	url := c.Database(t)
	s := openPostGIS(t, url)
	write(t, s, data.Replace, storetest.Polygons("villages", 20, 10))
	f := follow(t, s)
	before := f.Snapshot()

	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the outage is not noticed", func() bool { return f.State().Err != nil })
	if f.Snapshot() != before {
		t.Error("the snapshot went away with the database")
	}
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the end of the outage is not noticed", func() bool { return f.State().Err == nil })
	if f.Snapshot() != before {
		t.Error("nothing changed, yet there is another snapshot")
	}
	psql(t, url, "UPDATE petadesa.villages SET population = 7 WHERE id = '35.000003'")
	until(t, f, "the update", func(s *geo.Snapshot) bool {
		l := s.Layer("villages")
		return l.Column("population").Value(3) == int64(7)
	})
}

func psql(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// What cannot be served must not take down what can.
func TestFollowKeepsTheGoodSnapshotOverBadData(t *testing.T) {
	url := cluster.Database(t)
	s := openPostGIS(t, url)
	write(t, s, data.Replace, storetest.Polygons("villages", 20, 10))
	f := follow(t, s)
	before := f.Snapshot()
	psql(t, url, "ALTER TABLE petadesa.villages ALTER geom TYPE geometry(MultiPolygon, 32749) USING ST_Transform(geom, 32749)")
	psql(t, url, "UPDATE petadesa.villages SET population = 1")
	eventually(t, "the other reference system is not noticed", func() bool { return errors.Is(f.State().Err, data.ErrUnknownSR) })
	if f.Snapshot() != before {
		t.Error("the good snapshot is gone")
	}
	psql(t, url, "ALTER TABLE petadesa.villages ALTER geom TYPE geometry(MultiPolygon, 4326) USING ST_Transform(geom, 4326)")
	eventually(t, "the repair is not noticed", func() bool { return f.State().Err == nil })
	if f.Snapshot() == before {
		t.Error("the changed population is not there")
	}
}

// moody fails to load as often as it is told.
type moody struct {
	data.Store
	failures atomic.Int64
	loaded   atomic.Pointer[[]string]
}

func (m *moody) Load(ctx context.Context, ids ...string) ([]geo.Table, error) {
	if m.failures.Add(-1) >= 0 {
		return nil, errors.New("a bad mood")
	}
	m.loaded.Store(&ids)
	return m.Store.Load(ctx, ids...)
}

func TestFollowTriesAgainAndLoadsOnlyWhatChanged(t *testing.T) {
	s := &moody{Store: openGeoPackage(t)}
	write(t, s, data.Replace, storetest.Polygons("villages", 20, 10))
	s.failures.Store(1)
	if _, err := data.Follow(t.Context(), s, nil, data.FollowOptions{}); err == nil {
		t.Error("Follow began without a snapshot")
	}
	f := follow(t, s)
	s.failures.Store(3)
	write(t, s, data.Replace, pointTable("aa"))
	write(t, s, data.Replace, pointTable("bb"))
	until(t, f, "both", func(s *geo.Snapshot) bool { return s.Layer("aa") != nil && s.Layer("bb") != nil })
	for _, id := range *s.loaded.Load() {
		if id == "villages" {
			t.Error("a collection that did not change was loaded")
		}
	}
}

func pointTable(id string) geo.Table {
	return geo.Table{Collection: geo.Collection{ID: id, Geometry: geo.Point}, Records: []geo.Record{{ID: "1", Geometry: orb.Point{1, 2}}}}
}

func TestRefreshShowsWhatWasCommitted(t *testing.T) {
	s, err := gpkg.Open(t.Context(), filepath.Join(t.TempDir(), "store.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	table := storetest.Polygons("villages", 5, 5)
	if err := s.Write(t.Context(), storetest.Batch(data.Replace, table)); err != nil {
		t.Fatal(err)
	}
	f := follow(t, s)
	for n := range 10 {
		id := fmt.Sprint("new", n)
		_, err := s.Edit(t.Context(), data.Edit{Collection: "villages", ID: id, Change: func(*geo.Collection, *geo.Record) (*geo.Record, error) {
			r := table.Records[0]
			r.ID = id
			return &r, nil
		}})
		if err == nil {
			err = f.Refresh(t.Context(), "villages")
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := f.Snapshot().Layer("villages").Find(id); !ok {
			t.Fatalf("%s is not in the snapshot", id)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.Refresh(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("refresh: %v", err)
	}
	f.Close()
	if err := f.Refresh(t.Context()); err == nil {
		t.Error("an ended follower refreshes")
	}
}
