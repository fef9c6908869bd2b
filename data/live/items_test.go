package live_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/live"
	"github.com/petadesa/petadesa/geo"
)

// pages reads all features in pages.
func pages(t testing.TB, l *live.Live, r live.ItemsRequest) (all []geo.Record) {
	t.Helper()
	for {
		page, err := l.Items(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Records) > r.Limit {
			t.Fatalf("a page of %d features, asked for %d", len(page.Records), r.Limit)
		}
		all = append(all, page.Records...)
		if page.Next == "" {
			return all
		}
		r.After = page.Next
	}
}

func ids(records []geo.Record) (all []string) {
	for _, r := range records {
		all = append(all, r.ID)
	}
	return all
}

func TestPagesHoldEachFeatureOnce(t *testing.T) {
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.ints (id int PRIMARY KEY, name text, geom geometry(Point, 32749))`,
		`INSERT INTO open.ints SELECT i, 'n' || i, CASE WHEN i = 13 THEN NULL ELSE ST_Transform(ST_SetSRID(ST_MakePoint(112 + i / 100.0, -8), 4326), 32749) END
			FROM generate_series(1, 25) AS i`,
		`CREATE TABLE open.uuids AS SELECT md5(id::text)::uuid AS code, name, geom FROM open.ints`, `ALTER TABLE open.uuids ADD PRIMARY KEY (code)`,
		`CREATE TABLE open.texts AS SELECT name AS code, name, geom FROM open.ints`, `ALTER TABLE open.texts ADD PRIMARY KEY (code)`,
		`CREATE TABLE open.none AS SELECT name, geom FROM open.ints`,
		// Keys that are not unique, and one that is null.
		`CREATE VIEW open.view AS SELECT CASE WHEN id = 25 THEN NULL ELSE id / 7 END AS id, name, 1 AS source, geom FROM open.ints`,
		`CREATE VIEW open.keyless AS SELECT name, geom FROM open.ints`))
	for name, count := range map[string]int{"open.ints": 25, "open.uuids": 25, "open.texts": 25, "open.none": 25, "open.view": 24} {
		for _, limit := range []int{1, 4, 24, 25, 100} {
			seen := map[string]bool{}
			all := pages(t, l, live.ItemsRequest{Source: name, Limit: limit})
			s := source(t, l, name)
			field := slices.IndexFunc(s.Fields, func(f geo.Field) bool { return f.Name == "name" })
			for _, r := range all {
				if len(r.Values) != len(s.Fields) {
					t.Fatalf("%s: %d values for %d fields", name, len(r.Values), len(s.Fields))
				}
				value := r.Values[field].(string)
				seen[value] = true
				if (r.ID == "") != (name == "open.none") {
					t.Errorf("%s: id %q", name, r.ID)
				}
				if (r.Geometry == nil) != (value == "n13") {
					t.Errorf("%s: %s has the geometry %v", name, value, r.Geometry)
				}
			}
			if len(all) != count || len(seen) != count {
				t.Errorf("%s in pages of %d: %d features, %d different; want %d", name, limit, len(all), len(seen), count)
			}
		}
	}
	if _, err := l.Items(t.Context(), live.ItemsRequest{Source: "open.keyless", Limit: 1}); !errors.Is(err, live.ErrNoKey) {
		t.Error(err)
	}
}

func TestItemsInABox(t *testing.T) {
	statements := []string{`CREATE SCHEMA open`}
	for name, srid := range map[string]int{"degrees": 4326, "mercator": 3857, "utm": 32749} {
		statements = append(statements,
			fmt.Sprintf(`CREATE TABLE open.%s (id int PRIMARY KEY, geom geometry(Geometry, %d))`, name, srid),
			fmt.Sprintf(`INSERT INTO open.%s SELECT id, ST_Transform(ST_GeomFromEWKT('SRID=4326;' || wkt), %d) FROM (VALUES
				(1, 'POINT(112.5 -8)'), (2, 'POINT(113 -8)'), (3, 'LINESTRING(112 -9, 113 -7.9)'), (4, NULL)) AS v (id, wkt)`, name, srid))
	}
	l := open(t, database(t, append(statements,
		`CREATE TABLE open.fiji (id int PRIMARY KEY, geom geometry(Point, 4326))`,
		`INSERT INTO open.fiji VALUES (1, 'SRID=4326;POINT(179 -17)'), (2, 'SRID=4326;POINT(-179 -17)'), (3, 'SRID=4326;POINT(112 -8)')`)...))
	for _, name := range []string{"open.degrees", "open.mercator", "open.utm"} {
		for _, c := range []struct {
			box  orb.Bound
			want []string
		}{
			{orb.Bound{Min: orb.Point{112.4, -8.1}, Max: orb.Point{112.6, -7.9}}, []string{"1"}}, // the line's envelope only
			{orb.Bound{Min: orb.Point{112.4, -9}, Max: orb.Point{113, -7}}, []string{"1", "2", "3"}},
			{orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, []string{"1", "2", "3"}},
			{orb.Bound{Min: orb.Point{-70, 0}, Max: orb.Point{-60, 10}}, nil},
		} {
			all := pages(t, l, live.ItemsRequest{Source: name, Limit: 2, BBox: &c.box})
			if diff := cmp.Diff(c.want, ids(all)); diff != "" {
				t.Error(name, c.box, diff)
			}
		}
		all := pages(t, l, live.ItemsRequest{Source: name, Limit: 10})
		p, ok := all[0].Geometry.(orb.Point)
		if !ok || math.Hypot(p[0]-112.5, p[1]+8) > 1e-9 {
			t.Errorf("%s: %v", name, all[0].Geometry)
		}
	}
	dateLine := orb.Bound{Min: orb.Point{177, -20}, Max: orb.Point{-177, 20}}
	if got := ids(pages(t, l, live.ItemsRequest{Source: "open.fiji", Limit: 1, BBox: &dateLine})); !slices.Equal(got, []string{"1", "2"}) {
		t.Error(got)
	}
}

func TestItemsRefuse(t *testing.T) {
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.a (id int PRIMARY KEY, x float8, geom geometry(Point, 4326)); INSERT INTO open.a VALUES (1, 'NaN', 'SRID=4326;POINT(1 1)')`,
		`CREATE FUNCTION open.f(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$`))
	for name, r := range map[string]live.ItemsRequest{
		"limit 0":       {Source: "open.a"},
		"limit":         {Source: "open.a", Limit: live.MaxItems + 1},
		"cursor":        {Source: "open.a", Limit: 1, After: "x"},
		"forged cursor": {Source: "open.a", Limit: 1, After: "eyJrIjoieCIsIm4iOjF9"}, // {"k":"x","n":1}
		"box":           {Source: "open.a", Limit: 1, BBox: &orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, math.NaN()}}},
		"flat box":      {Source: "open.a", Limit: 1, BBox: &orb.Bound{Min: orb.Point{0, 1}, Max: orb.Point{1, 0}}},
	} {
		if _, err := l.Items(t.Context(), r); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := l.Items(t.Context(), live.ItemsRequest{Source: "open.f", Limit: 1}); !errors.Is(err, live.ErrNoKey) {
		t.Error(err)
	}
	if _, err := l.Items(t.Context(), live.ItemsRequest{Source: "open.none", Limit: 1}); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := l.Items(ctx, live.ItemsRequest{Source: "open.a", Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	for _, id := range []string{"2", "0", "01", "x", "", "99999999999999999999", "1\x00"} {
		if _, err := l.Item(t.Context(), "open.a", id); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("id %q: %v", id, err)
		}
	}
	if r, err := l.Item(t.Context(), "open.a", "1"); err != nil || r.ID != "1" || r.Geometry != (orb.Point{1, 1}) {
		t.Errorf("%+v, %v", r, err)
	}
	page, err := l.Items(t.Context(), live.ItemsRequest{Source: "open.a", Limit: 1})
	if err != nil || page.Records[0].Values[1] != nil {
		t.Errorf("%+v, %v", page, err)
	}
}
