package live_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/live"
	"github.com/petadesa/petadesa/geo"
)

func TestWhatIsPublished(t *testing.T) {
	url := database(t,
		`CREATE SCHEMA open; CREATE SCHEMA shut; CREATE SCHEMA petadesa`,
		`CREATE TABLE open.wells (
			gid serial PRIMARY KEY, name text, "Depth M" numeric(6,2), dug timestamptz, tags text[], meta jsonb, photo bytea,
			private bool, station geometry(Point, 4326), outline geometry(MultiPolygonZ, 32749))`,
		`COMMENT ON TABLE open.wells IS 'Wells of the regency'`,
		`CREATE INDEX ON open.wells USING gist (station)`,
		`INSERT INTO open.wells (name, station) VALUES ('a', 'SRID=4326;POINT(112.5 -8)'), ('b', 'SRID=4326;POINT(112.75 -8.25)')`,
		`CREATE VIEW open.deep AS SELECT gid AS id, name, station FROM open.wells`,
		`CREATE MATERIALIZED VIEW open.kept AS SELECT name, station FROM open.wells`,
		`CREATE UNIQUE INDEX ON open.kept (name)`,
		`CREATE TABLE open.parts (id bigint, geom geometry(LineString, 3857)) PARTITION BY RANGE (id)`,
		`CREATE TABLE open.part1 PARTITION OF open.parts FOR VALUES FROM (0) TO (10)`,
		`CREATE TABLE open.world (place geography)`,
		`CREATE TABLE open.plain (a int)`,
		`CREATE TABLE open.nowhere (geom geometry(Geometry, 0)); INSERT INTO open.nowhere VALUES ('POINT(1 1)')`,
		`CREATE TABLE open.unknown (geom geometry)`,
		`CREATE TABLE open.sampled (id uuid PRIMARY KEY, geom geometry); INSERT INTO open.sampled VALUES (gen_random_uuid(), 'SRID=4326;POINT(112 -8)')`,
		`CREATE TABLE open.several (geom geometry); INSERT INTO open.several VALUES ('SRID=4326;POINT(1 1)'), ('SRID=3857;POINT(1 1)')`,
		`CREATE TABLE open.odd (geom geometry(Point, 990001))`,
		`CREATE TABLE open.solid (geom geometry(TIN, 4326))`,
		`CREATE FUNCTION open.made(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$`,
		`CREATE FUNCTION open.made(z int, x int, y int, query json) RETURNS TABLE (mvt bytea, key text) LANGUAGE sql AS $$ SELECT ''::bytea, '' $$`,
		`CREATE FUNCTION open.other(a int, b int, c int) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$`,
		`CREATE FUNCTION open.sum(z int, x int, y int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$`,
		`CREATE FUNCTION open.wells(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$`,
		`CREATE TABLE shut.secret (geom geometry(Point, 4326))`,
	)
	l := open(t, url)

	want := []string{"open.deep", "open.kept", "open.made", "open.parts", "open.sampled", "open.wells", "open.wells.outline", "open.world"}
	if diff := cmp.Diff(want, names(l)); diff != "" {
		t.Error(diff)
	}
	reasons := map[string]string{}
	for _, s := range l.Skipped() {
		reasons[s.Name] += s.Reason
	}
	for name, part := range map[string]string{
		"open.nowhere": "no reference system", "open.unknown": "has no geometry", "open.several": "[3857 4326]", "open.odd": "990001",
		"open.solid": "Tin", "open.other": "not called z, x and y", "open.wells": "a table is published",
	} {
		if !strings.Contains(reasons[name], part) {
			t.Errorf("%s is skipped since %q; want %q in it", name, reasons[name], part)
		}
		delete(reasons, name)
	}
	if len(reasons) > 0 {
		t.Errorf("skipped too: %v", reasons)
	}

	wells := source(t, l, "open.wells")
	fields := []geo.Field{
		{Name: "gid", Type: geo.Integer},
		{Name: "name", Type: geo.String},
		{Name: "Depth M", Type: geo.Number},
		{Name: "dug", Type: geo.String},
		{Name: "tags", Type: geo.String},
		{Name: "meta", Type: geo.String},
		{Name: "private", Type: geo.Boolean},
	}
	if diff := cmp.Diff(fields, wells.Fields); diff != "" {
		t.Error(diff)
	}
	if wells.Kind != live.Table || wells.Geometry != geo.Point || wells.SRID != 4326 || wells.Description != "Wells of the regency" || !wells.Pages {
		t.Errorf("%+v", wells)
	}
	if e := wells.Extent; e == nil || e.Min[0] > 112.5 || e.Min[0] < 112.49 || e.Max[1] < -8 || e.Max[1] > -7.99 {
		t.Errorf("extent %v", e)
	}
	if outline := source(t, l, "open.wells.outline"); outline.Geometry != geo.Polygon || outline.SRID != 32749 || outline.Extent != nil {
		t.Errorf("%+v", outline)
	}
	for name, key := range map[string]live.Key{
		"open.wells": {Column: "gid", Integer: true}, "open.deep": {Column: "id", Integer: true, Assumed: true},
		"open.kept": {Column: "name", Property: "id"}, "open.sampled": {Column: "id", Property: "id"}, "open.world": {}, "open.parts": {},
	} {
		if s := source(t, l, name); s.Key != key {
			t.Errorf("key of %s: %+v, want %+v", name, s.Key, key)
		}
	}
	if made := source(t, l, "open.made"); made.Kind != live.Function || !made.TakesQuery {
		t.Errorf("of two functions the poorer is published: %+v", made)
	}
}

func TestNothingIsPublishedByDefault(t *testing.T) {
	url := database(t, `CREATE SCHEMA open; CREATE TABLE open.a (geom geometry(Point, 4326))`)
	l := open(t, url, func(o *live.Options) { o.Schemas = nil })
	if len(l.Sources()) > 0 {
		t.Error(names(l))
	}
	if _, err := l.Tile(t.Context(), live.TileRequest{Source: "open.a"}); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
	for _, schema := range []string{"petadesa", "pg_catalog", "information_schema", ""} {
		o := live.Defaults()
		o.Schemas = []string{"open", schema}
		if _, err := live.Open(t.Context(), url, o); !errors.Is(err, data.ErrInvalid) {
			t.Errorf("schema %q: %v", schema, err)
		}
	}
}

func TestFoundOnNotifyAndByTheTimer(t *testing.T) {
	for name, refresh := range map[string]time.Duration{"notify": time.Hour, "timer": 20 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			url := database(t, `CREATE SCHEMA open`)
			l := open(t, url, func(o *live.Options) { o.Refresh = refresh })
			run(t, url, `CREATE TABLE open.late (geom geometry(Point, 4326))`)
			if name == "notify" {
				run(t, url, `NOTIFY petadesa_live`)
			}
			eventually(t, "the table is published", func() bool { return slices.Contains(names(l), "open.late") })
			run(t, url, `DROP TABLE open.late`)
			if name == "notify" {
				run(t, url, `NOTIFY petadesa_live`)
			}
			eventually(t, "the table is gone", func() bool { return len(names(l)) == 0 })
		})
	}
}

func TestDatabaseWithoutPostGIS(t *testing.T) {
	url := database(t, `DROP EXTENSION postgis`)
	o := live.Defaults()
	l, err := live.Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Err(); err == nil || !strings.Contains(err.Error(), "no PostGIS") {
		t.Error(err)
	}
}
