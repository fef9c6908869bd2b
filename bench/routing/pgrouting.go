package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo/routing"
)

const (
	edgesSQL = `CREATE TABLE edge (id integer PRIMARY KEY, source integer, target integer, cost float8, reverse_cost float8)`
	routeSQL = `SELECT coalesce(max(agg_cost), -1) FROM pgr_dijkstra('SELECT id, source, target, cost, reverse_cost FROM edge', $1::integer, $2::integer, directed => true)`
)

// asked is how many of the pairs pgRouting is asked: it reads all edges for each.
const asked = 200

// pgRouting asks the same graph, with the same costs, for the same routes.
func pgRouting(ctx context.Context, router *routing.Router, m *routing.Metric, pairs [][2]int32, costs []int64) (err error) {
	conn, stop, err := pgtest.Connect(ctx)
	if errors.Is(err, pgtest.ErrNoBinaries) {
		fmt.Println("  no PostgreSQL here to compare with")
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if _, err := conn.Exec(ctx, `CREATE EXTENSION pgrouting`); err != nil {
		fmt.Println("  no pgRouting here to compare with: install postgresql-15-pgrouting")
		return nil
	}
	if _, err := conn.Exec(ctx, edgesSQL); err != nil {
		return err
	}
	price := func(weight uint32) float64 {
		if weight == routing.Closed {
			return -1 // no way
		}
		return float64(weight)
	}
	_, err = conn.CopyFrom(ctx, pgx.Identifier{"edge"}, []string{"id", "source", "target", "cost", "reverse_cost"}, pgx.CopyFromSlice(len(router.Edges), func(i int) ([]any, error) {
		e := router.Edges[i]
		return []any{int32(i), e.From, e.To, price(m.Weights.Forward[i]), price(m.Weights.Backward[i])}, nil
	}))
	if err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `ANALYZE edge`); err != nil {
		return err
	}
	same, stacked := 0, 0
	var took []time.Duration
	for i, pair := range pairs[:asked] {
		start := time.Now()
		var cost float64
		if err := conn.QueryRow(ctx, routeSQL, pair[0], pair[1]).Scan(&cost); err != nil {
			return err
		}
		took = append(took, time.Since(start))
		switch {
		case pair[0] == pair[1] || int64(cost) == costs[i]:
			same++
		case onAnother(router, pair[0]) || onAnother(router, pair[1]):
			stacked++ // a bridge's node over that of the road below: another start
		default:
			return fmt.Errorf("from node %d to %d: %d ms, pgRouting says %.0f", pair[0], pair[1], costs[i], cost)
		}
	}
	fmt.Printf("  pgRouting (pgr_dijkstra), same graph and costs, same run: %d of %d routes cost the same to the millisecond (%d begin or end where no vehicle of this kind may be, or on two levels); p50 %v, p95 %v\n",
		same, asked, stacked, at(took, 0.5), at(took, 0.95))
	return nil
}

// onAnother reports whether the place of a node is met first on an edge that does
// not begin or end at it: nodes above one another, or without an open edge.
func onAnother(router *routing.Router, node int32) bool {
	spot := router.Spots(router.Metric(routing.Motorcycle), router.Nodes[node:node+1])[0]
	if spot.Edge < 0 {
		return true
	}
	e := router.Edges[spot.Edge]
	return e.From != node && e.To != node
}
