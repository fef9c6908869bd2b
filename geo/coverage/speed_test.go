package coverage

import (
	"context"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/internal/hills"
)

// grounds are the bundled regency on a plain and over made-up terrain.
func grounds(b *testing.B) map[string]*geo.Snapshot {
	b.Helper()
	snap := bundleSnapshot(b)
	box := lattice.Covering(snap.Layer("villages").Bound.Pad(0.15))
	heights, err := hills.Elevation(box)
	if err != nil {
		b.Fatal(err)
	}
	people, err := hills.Population(box)
	if err != nil {
		b.Fatal(err)
	}
	return map[string]*geo.Snapshot{"flat": snap, "terrain": snap.WithRasters(heights, people)}
}

// BenchmarkDifference is a what-if tower that was never computed before, over a
// warm engine.
func BenchmarkDifference(b *testing.B) {
	for name, snap := range grounds(b) {
		b.Run(name, func(b *testing.B) {
			e := New(Options{Model: ModelOf})
			q := &Query{Change: &Change{}}
			ask := func(i int) {
				tower := Tower{
					ID: "new", At: orb.Point{112.45 + 0.0041*float64(i%70), -8.3 + 0.003*float64(i%83)}, Operators: []string{"Telkomsel"}, Technologies: []string{"4g"},
					FrequencyMHz: 1800, HeightM: 40,
				}
				q.Change.Add = []Tower{tower}
				if _, err := e.Difference(context.Background(), snap, q); err != nil {
					b.Fatal(err)
				}
			}
			ask(0)
			b.ReportAllocs()
			defer cpuTime(b)()
			i := 0
			for b.Loop() {
				i++
				ask(i)
			}
		})
	}
}

// BenchmarkSites chooses twenty sites from a lattice of 500 m over a warm engine.
func BenchmarkSites(b *testing.B) {
	all := grounds(b)
	for _, name := range []string{"flat", "terrain", "flat at -95"} {
		snap, weaker := all[name], 0.0
		if snap == nil {
			snap, weaker = all["flat"], -95
		}
		b.Run(name, func(b *testing.B) {
			e := New(Options{Model: ModelOf})
			q := &Query{Technology: "4g", Evidence: "modelled", MinRSRP: weaker}
			if _, err := e.Gaps(context.Background(), snap, q); err != nil {
				b.Fatal(err)
			}
			operators, err := e.OperatorsOf(context.Background(), snap, "4g")
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			defer cpuTime(b)()
			for b.Loop() {
				a, err := e.Sites(context.Background(), snap, &SiteQuery{
					Query: q, Count: 20, LatticeM: 500, Weights: SiteWeights{People: 1},
					Tower: Tower{HeightM: 40, Operators: operators, Technologies: []string{"4g"}},
				}, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(a.Certificate.Ratio, "ratio")
				b.ReportMetric(float64(a.Considered), "candidates")
			}
		})
	}
}
