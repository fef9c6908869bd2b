package coverage

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/internal/hills"
)

// What the standard model's sites gain, on a plain, over terrain, and within
// discs, is what a scenario says: also of sites that stand on points.
func TestSitesOfTheModelAreTheScenario(t *testing.T) {
	w := drawExample(t)
	w.towers = w.towers[:1]
	plain := w.snapshot(t)
	heights, err := hills.Elevation(lattice.Covering(plain.Layer("villages").Bound.Pad(0.2)))
	if err != nil {
		t.Fatal(err)
	}
	for name, snap := range map[string]*geo.Snapshot{"plain": plain, "terrain": plain.WithRasters(heights)} {
		for _, preset := range []string{"", "acma-good", "buffer-fao"} {
			for _, on := range []string{"", "destinations"} {
				e := New(Options{Model: ModelOf})
				q := &Query{Technology: "4g", Operator: "Alpha", Evidence: "modelled", Preset: preset}
				sq := &SiteQuery{
					Query: q, Count: 3, LatticeM: 700, On: on, Weights: SiteWeights{People: 1},
					Tower: Tower{HeightM: 25, FrequencyMHz: 2300, Operators: []string{"Alpha"}, Technologies: []string{"4g"}},
				}
				if on != "" {
					sq.LatticeM = 0
				}
				a, err := e.Sites(t.Context(), snap, sq, nil)
				if wrong, ok := err.(*ParamError); ok && wrong.Parameter == "weights" && preset != "acma-good" {
					continue // all is covered by one tower
				}
				if err != nil {
					t.Fatal(name, preset, on, err)
				}
				change := &Change{}
				for i, s := range a.Sites {
					tower := sq.Tower
					tower.ID, tower.At = fmt.Sprint("s", i), orb.Point{s.Lon, s.Lat}
					change.Add = append(change.Add, tower)
					asked := *q
					asked.Change = change
					d, err := e.Difference(t.Context(), snap, &asked)
					if err != nil {
						t.Fatal(err)
					}
					if won(d.Delta) != won(s.Cumulative) {
						t.Fatalf("%s %q %q: site %d: the scenario wins %s, the plan %s", name, preset, on, i+1, won(d.Delta), won(s.Cumulative))
					}
				}
				t.Logf("%s %q %q: %d sites, %v people", name, preset, on, len(a.Sites), a.Certificate.Value)
			}
		}
	}
}

// On a plain towers that lie alike in their cells have the same signal.
func TestPlainSignalsAreAlike(t *testing.T) {
	m := NewModel(nil)
	tower := Tower{HeightM: 40, FrequencyMHz: 1800}
	base := lattice.Cell{Col: 351_041, Row: 117_993}
	tower.At = base.Center()
	want, err := m.Signal(t.Context(), tower, -110)
	if err != nil {
		t.Fatal(err)
	}
	for dx := int32(1); dx < 3000; dx += 97 {
		tower.At = lattice.Cell{Col: base.Col + dx, Row: base.Row}.Center()
		got, err := m.Signal(t.Context(), tower, -110)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range want.Levels {
			c := want.Cell(i)
			c.Col += dx
			if s := got.At(c); !(s == float64(v)/100 || v == NoSignal && math.IsNaN(s)) {
				t.Fatalf("%d columns east: %v in cell %v, want %d", dx, s, c, v)
			}
		}
	}
}
