package postgis_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
)

// psql runs statements as another program would, each on its own.
func psql(t testing.TB, url string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, statement := range statements {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func points(id string, names ...string) geo.Table {
	t := geo.Table{Collection: geo.Collection{ID: id, Geometry: geo.Point, Fields: []geo.Field{{Name: "n", Type: geo.Integer}}}}
	for i, name := range names {
		t.Records = append(t.Records, geo.Record{ID: name, Geometry: orb.Point{float64(i), 1}, Values: []any{int64(i)}})
	}
	return t
}

func store(t *testing.T, tables ...geo.Table) (data.Store, string) {
	t.Helper()
	url := cluster.Database(t)
	s, err := open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, table := range tables {
		if err := s.Write(t.Context(), storetest.Batch(data.Replace, table)); err != nil {
			t.Fatal(err)
		}
	}
	return s, url
}

func TestAnyStatementOfAnyoneIsTold(t *testing.T) {
	s, url := store(t, points("places", "a", "b"), points("other", "a"))
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		statement string
		want      []string
	}{
		{"UPDATE petadesa.places SET n = 7", []string{"places"}},
		{"INSERT INTO petadesa.places (id, geom) VALUES ('c', 'SRID=4326;POINT(1 2)')", []string{"places"}},
		{"INSERT INTO petadesa.places (geom) VALUES ('SRID=4326;POINT(1 2)')", []string{"places"}},
		{"DELETE FROM petadesa.places WHERE id = 'a'", []string{"places"}},
		{"BEGIN; UPDATE petadesa.places SET n = 8; UPDATE petadesa.other SET n = 8; UPDATE petadesa.places SET n = 9; COMMIT", []string{"other", "places"}},
		{"TRUNCATE petadesa.other", []string{"other"}},
		{"UPDATE petadesa.collections SET title = 'New' WHERE id = 'other'", []string{"other"}},
		{"TRUNCATE petadesa.collections", nil},
	} {
		psql(t, url, test.statement)
		select {
		case c := <-changes:
			if c.Err != nil || !reflect.DeepEqual(c.Collections, test.want) {
				t.Errorf("%s: told %+v", test.statement, c)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: not told", test.statement)
		}
	}
}

func TestForeignTablesAreReadHonestlyOrRefused(t *testing.T) {
	for name, test := range map[string]struct {
		statements string
		load       error // nil with says: some error
		write      error
		says       string
		want       orb.Geometry
	}{
		"Z is dropped":       {"ALTER TABLE petadesa.places ALTER geom TYPE geometry(PointZ, 4326) USING ST_Force3DZ(geom, 777)", nil, nil, "", orb.Point{1, 1}},
		"Z and M dropped":    {"ALTER TABLE petadesa.places ALTER geom TYPE geometry USING ST_Force4D(geom, 777, 888)", nil, nil, "", orb.Point{1, 1}},
		"another system":     {"ALTER TABLE petadesa.places ALTER geom TYPE geometry(Point, 32749) USING ST_Transform(geom, 32749)", data.ErrUnknownSR, data.ErrUnknownSR, "32749", nil},
		"no system":          {"ALTER TABLE petadesa.places ALTER geom TYPE geometry(Point, 0) USING ST_SetSRID(geom, 0)", data.ErrUnknownSR, data.ErrUnknownSR, "0", nil},
		"other integer type": {"ALTER TABLE petadesa.places ALTER n TYPE smallint", nil, nil, "", orb.Point{1, 1}},
		"a column more":      {"ALTER TABLE petadesa.places ADD note text DEFAULT 'x'", nil, nil, "", orb.Point{1, 1}},
		"an empty point":     {"UPDATE petadesa.places SET geom = 'SRID=4326;POINT EMPTY'", nil, nil, "", nil},
		"a column less":      {"ALTER TABLE petadesa.places DROP n", errors.ErrUnsupported, errors.ErrUnsupported, "n", nil},
		"no geometry column": {"ALTER TABLE petadesa.places DROP geom", errors.ErrUnsupported, data.ErrInvalid, "geom", nil},
		"another type":       {"ALTER TABLE petadesa.places ALTER geom TYPE geometry(LineString, 4326) USING ST_MakeLine(geom, geom)", nil, data.ErrInvalid, "LINESTRING", orb.LineString{{1, 1}, {1, 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			s, url := store(t, points("places", "a", "b"))
			psql(t, url, test.statements)
			tables, err := s.Load(t.Context())
			switch {
			case test.load == nil && err != nil:
				t.Errorf("load: %v", err)
			case test.load == nil:
				r := storetest.Sorted(tables)[0].Records[1]
				if !reflect.DeepEqual(r.Geometry, test.want) || r.Values[0] != int64(1) {
					t.Errorf("read %+v", r)
				}
			case err == nil, test.load != errors.ErrUnsupported && !errors.Is(err, test.load), !strings.Contains(err.Error(), "places"), !strings.Contains(err.Error(), test.says):
				t.Errorf("load: %v", err)
			}
			if test.write == nil {
				return // the database knows best what fits its columns
			}
			err = s.Write(t.Context(), storetest.Batch(data.Append, points("places", "c")))
			if err == nil || test.write != errors.ErrUnsupported && !errors.Is(err, test.write) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("write: %v", err)
			}
		})
	}
}

func TestTablesThatAreNoCollectionsAreLeftAlone(t *testing.T) {
	s, url := store(t)
	psql(t, url, "CREATE TABLE petadesa.places (mine int)", "INSERT INTO petadesa.places VALUES (1)")
	if err := s.Write(t.Context(), storetest.Batch(data.Replace, points("places", "a"))); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("write: %v", err)
	}
	psql(t, url, "SELECT mine FROM petadesa.places")
}

func TestACollectionWithoutItsTableCanBeWrittenAgain(t *testing.T) {
	s, url := store(t, points("places", "a"))
	psql(t, url, "DROP TABLE petadesa.places")
	if _, err := s.Load(t.Context()); err == nil || !strings.Contains(err.Error(), "places") {
		t.Errorf("load: %v", err)
	}
	if err := s.Write(t.Context(), storetest.Batch(data.Replace, points("places", "b"))); err != nil {
		t.Fatal(err)
	}
	if tables, err := s.Load(t.Context()); err != nil || len(tables[0].Records) != 1 {
		t.Errorf("%v, %v", tables, err)
	}
}

// A TRUNCATE is not bound to the moment of a transaction: a load that runs while
// the table is emptied and filled must not see it empty.
func TestLoadNoticesATruncate(t *testing.T) {
	s, url := store(t, storetest.Polygons("villages", 200, 10))
	done := make(chan error)
	go func() {
		var err error
		for range 60 {
			var tables []geo.Table
			if tables, err = s.Load(t.Context()); err == nil && len(tables[0].Records) != 200 {
				err = errors.New("a load saw an empty table")
			}
			if err != nil {
				break
			}
		}
		done <- err
	}()
	psql(t, url, "CREATE TABLE copy AS SELECT * FROM petadesa.villages")
	for range 40 {
		psql(t, url, "BEGIN; TRUNCATE petadesa.villages; INSERT INTO petadesa.villages SELECT * FROM copy; COMMIT")
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
