package propagation

import (
	"context"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// What a sweep tells of cells is what a footprint does, to the last bit; also by a
// smaller radius than the footprint's, which nothing is received beyond.
func TestSweepIsTheFootprint(t *testing.T) {
	around := around(112.65, -8.1, 8000)
	whole, err := ReadRelief(t.Context(), hills(rolling), around)
	if err != nil {
		t.Fatal(err)
	}
	m := DefaultModel()
	s := m.NewSweep(whole)
	left := 8 // transmitters: each is computed whole
	rapid.Check(t, func(t *rapid.T) {
		if left--; left < 0 {
			return
		}
		tx := tower(112.63+rapid.Float64Range(0, 0.04).Draw(t, "lon"), -8.1+rapid.Float64Range(-0.02, 0.02).Draw(t, "lat"), rapid.Float64Range(5, 90).Draw(t, "height"))
		tx.Frequency = rapid.SampledFrom([]float64{700, 1800, 3500}).Draw(t, "MHz")
		weakest := rapid.Float64Range(-115, -85).Draw(t, "weakest")
		const radius = 2500
		f, err := m.FootprintFrom(context.Background(), tx, radius, -140, hills(rolling))
		if err != nil {
			t.Fatal(err)
		}
		reach := min(m.Reach(tx, weakest), radius)
		if !s.Begin(tx, weakest, reach, radius) {
			t.Fatal("the relief has no heights")
		}
		columns, got := make([]int32, f.Window.Width), make([]float32, f.Window.Width)
		for i := range columns {
			columns[i] = f.Window.Col + int32(i)
		}
		for row := f.Window.Row - 3; row < f.Window.Row+f.Window.Height; row++ {
			s.Row(row, columns, got)
			for i, v := range got {
				want := float32(math.NaN())
				if row >= f.Window.Row {
					want = f.RSRP[int(row-f.Window.Row)*len(columns)+i]
				}
				if v == v && v != want || v != v && float64(want) >= weakest {
					t.Fatalf("row %d column %d: %v, want %v (weakest %v)", row, i, v, want, weakest)
				}
			}
		}
	})
}

func TestSweepKnowsWhereItHasNoHeights(t *testing.T) {
	west := hills(func(lon, lat float64) float64 {
		if lon > 112.65 {
			return math.NaN()
		}
		return rolling(lon, lat)
	})
	r, err := ReadRelief(t.Context(), west, around(112.65, -8.1, 12_000))
	if err != nil {
		t.Fatal(err)
	}
	s := DefaultModel().NewSweep(r)
	for _, c := range []struct {
		lon  float64
		want bool
	}{{112.60, true}, {112.66, true}, {112.70, false}, {112.80, false}} {
		tx := tower(c.lon, -8.1, 40)
		if got := s.Begin(tx, -100, 1000, 2000); got != c.want {
			t.Errorf("%v: %v", c.lon, got)
		}
		f, err := DefaultModel().Footprint(t.Context(), tx, 2000, west)
		if err != nil || c.lon < 112.75 && f.Terrain != c.want {
			t.Errorf("%v: a footprint over terrain: %v, %v", c.lon, f.Terrain, err)
		}
	}
}
