package live_test

import (
	"context"
	"errors"
	neturl "net/url"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/petadesa/petadesa/data/live"
)

// as is the connection string for another role.
func as(t testing.TB, url, role string) string {
	t.Helper()
	u, err := neturl.Parse(url)
	if err != nil {
		t.Fatal(err)
	}
	u.User = neturl.User(role)
	return u.String()
}

func hasCode(err error, code string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == code
}

func TestARoleThatMayOnlyReadIsEnough(t *testing.T) {
	url := database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.a (id int PRIMARY KEY, name text, secret text, geom geometry(Point, 32749))`,
		`INSERT INTO open.a VALUES (1, 'mine', 's', 'SRID=32749;POINT(600000 9100000)'), (2, 'theirs', 's', 'SRID=32749;POINT(600000 9100000)')`,
		`CREATE INDEX ON open.a USING gist (geom)`, `ANALYZE open.a`,
		`CREATE VIEW open.v AS SELECT * FROM open.a`,
		`CREATE TABLE open.hidden (geom geometry(Point, 4326))`,
		`CREATE FUNCTION open.f(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT ST_AsMVT(r.*, 'f') FROM (SELECT id, ST_AsMVTGeom(ST_Transform(geom, 3857), ST_TileEnvelope(z, x, y)) FROM open.a) r $$`,
		`CREATE FUNCTION open.no(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$`,
		`CREATE FUNCTION open.writes(z int, x int, y int) RETURNS bytea LANGUAGE sql VOLATILE AS $$ DELETE FROM open.a; SELECT ''::bytea $$`,
		`DROP ROLE IF EXISTS petadesa_reader`,
		// As docs/decisions/live-sources.md has it, but for less.
		`CREATE ROLE petadesa_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT`,
		`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA open FROM PUBLIC`,
		`GRANT USAGE ON SCHEMA open TO petadesa_reader`,
		`GRANT SELECT (id, name, geom) ON open.a TO petadesa_reader`,
		`GRANT SELECT ON open.v TO petadesa_reader`,
		`GRANT EXECUTE ON FUNCTION open.f, open.writes TO petadesa_reader`,
		`ALTER TABLE open.a ENABLE ROW LEVEL SECURITY`,
		`CREATE POLICY mine ON open.a FOR SELECT TO petadesa_reader USING (name = 'mine')`)
	defer run(t, url, `DROP OWNED BY petadesa_reader; DROP ROLE petadesa_reader`)
	reader := as(t, url, "petadesa_reader")
	l := open(t, reader)
	defer l.Close()

	found := features(t, l, at("open.a", 111.9, -8.13, 6))
	if len(found) != 1 || found[0].Properties["name"] != "mine" || found[0].Properties["secret"] != nil {
		t.Errorf("%+v", found)
	}
	if s := source(t, l, "open.a"); s.Extent == nil {
		t.Error("no extent")
	}
	if found = features(t, l, at("open.v", 111.9, -8.13, 6)); len(found) != 2 { // as its owner sees them
		t.Errorf("%+v", found)
	}
	if tile, err := l.Tile(t.Context(), live.TileRequest{Source: "open.f"}); err != nil || len(tile.Data) == 0 {
		t.Errorf("%d bytes, %v", len(tile.Data), err)
	}
	if page, err := l.Items(t.Context(), live.ItemsRequest{Source: "open.a", Limit: 10}); err != nil || len(page.Records) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	skipped := map[string]bool{}
	for _, s := range l.Skipped() {
		skipped[s.Name] = true
	}
	if !skipped["open.hidden"] || !skipped["open.no"] || len(skipped) != 2 {
		t.Errorf("skipped %v", l.Skipped())
	}

	if _, err := l.Tile(t.Context(), live.TileRequest{Source: "open.writes"}); err == nil {
		t.Error("a function writes")
	}
	conn, err := pgx.Connect(t.Context(), reader)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, statement := range []string{
		`INSERT INTO open.a VALUES (3)`, `UPDATE open.a SET name = ''`, `DELETE FROM open.a`, `TRUNCATE open.a`, `DROP TABLE open.a`,
		`INSERT INTO open.v VALUES (3)`, `CREATE TABLE open.b (a int)`, `CREATE TABLE public.b (a int)`, `SELECT secret FROM open.a`,
		`SELECT open.no(0, 0, 0)`, `SELECT * FROM open.hidden`, `CREATE SCHEMA mine`, `COPY open.a (id, name) TO PROGRAM 'true'`,
	} {
		if _, err := conn.Exec(t.Context(), statement); !hasCode(err, "42501") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestFunctionsCannotWriteWhoeverCalls(t *testing.T) {
	url := database(t, `CREATE SCHEMA open`, `CREATE TABLE open.count (n int)`,
		`CREATE FUNCTION open.writes(z int, x int, y int) RETURNS bytea LANGUAGE sql VOLATILE AS $$ INSERT INTO open.count VALUES (1); SELECT ''::bytea $$`)
	l := open(t, url) // as a superuser
	if _, err := l.Tile(t.Context(), live.TileRequest{Source: "open.writes"}); !hasCode(err, "25006") {
		t.Error(err)
	}
}
