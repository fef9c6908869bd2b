package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// gapSQL is the covered area of each village for any operator.
const gapSQL = `
SELECT v.code, ST_Area(v.geom::geography), coalesce(ST_Area(ST_Intersection(v.geom, u.geom)::geography), 0)
FROM v CROSS JOIN (SELECT ST_Union(geom) AS geom FROM c) u ORDER BY v.code`

// against asks PostGIS the same question: the claimed 4G coverage of any
// operator, by village.
func against(ctx context.Context, e *coverage.Engine, snap *geo.Snapshot) (err error) {
	conn, stop, err := pgtest.Connect(ctx)
	if errors.Is(err, pgtest.ErrNoBinaries) {
		fmt.Println("no PostgreSQL here to compare with")
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := load(ctx, conn, snap); err != nil {
		return fmt.Errorf("load PostGIS: %w", err)
	}
	theirs, err := median(5, func() error {
		_, err := conn.Exec(ctx, gapSQL)
		return err
	})
	if err != nil {
		return err
	}
	q := &coverage.Query{Evidence: "claimed"}
	ours, err := median(51, func() error {
		_, err := e.Gaps(ctx, snap, q)
		return err
	})
	if err != nil {
		return err
	}
	first, err := median(5, func() error { // with nothing computed before
		_, err := coverage.New(coverage.Options{}).Gaps(ctx, snap, q)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Printf("claimed 4g, any operator: PostGIS %v; here %v warm: %.0f times faster; %v with nothing computed before, villages included: %.1f times\n",
		theirs.Round(time.Millisecond), ours.Round(time.Microsecond), float64(theirs)/float64(ours), first.Round(time.Millisecond), float64(theirs)/float64(first))
	return nil
}

func load(ctx context.Context, conn *pgx.Conn, snap *geo.Snapshot) error {
	if _, err := conn.Exec(ctx, `CREATE TABLE v (code text PRIMARY KEY, geom geometry); CREATE TABLE c (operator text, geom geometry)`); err != nil {
		return err
	}
	v, c := snap.Layer("villages"), snap.Layer("coverage")
	for i := range v.Len() {
		raw, err := wkb.Marshal(v.Geometry(i))
		if err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, `INSERT INTO v VALUES ($1, ST_SetSRID(ST_GeomFromWKB($2), 4326))`, v.ID(i), raw); err != nil {
			return err
		}
	}
	for i := range c.Len() {
		if c.Column("technology").Value(i) != "4g" {
			continue
		}
		raw, err := wkb.Marshal(c.Geometry(i))
		if err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, `INSERT INTO c VALUES ($1, ST_MakeValid(ST_SetSRID(ST_GeomFromWKB($2), 4326)))`, c.Column("operator").Value(i), raw); err != nil {
			return err
		}
	}
	_, err := conn.Exec(ctx, `CREATE INDEX ON v USING gist (geom); CREATE INDEX ON c USING gist (geom); ANALYZE`)
	return err
}

func median(n int, f func() error) (time.Duration, error) {
	times := make([]time.Duration, n)
	for i := range times {
		start := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	return times[n/2], nil
}
