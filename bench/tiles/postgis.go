package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// postgis is a private PostGIS with the tables in it.
type postgis struct {
	cluster *pgtest.Cluster
	conn    *pgx.Conn
	forms   []form
}

// form is a way to write the query.
type form struct {
	name string
	sql  string
}

func openPostGIS(ctx context.Context, tables []geo.Table) (_ *postgis, err error) {
	p := &postgis{}
	if p.cluster, err = pgtest.NewCluster(ctx, ""); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.close(ctx)
		}
	}()
	name, err := p.cluster.CreateDatabase(ctx)
	if err != nil {
		return nil, err
	}
	if p.conn, err = pgx.Connect(ctx, p.cluster.URL(name)); err != nil {
		return nil, err
	}
	// One process does all of a query's work, so that its time is all there is.
	if _, err := p.conn.Exec(ctx, "SET max_parallel_workers_per_gather = 0; SET jit = off"); err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := p.copy(ctx, t); err != nil {
			return nil, fmt.Errorf("copy %s into PostGIS: %w", t.Collection.ID, err)
		}
	}
	p.forms = []form{
		{"ST_AsMVT, fenced", tileSQL(tables, " OFFSET 0", " WHERE geom IS NOT NULL")},
		{"ST_AsMVT, no filter", tileSQL(tables, "", "")},
		{"ST_AsMVT, unfenced filter", tileSQL(tables, "", " WHERE geom IS NOT NULL")},
	}
	return p, nil
}

func (p *postgis) copy(ctx context.Context, t geo.Table) error {
	table := pgx.Identifier{t.Collection.ID}
	types := map[geo.FieldType]string{geo.String: "text", geo.Integer: "bigint", geo.Number: "double precision", geo.Boolean: "boolean"}
	columns := []string{"fid"}
	create := "CREATE TABLE " + table.Sanitize() + " (fid text PRIMARY KEY"
	for _, f := range t.Collection.Fields {
		columns = append(columns, f.Name)
		create += ", " + pgx.Identifier{f.Name}.Sanitize() + " " + types[f.Type]
	}
	columns = append(columns, "wkb")
	if _, err := p.conn.Exec(ctx, create+", wkb bytea)"); err != nil {
		return err
	}
	i := -1
	_, err := p.conn.CopyFrom(ctx, table, columns, pgx.CopyFromFunc(func() ([]any, error) {
		if i++; i == len(t.Records) {
			return nil, nil
		}
		r := t.Records[i]
		b, err := wkb.Marshal(r.Geometry)
		return append(append([]any{r.ID}, r.Values...), b), err
	}))
	if err != nil {
		return err
	}
	for _, step := range []string{
		"ALTER TABLE %s ADD geom geometry(Geometry, 4326)", "UPDATE %s SET geom = ST_GeomFromWKB(wkb, 4326)",
		"ALTER TABLE %s DROP wkb", "CREATE INDEX ON %s USING gist (geom)", "VACUUM FULL ANALYZE %s",
	} {
		if _, err := p.conn.Exec(ctx, strings.Replace(step, "%s", table.Sanitize(), 1)); err != nil {
			return err
		}
	}
	return nil
}

// tileSQL returns the query of a tile, its parameters zoom, column and row:
// each layer's ST_AsMVT, joined. What ST_AsMVTGeom makes nothing of is left out
// by filter, and fence keeps the planner from working it out twice.
func tileSQL(tables []geo.Table, fence, filter string) string {
	var layers []string
	for _, t := range tables {
		columns := []string{"fid"}
		for _, f := range t.Collection.Fields {
			columns = append(columns, pgx.Identifier{f.Name}.Sanitize())
		}
		id := t.Collection.ID
		layers = append(layers, "COALESCE((SELECT ST_AsMVT(t, '"+strings.ReplaceAll(id, "'", "''")+"', 4096, 'geom') FROM (SELECT * FROM (SELECT "+strings.Join(columns, ", ")+
			", ST_AsMVTGeom(ST_Transform(geom, 3857), ST_TileEnvelope($1, $2, $3), 4096, 64, true) AS geom FROM "+pgx.Identifier{id}.Sanitize()+
			" WHERE geom && ST_Transform(ST_TileEnvelope($1, $2, $3, margin => 64.0/4096), 4326)"+fence+") AS s"+filter+") AS t), '')")
	}
	return "SELECT " + strings.Join(layers, " || ")
}

// tile asks for a tile and returns its size and the processor time it took.
func (p *postgis) tile(ctx context.Context, f form, a tiles.Address) (int, time.Duration, error) {
	before, err := processCPU(p.conn.PgConn().PID())
	if err != nil {
		return 0, 0, err
	}
	var data []byte
	if err := p.conn.QueryRow(ctx, f.sql, int(a.Z), int(a.X), int(a.Y)).Scan(&data); err != nil {
		return 0, 0, err
	}
	after, err := processCPU(p.conn.PgConn().PID())
	return len(data), after - before, err
}

func (p *postgis) close(ctx context.Context) {
	if p.conn != nil {
		_ = p.conn.Close(ctx) // it ends with the cluster
	}
	_ = p.cluster.Close() // nothing is kept
}
