package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data/pgtest"
)

const (
	trigramSQL = `
CREATE EXTENSION pg_trgm;
CREATE TABLE road (id integer PRIMARY KEY, source integer, target integer, cost float8, name text)`
	indexSQL  = `CREATE INDEX ON road USING gist (lower(name) gist_trgm_ops(siglen=64)); ANALYZE road`
	searchSQL = `SELECT name FROM road ORDER BY $1::text <<-> lower(name) LIMIT 10`
	routeSQL  = `SELECT coalesce(max(agg_cost), -1) FROM pgr_dijkstra('SELECT id, source, target, cost FROM road', $1::integer, $2::integer, directed => false)`
)

// postgres asks pg_trgm for the same names, and pgRouting for routes over the same
// roads.
func postgres(ctx context.Context, out io.Writer, roads []road, typing []typed, random *rand.Rand) (err error) {
	conn, stop, err := pgtest.Connect(ctx)
	if errors.Is(err, pgtest.ErrNoBinaries) {
		fmt.Fprintln(out, "no PostgreSQL here to compare with")
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if _, err := conn.Exec(ctx, trigramSQL); err != nil {
		return err
	}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"road"}, []string{"id", "source", "target", "cost", "name"}, pgx.CopyFromSlice(len(roads), func(i int) ([]any, error) {
		r := roads[i]
		return []any{int32(i), int32(r.from), int32(r.to), 1 + random.Float64(), r.name}, nil
	})); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, indexSQL); err != nil {
		return err
	}
	var took timings
	found := 0
	for _, t := range typing[:trigrams] {
		start := time.Now()
		rows, err := conn.Query(ctx, searchSQL, strings.ToLower(t.text))
		if err != nil {
			return err
		}
		names, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		took = append(took, time.Since(start))
		if slices.Contains(names, t.name) {
			found++
		}
	}
	slices.Sort(took)
	took.row(out, "the same searches by pg_trgm (GiST, word similarity), no HTTP", fmt.Sprintf("the name is among ten in %.1f %%", 100*float64(found)/trigrams))
	if _, err := conn.Exec(ctx, `CREATE EXTENSION pgrouting CASCADE`); err != nil {
		fmt.Fprintln(out, "no pgRouting here to compare with: install postgresql-15-pgrouting")
		return nil
	}
	took = nil
	for range pgRoutes {
		start := time.Now()
		var cost float64
		if err := conn.QueryRow(ctx, routeSQL, random.IntN(side*side), random.IntN(side*side)).Scan(&cost); err != nil {
			return err
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	took.row(out, "routes over as many roads by pgRouting (pgr_dijkstra), the cost only, no HTTP", "")
	return nil
}
