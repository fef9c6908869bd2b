package live_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/petadesa/petadesa/data/live"
)

// BenchmarkTile cuts tiles of 20,000 polygons in UTM: one that is made each
// time, one that is kept, and one that 64 clients want at once.
func BenchmarkTile(b *testing.B) {
	url := database(b, `CREATE SCHEMA open`,
		`CREATE TABLE open.a (id int PRIMARY KEY, name text, geom geometry(Polygon, 32749))`,
		`INSERT INTO open.a SELECT i, 'n' || i, ST_Buffer(ST_SetSRID(ST_MakePoint(600000 + i % 200 * 400, 9050000 + i / 200 * 800), 32749), 300) FROM generate_series(1, 20000) AS i`,
		`CREATE INDEX ON open.a USING gist (geom)`, `ANALYZE open.a`)
	for _, z := range []int{8, 12} {
		r := at("open.a", 112.2, -8.3, z)
		b.Run(fmt.Sprintf("z%d/made", z), func(b *testing.B) {
			l := open(b, url, func(o *live.Options) { o.TTL = 0 })
			for b.Loop() {
				tile, err := l.Tile(b.Context(), r)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(tile.Data)), "B/tile")
			}
		})
		b.Run(fmt.Sprintf("z%d/kept", z), func(b *testing.B) {
			l := open(b, url)
			for b.Loop() {
				if _, err := l.Tile(b.Context(), r); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("z%d/64-at-once", z), func(b *testing.B) {
			l := open(b, url, func(o *live.Options) { o.TTL = 0 })
			for b.Loop() {
				var all sync.WaitGroup
				for range 64 {
					all.Go(func() {
						if _, err := l.Tile(b.Context(), r); err != nil {
							b.Error(err)
						}
					})
				}
				all.Wait()
			}
		})
	}
}

// BenchmarkFind looks through a schema of 500 tables.
func BenchmarkFind(b *testing.B) {
	url := database(b, `CREATE SCHEMA open`,
		`DO $$ BEGIN FOR i IN 1..500 LOOP
			EXECUTE format('CREATE TABLE open.t%s (id int PRIMARY KEY, name text, kind text, size float8, geom geometry(Point, 32749))', i);
			EXECUTE format('INSERT INTO open.t%s VALUES (1, '''', '''', 0, ''SRID=32749;POINT(600000 9050000)'')', i);
			EXECUTE format('CREATE INDEX ON open.t%s USING gist (geom)', i);
		END LOOP; END $$`)
	for b.Loop() {
		began := time.Now()
		l := open(b, url)
		b.ReportMetric(float64(time.Since(began).Microseconds())/500, "µs/table")
		if n := len(l.Sources()); n != 500 {
			b.Fatal(n, "sources")
		}
		l.Close()
	}
}
