package live_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data/live"
	"github.com/petadesa/petadesa/data/pgtest"
)

// slow is a function whose tiles take a minute, but at zoom 0 none.
const slow = `CREATE FUNCTION open.slow(z int, x int, y int) RETURNS bytea LANGUAGE sql VOLATILE
	AS $$ SELECT pg_sleep(60 * sign(z))::text::bytea || 'done'::bytea $$`

// active counts the queries that the server works on for live sources.
func active(t testing.TB, url string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	const count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'petadesa live' AND state = 'active'"
	if err := conn.QueryRow(t.Context(), count).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestQueryIsCancelledWhenTheClientLeaves(t *testing.T) {
	url := database(t, `CREATE SCHEMA open`, slow)
	l := open(t, url, func(o *live.Options) { o.Connections = 2 })
	first, leaveFirst := context.WithCancel(t.Context())
	second, leaveSecond := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	for _, ctx := range []context.Context{first, second} {
		go func() {
			_, err := l.Tile(ctx, live.TileRequest{Source: "open.slow", Z: 1})
			ended <- err
		}()
	}
	eventually(t, "the query runs", func() bool { return active(t, url) == 1 })
	leaveFirst()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if n := active(t, url); n != 1 {
		t.Errorf("%d queries run when one of two clients has left", n)
	}
	leaveSecond()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	eventually(t, "the query has ended", func() bool { return active(t, url) == 0 })
	if tile, err := l.Tile(t.Context(), live.TileRequest{Source: "open.slow"}); err != nil || string(tile.Data) != "done" {
		t.Errorf("afterwards: %s, %v", tile.Data, err)
	}
}

func TestSlowQueryTimesOut(t *testing.T) {
	url := database(t, `CREATE SCHEMA open`, slow)
	l := open(t, url, func(o *live.Options) { o.Timeout = 300 * time.Millisecond })
	if _, err := l.Tile(t.Context(), live.TileRequest{Source: "open.slow", Z: 1}); !errors.Is(err, live.ErrTimeout) {
		t.Error(err)
	}
	if n := active(t, url); n != 0 {
		t.Errorf("%d queries still run", n)
	}
}

func TestBusyIsSaidAtOnceOrAfterAWhile(t *testing.T) {
	url := database(t, `CREATE SCHEMA open`, slow)
	l := open(t, url, func(o *live.Options) { o.Connections, o.Queue, o.Wait = 1, 1, 200*time.Millisecond })
	ctx, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer all.Wait()
	defer leave()
	all.Go(func() { _, _ = l.Tile(ctx, live.TileRequest{Source: "open.slow", Z: 1}) })
	eventually(t, "the query runs", func() bool { return active(t, url) == 1 })
	busy := make(chan error)
	for x := range 2 {
		go func() {
			_, err := l.Tile(t.Context(), live.TileRequest{Source: "open.slow", Z: 2, X: x})
			busy <- err
		}()
	}
	for range 2 {
		if err := <-busy; !errors.Is(err, live.ErrBusy) {
			t.Error(err)
		}
	}
}

func TestManyClientsFewConnections(t *testing.T) {
	url := database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.a (id int PRIMARY KEY, geom geometry(Point, 32749))`,
		`INSERT INTO open.a SELECT i, ST_SetSRID(ST_MakePoint(600000 + i * 10, 9100000 + i % 100 * 100), 32749) FROM generate_series(1, 5000) AS i`,
		`CREATE INDEX ON open.a USING gist (geom)`)
	l := open(t, url, func(o *live.Options) { o.Connections, o.TTL = 4, 0 })
	var all sync.WaitGroup
	for client := range 64 {
		all.Go(func() {
			for i := range 8 {
				r := at("open.a", 112+float64(client)/200, -8.13, 6+i)
				if _, err := l.Tile(t.Context(), r); err != nil {
					t.Errorf("client %d: %v", client, err)
				}
			}
		})
	}
	all.Wait()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'petadesa live' AND datname = current_database()").Scan(&n); err != nil || n > 4 {
		t.Errorf("%d connections, %v", n, err)
	}
}

func TestDatabaseRestarts(t *testing.T) {
	own := pgtest.New(t)
	url := own.Database(t)
	run(t, url, `CREATE SCHEMA open`, `CREATE TABLE open.a (id int PRIMARY KEY, geom geometry(Point, 4326))`, `INSERT INTO open.a VALUES (1, 'SRID=4326;POINT(112 -8)')`)
	l := open(t, url, func(o *live.Options) { o.TTL = 0 })
	r := at("open.a", 112, -8, 5)
	if len(features(t, l, r)) != 1 {
		t.Fatal("no feature")
	}
	if err := own.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Tile(t.Context(), r); !errors.Is(err, live.ErrAway) {
		t.Error(err)
	}
	eventually(t, "the loss is noticed", func() bool { return errors.Is(l.Err(), live.ErrAway) })
	if _, ok := l.Source("open.a"); !ok {
		t.Error("the source is forgotten while the database is away")
	}
	if err := own.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(features(t, l, r)) != 1 {
		t.Error("no feature after the restart")
	}
	eventually(t, "it follows again", func() bool { return l.Err() == nil })

	// A restart that nobody notices until the next request.
	if err := own.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := own.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(features(t, l, r)) != 1 {
		t.Error("no feature after the second restart")
	}
	eventually(t, "it follows again", func() bool { return l.Err() == nil })
	run(t, url, `CREATE TABLE open.b (geom geometry(Point, 4326))`, `NOTIFY petadesa_live`)
	eventually(t, "it hears again", func() bool { return len(l.Sources()) == 2 })
}
