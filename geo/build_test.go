package geo_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata/villages"
)

func build(t testing.TB, prev *geo.Snapshot, tables ...geo.Table) *geo.Snapshot {
	t.Helper()
	s, err := geo.Build(context.Background(), prev, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRealVillages(t *testing.T) {
	s := build(t, nil, villages.Table(t, "villages_malang_topo.geojson"))
	v := s.Layer("villages")
	if v.Len() != 390 {
		t.Errorf("%d villages, want 390", v.Len())
	}
	var area float64
	for i := range v.Len() {
		area += geo.Area(v.Geometry(i)) / 1e6
	}
	if math.Abs(area-3473.34) > 0.1 {
		t.Errorf("area %.3f km², want 3473.34 ± 0.1", area)
	}
	d := s.Layer("districts")
	if d == nil || d.Len() != 33 {
		t.Fatalf("districts: %v, want 33", d)
	}
	var districts float64
	for i := range d.Len() {
		a, _ := d.Column("area_km2").Float(i)
		districts += a
	}
	if math.Abs(districts-area) > 1e-6 {
		t.Errorf("districts sum to %.6f km², villages to %.6f", districts, area)
	}
	if n := s.Layer("villages_label").Len(); n != 390 {
		t.Errorf("%d labels, want 390", n)
	}
	count := map[uint8]int{}
	for _, r := range v.Shape.Rank {
		count[r]++
	}
	total := 0
	for r := range uint8(20) {
		total += count[r]
		t.Logf("z%d: %d of %d vertices", r, total, len(v.Shape.X))
	}
}

func BenchmarkBuildVillages(b *testing.B) {
	table := villages.Table(b, "villages_malang_topo.geojson")
	table.Records = repeat(table.Records, 22) // about what East Java has: 8,580 villages
	vertices := 0
	for _, r := range table.Records {
		geo.EachPoint(r.Geometry, func(orb.Point) { vertices++ })
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var s *geo.Snapshot
	for b.Loop() {
		s = build(b, nil, table)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(vertices), "vertices")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(vertices), "heap-B/vertex")
	runtime.KeepAlive(s)
	runtime.KeepAlive(table)
}

// repeat lays n copies of the records side by side, so that they do not overlap.
func repeat(records []geo.Record, n int) []geo.Record {
	var out []geo.Record
	for k := range n {
		for _, r := range records {
			g := orb.Clone(r.Geometry)
			g = project.Geometry(g, func(p orb.Point) orb.Point {
				return orb.Point{p[0] + float64(k%5)*0.75, p[1] + float64(k/5)*0.75}
			})
			id := fmt.Sprintf("%s-%02d", r.ID, k)
			out = append(out, geo.Record{ID: id, Geometry: g, Values: r.Values})
		}
	}
	return out
}
