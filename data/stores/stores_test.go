package stores_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/data/stores"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
)

var cluster *pgtest.Cluster

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m, &cluster)) }

func both(t *testing.T) [2]data.Store {
	t.Helper()
	var opened [2]data.Store
	for i, place := range []string{cluster.Database(t), filepath.Join(t.TempDir(), "store.gpkg")} {
		s, err := stores.Open(t.Context(), place, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		opened[i] = s
	}
	return opened
}

// version writes the tables into the store and returns what is loaded from it,
// and the version of the snapshot that is built from that.
func version(t *testing.T, s data.Store, tables ...geo.Table) ([]geo.Table, string, error) {
	t.Helper()
	var batches []data.Batch
	for _, table := range tables {
		batches = append(batches, storetest.Batch(data.Replace, table))
	}
	if err := s.Write(t.Context(), batches...); err != nil {
		return nil, "", err
	}
	loaded, err := s.Load(t.Context())
	if err != nil {
		return nil, "", err
	}
	snapshot, err := geo.Build(t.Context(), nil, loaded, nil)
	if err != nil {
		return nil, "", err
	}
	return storetest.Sorted(loaded), snapshot.Version, nil
}

func TestTheSameRecordsGiveTheSameVersion(t *testing.T) {
	s := both(t)
	rapid.Check(t, func(rt *rapid.T) {
		table := storetest.Table("random").Draw(rt, "table")
		left, leftVersion, err := version(t, s[0], table)
		if err != nil {
			rt.Fatal(err)
		}
		right, rightVersion, err := version(t, s[1], table)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(left, right, cmpopts.EquateEmpty()); diff != "" {
			rt.Fatalf("PostGIS (-) and GeoPackage (+) differ:\n%s", diff)
		}
		if leftVersion != rightVersion {
			rt.Fatalf("version %s from PostGIS, %s from GeoPackage", leftVersion, rightVersion)
		}
	})
}

func TestNastyRecordsGiveTheSameVersion(t *testing.T) {
	s := both(t)
	tables := append(storetest.Nasty(), storetest.Polygons("villages", 50, 30))
	_, left, err := version(t, s[0], tables...)
	if err != nil {
		t.Fatal(err)
	}
	_, right, err := version(t, s[1], tables...)
	if err != nil {
		t.Fatal(err)
	}
	direct, err := geo.Build(t.Context(), nil, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	if left != right || left != direct.Version {
		t.Errorf("version %s from PostGIS, %s from GeoPackage, %s from neither", left, right, direct.Version)
	}
}
