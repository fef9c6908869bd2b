package main

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data/pgtest"
)

// fleet is a schema beside the collections: a table in UTM 49S, a view without a
// key, and a function that draws what its parameters say.
var fleet = []string{
	`CREATE SCHEMA fleet`,
	`CREATE TABLE fleet.stops (id int PRIMARY KEY, name text, passengers int, geom geometry(Point, 32749))`,
	`COMMENT ON TABLE fleet.stops IS 'Bus stops'`,
	`INSERT INTO fleet.stops SELECT i, 'Stop ' || i, i * 10,
		ST_Transform(ST_SetSRID(ST_MakePoint(112.6 + i / 1000.0, -8 - i / 1000.0), 4326), 32749) FROM generate_series(1, 25) AS i`,
	`CREATE VIEW fleet.nameless AS SELECT passengers, geom FROM fleet.stops`,
	`CREATE FUNCTION fleet.mark(z int, x int, y int, query json) RETURNS bytea LANGUAGE sql STABLE AS $$
		SELECT ST_AsMVT(t, 'mark') FROM (SELECT query ->> 'colour' AS colour,
			ST_AsMVTGeom(ST_Transform(ST_SetSRID(ST_MakePoint(112.6, -8), 4326), 3857), ST_TileEnvelope(z, x, y)) AS geom) AS t WHERE geom IS NOT NULL $$`,
	`CREATE FUNCTION fleet.broken(z int, x int, y int) RETURNS bytea LANGUAGE plpgsql AS $$
		BEGIN RAISE EXCEPTION 'a secret of the database'; END $$`,
	`CREATE FUNCTION fleet.slow(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT NULL::bytea FROM pg_sleep(30) $$`,
}

// execute runs statements in a database.
func execute(t *testing.T, url string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, s := range statements {
		if _, err := conn.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v in %s", err, s)
		}
	}
}

func TestLiveSources(t *testing.T) {
	cluster := pgtest.New(t)
	store := cluster.Database(t)
	execute(t, store, fleet...)
	url := serve(t, store, "--live-schemas", "fleet", "--live-timeout", "1500ms", "--live-ttl", "0s")

	t.Run("tile of a table", func(t *testing.T) {
		l := onlyLayer(t, fetch(t, url+"/tiles/fleet.stops/10/832/534.mvt"))
		if l.Name != "fleet.stops" || l.Version != 2 || len(l.Features) != 25 {
			t.Errorf("layer %q, version %d, %d features", l.Name, l.Version, len(l.Features))
		}
		f := l.Features[0]
		if f.ID != 1 || f.Properties["name"] != "Stop 1" {
			t.Errorf("first feature %+v", f)
		}
		l = onlyLayer(t, fetch(t, url+"/tiles/fleet.stops/10/832/534.mvt?properties=passengers"))
		if p := l.Features[0].Properties; len(p) != 1 || p["passengers"] == nil {
			t.Errorf("properties=passengers gives %v", p)
		}
	})
	t.Run("tile of a function", func(t *testing.T) {
		l := onlyLayer(t, fetch(t, url+"/tiles/fleet.mark/10/832/534.mvt?colour=red&extent=4096&v=1"))
		if l.Name != "mark" || len(l.Features) != 1 || l.Features[0].Properties["colour"] != "red" {
			t.Errorf("%+v", l)
		}
	})
	t.Run("TileJSON", func(t *testing.T) {
		var doc struct {
			Description  string
			Tiles        []string
			Bounds       [4]float64
			VectorLayers []struct{ Fields map[string]string } `json:"vector_layers"`
		}
		get(t, url+"/tiles/fleet.stops.json", &doc)
		if doc.Description != "Bus stops" || doc.Tiles[0] != url+"/tiles/fleet.stops/{z}/{x}/{y}.mvt" || doc.VectorLayers[0].Fields["passengers"] != "Number" {
			t.Errorf("%+v", doc)
		}
		if b := doc.Bounds; b[0] < 112.5 || b[2] > 112.7 || b[1] < -8.1 || b[3] > -7.9 {
			t.Errorf("bounds %v", b)
		}
	})
	t.Run("items in pages", func(t *testing.T) {
		var list struct{ Collections []struct{ ID string } }
		get(t, url+"/api/collections", &list)
		ids := []string{}
		for _, c := range list.Collections {
			ids = append(ids, c.ID)
		}
		if !slices.Contains(ids, "fleet.stops") || slices.Contains(ids, "fleet.nameless") || slices.Contains(ids, "fleet.mark") {
			t.Errorf("collections %v", ids)
		}
		var seen []string
		for next := url + "/api/collections/fleet.stops/items?limit=10&properties=name"; next != ""; {
			page := items(t, next)
			for _, f := range page.Features {
				seen = append(seen, f.Properties["name"].(string))
				if len(f.Properties) != 1 || f.Geometry.Coordinates[0] < 112.6 || f.Geometry.Coordinates[0] > 112.63 {
					t.Errorf("%+v", f)
				}
			}
			next = page.next()
		}
		if slices.Sort(seen); len(slices.Compact(seen)) != 25 {
			t.Errorf("%d features in pages: %v", len(seen), seen)
		}
		if page := items(t, url+"/api/collections/fleet.stops/items?bbox=112.6,-8.0055,112.7,-7.9"); len(page.Features) != 5 {
			t.Errorf("%d features in the box, want 5", len(page.Features))
		}
		one := struct {
			ID         string
			Properties map[string]any
		}{}
		get(t, url+"/api/collections/fleet.stops/items/7", &one)
		if one.ID != "7" || one.Properties["passengers"] != 70.0 {
			t.Errorf("%+v", one)
		}
	})
	for _, c := range []struct {
		path   string
		status int
		kind   string
	}{
		{"/tiles/fleet.nothing/1/1/1.mvt", 404, "unknown-collection"},
		{"/tiles/fleet.stops/1/2/1.mvt", 404, "tile-outside"},
		{"/tiles/fleet.stops/23/1/1.mvt", 404, "tile-outside"},
		{"/tiles/villages,fleet.stops/10/832/534.mvt", 404, "unknown-collection"},
		{"/tiles/fleet.stops/10/832/534.mvt?properties=nmae", 400, "bad-parameter"},
		{"/tiles/fleet.stops/10/832/534.mvt?colour=red", 400, "unknown-parameter"},
		{"/tiles/fleet.mark/10/832/534.mvt?colour=%00", 400, "bad-query"},
		{"/tiles/fleet.broken/1/1/1.mvt", 500, "internal"},
		{"/tiles/fleet.slow/1/1/1.mvt", 504, "timeout"},
		{"/api/collections/fleet.stops/items/99", 404, "unknown-feature"},
		{"/api/collections/fleet.stops/items/x", 404, "unknown-feature"},
		{"/api/collections/fleet.stops/items?cursor=x", 400, "bad-cursor"},
		{"/api/collections/fleet.stops/items?name=x", 400, "unknown-parameter"},
		{"/api/collections/fleet.nameless", 404, "unknown-collection"},
	} {
		t.Run(c.path, func(t *testing.T) { checkProblem(t, url+c.path, c.status, c.kind) })
	}

	t.Run("database away", func(t *testing.T) {
		if err := cluster.Stop(); err != nil {
			t.Fatal(err)
		}
		checkProblem(t, url+"/tiles/fleet.stops/9/416/267.mvt", 503, "source-away")
		if l := onlyLayer(t, fetch(t, url+"/tiles/villages/9/416/267.mvt")); len(l.Features) == 0 {
			t.Error("collections are not served any more")
		}
		for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			body := string(fetch(t, url+"/readyz"))
			if strings.Contains(body, "degraded") {
				for _, secret := range []string{"host", "user", "database", "/", "127.0.0.1", "dial"} {
					if strings.Contains(detail(t, body), secret) {
						t.Errorf("readyz tells %q: %s", secret, body)
					}
				}
				return
			}
			if time.Now().After(end) {
				t.Fatalf("readyz does not say degraded: %s", body)
			}
		}
	})
}

