package tiles

import (
	"context"
	"fmt"
	"syscall"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/petadesa/petadesa/geo"
)

// province returns the villages side by side until they are about as many as
// East Java has.
func province(t testing.TB) geo.Table {
	t.Helper()
	table := villages(t, "villages_malang_topo.geojson")
	all := geo.Table{Collection: table.Collection}
	for i := range 22 {
		dx, dy := float64(i%6-3)*0.68, float64(i/6-1)*0.71
		for _, r := range table.Records {
			g := orb.Clone(r.Geometry)
			geo.EachPoint(g, func(orb.Point) {})
			all.Records = append(all.Records, geo.Record{ID: fmt.Sprintf("%s.%d", r.ID, i), Geometry: shift(g, dx, dy), Values: r.Values})
		}
	}
	return all
}

func shift(g orb.Geometry, dx, dy float64) orb.Geometry {
	polygons, ok := g.(orb.MultiPolygon)
	if !ok {
		polygons = orb.MultiPolygon{g.(orb.Polygon)}
	}
	for _, p := range polygons {
		for _, r := range p {
			for i := range r {
				r[i] = orb.Point{r[i][0] + dx, r[i][1] + dy}
			}
		}
	}
	return polygons
}

func BenchmarkCutVillages(b *testing.B) {
	layers := build(b, province(b))
	for _, z := range []int{6, 8, 10, 12, 14} {
		a := At(orb.Point{112.6, -8.1}, z)
		b.Run(fmt.Sprintf("z%d", z), func(b *testing.B) {
			b.ReportAllocs()
			var t Tile
			start := cpuTime()
			for b.Loop() {
				var err error
				if t, err = Cut(context.Background(), layers, maptile.Tile(a), Query{}, Options{Budget: -1}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/op")
			b.ReportMetric(float64(t.Features), "features")
			b.ReportMetric(float64(len(t.Data)), "bytes")
		})
	}
}

// cpuTime returns the processor time this process has used, which other
// processes do not lengthen, in nanoseconds.
func cpuTime() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
