package coverage

import (
	"context"
	"math"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

// realWorld is the true villages under the illustrative claims.
func realWorld(t testing.TB) *geo.Snapshot {
	t.Helper()
	raw, err := os.ReadFile(testdata.Path(t, "malang", "villages_malang_topo.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	fc, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		t.Fatal(err)
	}
	bundle := bundleSnapshot(t)
	var villages []geo.Record
	for _, f := range fc.Features {
		p := f.Properties
		v := map[string]any{"name": p["name"], "district_code": p["kecamatan_code"], "district": p["kecamatan"]}
		if old := bundle.Layer("villages"); true {
			if i, ok := old.Find(p["code"].(string)); ok {
				v["population"] = old.Column("population").Value(i)
			}
		}
		villages = append(villages, record("villages", p["code"].(string), f.Geometry, v))
	}
	tables := []geo.Table{table("villages", villages)}
	for _, l := range bundle.Layers() {
		if id := l.Collection.ID; id != "villages" && !l.Derived {
			tables = append(tables, l.Table())
		}
	}
	snap, err := geo.Build(context.Background(), nil, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func loadPostGIS(ctx context.Context, t testing.TB, conn *pgx.Conn, snap *geo.Snapshot) {
	t.Helper()
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := conn.Exec(ctx, sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`SELECT postgis_version()`)
	exec(`CREATE TABLE v (code text PRIMARY KEY, geom geometry)`)
	exec(`CREATE TABLE c (operator text, geom geometry)`)
	insert := func(sql, key string, g orb.Geometry) {
		t.Helper()
		raw, err := wkb.Marshal(g)
		if err != nil {
			t.Fatal(err)
		}
		exec(sql, key, raw)
	}
	v, c := snap.Layer("villages"), snap.Layer("coverage")
	for i := range v.Len() {
		if raced && i%8 != 0 {
			continue
		}
		insert(`INSERT INTO v VALUES ($1, ST_SetSRID(ST_GeomFromWKB($2), 4326))`, v.ID(i), v.Geometry(i))
	}
	for i := range c.Len() {
		if c.Column("technology").Value(i) == "4g" {
			insert(`INSERT INTO c VALUES ($1, ST_MakeValid(ST_SetSRID(ST_GeomFromWKB($2), 4326)))`, c.Column("operator").Value(i).(string), c.Geometry(i))
		}
	}
	exec(`CREATE INDEX ON v USING gist (geom)`)
	exec(`CREATE INDEX ON c USING gist (geom)`)
	exec(`ANALYZE`)
}

// gapSQL is the covered area of each village in m², any operator, as a careful
// user of PostGIS writes it.
const gapSQL = `
SELECT v.code, ST_Area(v.geom::geography),
       coalesce(ST_Area(ST_Intersection(v.geom, u.geom)::geography), 0)
FROM v CROSS JOIN (SELECT ST_Union(geom) AS geom FROM c WHERE $1 IN ('any', operator)) u ORDER BY v.code`

func TestAreasAreThoseOfPostGIS(t *testing.T) {
	if testing.Short() {
		t.Skip("short: no PostGIS")
	}
	snap := realWorld(t)
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, pgtest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	loadPostGIS(ctx, t, conn, snap)
	operators, least := []string{"any", "Telkomsel", "Smartfren"}, 380
	if raced {
		operators, least = operators[2:], 1
	}
	for _, operator := range operators {
		mine := map[string]AreaCounts{}
		for _, r := range ask(t, testEngine(), snap, "evidence=claimed&operator="+operator).Rows {
			mine[r.Code] = r.Area
		}
		rows, err := conn.Query(ctx, gapSQL, operator)
		if err != nil {
			t.Fatal(err)
		}
		var worst, worstTotal float64
		var at string
		n := 0
		for rows.Next() {
			var code string
			var total, covered float64
			if err := rows.Scan(&code, &total, &covered); err != nil {
				t.Fatal(err)
			}
			if total < 1e6 {
				continue
			}
			n++
			if d := math.Abs(float64(mine[code].Covered)-covered) / total; d > worst {
				worst, at = d, code
			}
			worstTotal = max(worstTotal, math.Abs(float64(mine[code].Total)-total)/total)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d villages over 1 km²; largest difference of the covered area %.4f %% of the village (%s), of its whole area %.4f %%",
			operator, n, worst*100, at, worstTotal*100)
		if worst > 0.005 || worstTotal > 0.005 || n < least {
			t.Errorf("%s: more than 0.5 %%, or too few villages", operator)
		}
	}
}
