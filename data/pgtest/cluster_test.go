package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data/pgtest"
)

func TestDataOutliveAStop(t *testing.T) {
	c := pgtest.New(t)
	url := c.Database(t)
	query := func(sql string) (n int) {
		t.Helper()
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close(t.Context()) }()
		if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	query("WITH made AS (SELECT ST_Area('POLYGON((0 0,2 0,2 2,0 0))'::geometry) AS a) SELECT a::int FROM made")
	query("SELECT count(*)::int FROM pg_extension WHERE extname = 'postgis'")
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.Connect(t.Context(), url); err == nil {
		t.Error("a stopped server answers")
	}
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := query("SELECT 7"); n != 7 {
		t.Error(n)
	}
	if other := c.Database(t); other == url {
		t.Error("two databases have one name")
	}
}
