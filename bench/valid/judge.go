package main

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// judge asks PostGIS about tiles.
type judge struct {
	conn *pgx.Conn
}

// verdict is what was found in some tiles; areas are in square tile units.
type verdict struct {
	tiles, polygons, invalid int
	overlap, gap             float64
}

func (v *verdict) add(o verdict) {
	v.tiles += o.tiles
	v.polygons += o.polygons
	v.invalid += o.invalid
	v.overlap += o.overlap
	v.gap += o.gap
}

func (v verdict) print(out io.Writer, name string) {
	fmt.Fprintf(out, "| %s | %d | %d | %d | %s | %s |\n", name, v.tiles, v.polygons, v.invalid, area(v.overlap), area(v.gap))
}

// area writes an area to the hundredth of a unit: what is less is the rounding
// of coordinates where the tile's box cuts a border.
func area(a float64) string {
	return fmt.Sprintf("%.2f", math.Round(a*100)/100+0) // +0: no "-0.00"
}

// newJudge connects to a database with PostGIS. The records of whole together
// are what there is to cover.
func newJudge(ctx context.Context, url string, whole geo.Table) (*judge, error) {
	var shapes [][]byte
	for _, r := range whole.Records {
		b, err := wkb.Marshal(r.Geometry)
		if err != nil {
			return nil, err
		}
		shapes = append(shapes, b)
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	j := &judge{conn}
	// Compiling the query would take longer than the query.
	if _, err = conn.Exec(ctx, "SET jit = off; CREATE TEMP TABLE whole (geom geometry(Geometry, 3857), border geometry(Geometry, 3857))"); err == nil {
		_, err = conn.Exec(ctx, `INSERT INTO whole SELECT g, ST_Boundary(g)
			FROM (SELECT ST_Transform(ST_Union(ST_GeomFromWKB(w, 4326)), 3857) AS g FROM unnest($1::bytea[]) AS w) AS _`, shapes)
	}
	if err != nil {
		j.close(ctx)
		return nil, fmt.Errorf("unite what there is to cover: %w", err)
	}
	return j, nil
}

// judgeSQL takes zoom, column, row and the features as WKB in tile units.
// Invalid ones are counted, and repaired before areas are taken.
const judgeSQL = `
WITH tile AS MATERIALIZED (
	SELECT wide, 4096 / (ST_XMax(e) - ST_XMin(e)) AS scale, ST_XMin(e) AS west, ST_YMax(e) AS north, ST_MakeEnvelope(0, 0, 4096, 4096) AS box
	FROM (SELECT ST_TileEnvelope($1, $2, $3) AS e, ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096) AS wide) AS _
), drawn AS MATERIALIZED (
	SELECT ST_IsValid(g) AS valid, ST_MakeValid(g) AS geom
	FROM unnest($4::bytea[]) AS w, ST_GeomFromWKB(w) AS g
), united AS MATERIALIZED (
	SELECT COALESCE(ST_Union(geom), 'POLYGON EMPTY') AS geom FROM drawn
), ground AS MATERIALIZED (
	SELECT ST_SetSRID(ST_Affine(ST_Intersection(geom, wide), scale, 0, 0, -scale, -west * scale, north * scale), 0) AS geom,
		ST_SetSRID(ST_Affine(ST_ClipByBox2D(border, wide), scale, 0, 0, -scale, -west * scale, north * scale), 0) AS border
	FROM whole, tile
)
SELECT (SELECT count(*) FROM drawn),
	(SELECT count(*) FROM drawn WHERE NOT valid),
	(SELECT COALESCE(sum(ST_Area(ST_Intersection(geom, box))), 0) FROM drawn, tile) - (SELECT ST_Area(ST_Intersection(geom, box)) FROM united, tile),
	(SELECT COALESCE(sum(ST_Area(ST_Intersection(piece.geom, box))), 0)
		FROM tile, ground, united, ST_Dump(ST_Difference(ground.geom, united.geom)) AS piece
		WHERE NOT ST_DWithin(piece.geom, border, 0.001))`

// judge returns what PostGIS says of the features of one tile, given as WKB in
// tile units.
func (j *judge) judge(ctx context.Context, a tiles.Address, drawn [][]byte) (verdict, error) {
	var v verdict
	if len(drawn) > 0 {
		v.tiles = 1
	}
	err := j.conn.QueryRow(ctx, judgeSQL, int(a.Z), int(a.X), int(a.Y), drawn).Scan(&v.polygons, &v.invalid, &v.overlap, &v.gap)
	return v, err
}

func (j *judge) close(ctx context.Context) {
	_ = j.conn.Close(ctx) // nothing is kept
}
