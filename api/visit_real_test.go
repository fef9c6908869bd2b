package api

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
	"github.com/petadesa/petadesa/internal/testdata"
)

// realVisit is the real villages and the real roads of three kecamatan, with
// signal around random towers, and random destinations.
func realVisit(t testing.TB) *fixed {
	t.Helper()
	villages := realVillages(t)
	around := orb.Bound{Min: orb.Point{112.6, -8.02}, Max: orb.Point{112.88, -7.76}}
	villages.Records = slices.DeleteFunc(villages.Records, func(r geo.Record) bool { return !r.Geometry.Bound().Intersects(around) })
	raw, err := os.ReadFile(testdata.Path(t, "malang", "roads_lawang_singosari_jabung.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		t.Fatal(err)
	}
	roads := geo.Table{Collection: geo.Collection{ID: "roads", Title: "Roads", Geometry: geo.Line, MinZoom: 5, MaxZoom: 14, Fields: texts("name", "class")}}
	for i, f := range all.Features {
		roads.Records = append(roads.Records, geo.Record{ID: fmt.Sprintf("%05d", i), Geometry: f.Geometry, Values: []any{nil, "village"}})
	}
	random := rand.New(rand.NewPCG(5, 5))
	place := func() orb.Point { return orb.Point{112.64 + random.Float64()*0.2, -7.98 + random.Float64()*0.18} }
	signal := geo.Table{Collection: geo.Collection{ID: "coverage", Title: "Coverage", Geometry: geo.Polygon, MinZoom: 5, MaxZoom: 14, Fields: texts("operator", "technology", "evidence")}}
	for i := range 30 {
		at, ring := place(), orb.Ring{}
		for k := range 33 {
			sin, cos := math.Sincos(float64(k%32) * math.Pi / 16)
			ring = append(ring, orb.Point{at[0] + 0.012*cos, at[1] + 0.012*sin})
		}
		evidence := []string{"claimed", "modelled", "measured"}[i%3]
		signal.Records = append(signal.Records, geo.Record{ID: fmt.Sprint(i), Geometry: orb.Polygon{ring}, Values: []any{[]string{"Alpha", "Beta"}[i%2], "4g", evidence}})
	}
	destinations := geo.Table{Collection: geo.Collection{ID: "destinations", Title: "Destinations", Geometry: geo.Point, MinZoom: 5, MaxZoom: 14, Fields: texts("name", "category", "opening_hours")}}
	for i := range 150 {
		destinations.Records = append(destinations.Records, geo.Record{ID: fmt.Sprint(i), Geometry: place(), Values: []any{fmt.Sprintf("Tempat %d", i), "beach", "Mo-Fr 08:00-17:00; PH off"}})
	}
	f := &fixed{}
	f.snapshot.Store(build(t, nil, villages, roads, signal, destinations))
	return f
}

// TestSignalAlongIsWhatASamplerSees compares stretches with a look every 10 m,
// on random routes over real roads.
func TestSignalAlongIsWhatASamplerSees(t *testing.T) {
	if testing.Short() {
		t.Skip("not in short mode")
	}
	snap := realVisit(t).Snapshot()
	router, err := routing.NewRouter(context.Background(), snap.Layer("roads"))
	if err != nil {
		t.Fatal(err)
	}
	heard, err := coverage.New(coverage.Options{}).Receptions(t.Context(), snap, &coverage.Query{Operator: "each"})
	if err != nil || len(heard) != 2 {
		t.Fatal(heard, err)
	}
	random := rand.New(rand.NewPCG(9, 9))
	worst, worstSum, looked := 0.0, 0.0, 0
	total := map[string]float64{}
	seen := map[string]float64{}
	for range 60 {
		a, b := router.Nodes[random.IntN(len(router.Nodes))], router.Nodes[random.IntN(len(router.Nodes))]
		routes, err := router.Routes(t.Context(), router.Metric(routing.Motorcycle), []orb.Point{a, b}, 0)
		if err != nil || routes[0].Metres < 2000 {
			continue
		}
		line := routes[0].Line(router.Network)
		told := signalAlong(heard, line, routes[0].Metres)
		for _, r := range heard {
			sum, covered := 0.0, 0.0
			for _, s := range told.Signal {
				if s.Operator == r.Operator {
					sum += float64(s.To - s.From)
					total[s.State] += float64(s.To - s.From)
					if s.State == coverage.StateCovered {
						covered += float64(s.To - s.From)
					}
				}
			}
			worstSum = max(worstSum, math.Abs(sum-routes[0].Metres))
			samples, hits := 0, 0
			for at := 5.0; at < routes[0].Metres; at += 10 {
				p := placeAlong(line, at)
				samples++
				state, _ := r.At(orb.Point{p[0], p[1]})
				seen[state] += 10
				if state == coverage.StateCovered {
					hits++
				}
			}
			worst = max(worst, math.Abs(covered/sum-float64(hits)/float64(samples)))
			looked++
		}
	}
	t.Logf("%d routes by operator: stretches sum to the route within %.3f m; the covered share is that of samples every 10 m within %.2f %%", looked, worstSum, worst*100)
	for state, metres := range total {
		t.Logf("%s: %.0f m in stretches, %.0f m in samples", state, metres, seen[state])
	}
	if looked < 30 || worstSum > 1 || worst > 0.01 {
		t.Error("too far apart")
	}
}

// BenchmarkVisit is the whole handler, without a network and without kept
// answers: quantiles over a thousand different requests.
func BenchmarkVisit(b *testing.B) {
	src := realVisit(b)
	config := testConfig(b, src)
	config.CacheBytes = 1
	h := New(config)
	if err := h.Warm(b.Context(), src.Snapshot()); err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 3))
	place := func() string {
		return fmt.Sprintf("%.5f,%.5f", 112.66+random.Float64()*0.12, -7.94+random.Float64()*0.12)
	}
	for name, url := range map[string]func() string{
		"route": func() string {
			return "/api/route?alternatives=0&vehicle=motorcycle&from=" + place() + "&to=" + place()
		},
		"route-others": func() string { return "/api/route?vehicle=motorcycle&from=" + place() + "&to=" + place() },
		"nearby-50":    func() string { return "/api/nearby?limit=50&vehicle=motorcycle&from=" + place() },
		"reach-30":     func() string { return "/api/reach?minutes=30&vehicle=motorcycle&from=" + place() },
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				r := httptest.NewRequest(http.MethodGet, "http://map.test"+url(), nil)
				w := &discard{header: http.Header{}}
				start := time.Now()
				h.ServeHTTP(w, r)
				took = append(took, time.Since(start))
				if w.status >= 500 {
					b.Fatal(w.status)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		})
	}
}