func detail(t *testing.T, body string) string {
	t.Helper()
	var r struct{ Store struct{ Detail string } }
	if err := json.Unmarshal([]byte(body), &r); err != nil || r.Store.Detail == "" {
		t.Errorf("no detail in %s: %v", body, err)
	}
	return r.Store.Detail
}

// The query of a client that leaves is stopped, long before its time is over.
func TestAQueryEndsWithItsClient(t *testing.T) {
	store := pgtest.Start(t)
	execute(t, store, fleet...)
	url := serve(t, store, "--live-schemas", "fleet", "--live-timeout", "5m")
	conn, err := pgx.Connect(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	await := func(running int) {
		t.Helper()
		const count = `SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow%' AND pid <> pg_backend_pid()`
		for end := time.Now().Add(25 * time.Second); ; time.Sleep(10 * time.Millisecond) {
			var n int
			if err := conn.QueryRow(t.Context(), count).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n == running {
				return
			}
			if time.Now().After(end) { // the query itself takes 30 s
				t.Fatalf("%d queries run, want %d", n, running)
			}
		}
	}
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/tiles/fleet.slow/1/1/1.mvt", nil)
	if err != nil {
		t.Fatal(err)
	}
	left := make(chan struct{})
	go func() {
		defer close(left)
		if res, err := http.DefaultClient.Do(r); err == nil {
			res.Body.Close()
		}
	}()
	await(1)
	leave()
	<-left
	await(0)
}

func TestLiveSourcesNeedADatabase(t *testing.T) {
	_, err := petadesa(t, "--store", t.TempDir()+"/s.gpkg", "serve", "--addr", "127.0.0.1:0", "--live-schemas", "fleet")
	if err == nil || !strings.Contains(err.Error(), "--live") {
		t.Errorf("error %v, want one that names --live", err)
	}
}

type itemsPage struct {
	Features []struct {
		Properties map[string]any
		Geometry   struct{ Coordinates []float64 }
	}
	Links []struct{ Rel, Href string }
}

func (p *itemsPage) next() string {
	for _, l := range p.Links {
		if l.Rel == "next" {
			return l.Href
		}
	}
	return ""
}

func items(t *testing.T, url string) (page itemsPage) {
	t.Helper()
	get(t, url, &page)
	return page
}
