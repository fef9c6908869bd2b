package propagation

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo/lattice"
)

// naive computes one cell by the formulas of the recommendation, sample by
// sample.
func naive(m Model, tx Transmitter, p orb.Point, ground *terrain) float64 {
	metres, _ := measure(tx, p)
	n := segments(metres)
	col, row := lattice.Position(tx.Lon, tx.Lat)
	toCol, toRow := lattice.Position(p[0], p[1])
	path := Profile{TX: ground.at(col, row) + tx.Height, RX: ground.at(toCol, toRow) + m.Receiver}
	for i := range n + 1 {
		at := float64(i) / float64(n)
		path.Distance = append(path.Distance, at*metres/1000)
		path.Height = append(path.Height, ground.at(col+at*(toCol-col), row+at*(toRow-row)))
	}
	loss, _ := Bullington(path, Wavelength(tx.Frequency), EffectiveRadius(m.DeltaN))
	return tx.Power.EIRP() - FreeSpace(tx.Frequency, max(metres/1000, nearest)) - m.Clutter - loss
}

func TestFootprintEqualsTheFormulas(t *testing.T) {
	m, tx := DefaultModel(), tower(112.6123, -8.1234, 60)
	f, err := m.Footprint(t.Context(), tx, 4000, hills(rolling))
	if err != nil || !f.Terrain || f.Unknown != 0 {
		t.Fatal(err, f)
	}
	ground, err := readTerrain(t.Context(), hills(rolling), f.Window)
	if err != nil {
		t.Fatal(err)
	}
	inside, seen, obstructed := 0, 0, 0
	for i, rsrp := range f.RSRP {
		p := f.Window.Cell(i).Center()
		if metres, _ := measure(tx, p); metres > 4000 {
			if rsrp == rsrp {
				t.Fatalf("%g m away: %g dBm", metres, rsrp)
			}
			continue
		}
		inside++
		want := naive(m, tx, p, ground)
		if math.Abs(float64(rsrp)-want) > 1e-4 { // float32 has no more
			t.Fatalf("%v: %g, want %g", p, rsrp, want)
		}
		if inside%9 != 0 {
			continue
		}
		seen++
		path, err := m.Path(t.Context(), tx, p, hills(rolling))
		if err != nil || math.Abs(path.RSRP-want) > 1e-6 {
			t.Fatalf("path to %v: %g, want %g; %v", p, path.RSRP, want, err)
		}
		if !path.LineOfSight {
			obstructed++
		}
	}
	if area := math.Pi * 4000 * 4000 / lattice.Area(f.Window.Row); math.Abs(float64(inside)/area-1) > 0.01 {
		t.Errorf("%d cells, want about %.0f", inside, area)
	}
	if obstructed < seen/10 || obstructed > seen*9/10 {
		t.Errorf("%d of %d cells obstructed: the world tests little", obstructed, seen)
	}
	again, err := m.Footprint(t.Context(), tx, 4000, hills(rolling))
	if err != nil || !slices.EqualFunc(again.RSRP, f.RSRP, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }) {
		t.Error("a second time the footprint differs")
	}
}

func TestFootprintOnFlatTerrainIsHata(t *testing.T) {
	m, tx := DefaultModel(), tower(112.6, -8.1, 45)
	unknown := hills(func(float64, float64) float64 { return math.NaN() })
	for _, e := range []Elevation{nil, unknown} {
		f, err := m.Footprint(t.Context(), tx, 6000, e)
		if err != nil || f.Terrain || f.Model != "Okumura–Hata, suburban, flat terrain" || f.Unknown != 1 {
			t.Fatal(err, f)
		}
		reach := 0.0 // the ministry plans with 3 to 4 km
		for i, rsrp := range f.RSRP {
			if metres, _ := measure(tx, f.Window.Cell(i).Center()); rsrp >= -105 {
				reach = max(reach, metres)
			}
		}
		if math.Abs(reach-4188) > 60 {
			t.Errorf("−105 dBm up to %.0f m, want 4188", reach)
		}
	}
	p, err := m.Path(t.Context(), tx, orb.Point{112.62, -8.1}, unknown)
	if err != nil || p.Terrain || len(p.Points) != 0 || p.Loss.FlatTerrain != p.Loss.Total {
		t.Error(err, p)
	}
}

func TestBothModelsAgreeOnAPlain(t *testing.T) {
	m, tx := DefaultModel(), tower(112.6, -8.1, 45)
	to := orb.Point{112.6, -8.1 + 3000/110_600.0}
	flat, err := m.Path(t.Context(), tx, to, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := m.Path(t.Context(), tx, to, hills(func(float64, float64) float64 { return 400 }))
	if err != nil || !plain.LineOfSight {
		t.Fatal(err)
	}
	if d := flat.RSRP - plain.RSRP; math.Abs(d) > 2 {
		t.Errorf("3 km on a plain: Hata %g dBm, over terrain %g", flat.RSRP, plain.RSRP)
	}
}

func TestMoreNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, tx := DefaultModel(), tower(112.6+rapid.Float64Range(0, 0.1).Draw(t, "lon"), -8.1, rapid.Float64Range(1, 200).Draw(t, "height"))
		to := orb.Point{tx.Lon + rapid.Float64Range(-0.03, 0.03).Draw(t, "dx"), tx.Lat + rapid.Float64Range(-0.03, 0.03).Draw(t, "dy")}
		before, err := m.Path(context.Background(), tx, to, hills(rolling))
		if err != nil {
			t.Fatal(err)
		}
		// A stronger amplifier, and a direction.
		tx.Power.TransmitDBm++
		stronger, err := m.Path(context.Background(), tx, to, hills(rolling))
		if err != nil || math.Abs(stronger.RSRP-before.RSRP-1) > 1e-9 {
			t.Fatal(err, stronger.RSRP, before.RSRP)
		}
		tx.Sector = &Sector{Azimuth: rapid.Float64Range(0, 360).Draw(t, "azimuth")}
		sector, err := m.Path(context.Background(), tx, to, hills(rolling))
		if err != nil || sector.RSRP > stronger.RSRP || sector.RSRP < stronger.RSRP-30-1e-9 {
			t.Fatal(err, sector.RSRP, stronger.RSRP)
		}
		if before.Loss.Diffraction < 0 || before.LineOfSight != (len(before.Ridges) == 0) {
			t.Fatal(before)
		}
	})
}

func TestFootprintRefuses(t *testing.T) {
	for _, tc := range []struct {
		quantity string
		change   func(*Transmitter, *Model, *float64)
	}{
		{"antenna height", func(tx *Transmitter, _ *Model, _ *float64) { tx.Height = 301 }},
		{"antenna height", func(tx *Transmitter, _ *Model, _ *float64) { tx.Height = -5 }},
		{"frequency", func(tx *Transmitter, _ *Model, _ *float64) { tx.Frequency = 7000 }},
		{"radius", func(_ *Transmitter, _ *Model, r *float64) { *r = 0 }},
		{"radius", func(_ *Transmitter, _ *Model, r *float64) { *r = math.Inf(1) }},
		{"latitude", func(tx *Transmitter, _ *Model, _ *float64) { tx.Lat = math.NaN() }},
		{"longitude", func(tx *Transmitter, _ *Model, _ *float64) { tx.Lon = 181 }},
		{"azimuth", func(tx *Transmitter, _ *Model, _ *float64) { tx.Sector = &Sector{-1} }},
		{"antenna gain", func(tx *Transmitter, _ *Model, _ *float64) { tx.Power.GainDBi = 99 }},
		{"receiver height", func(_ *Transmitter, m *Model, _ *float64) { m.Receiver = 0 }},
		{"clutter", func(_ *Transmitter, m *Model, _ *float64) { m.Clutter = -1 }},
	} {
		tx, m, radius := tower(112.6, -8.1, 40), DefaultModel(), 1000.0
		tc.change(&tx, &m, &radius)
		_, err := m.Footprint(t.Context(), tx, radius, hills(rolling))
		if out := (*RangeError)(nil); !errors.As(err, &out) || out.Quantity != tc.quantity {
			t.Errorf("%s: %v", tc.quantity, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := DefaultModel().Footprint(ctx, tower(112.6, -8.1, 40), 1000, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := DefaultModel().Path(t.Context(), tower(112.6, -8.1, 40), orb.Point{114, -8}, nil); err == nil {
		t.Error("a path of 150 km is not refused")
	}
}

// TestFootprintFromLeavesOutOnlyTheWeak compares to the last bit: what is left
// out is weaker than asked for, over rolling hills, a cliff and a volcano.
func TestFootprintFromLeavesOutOnlyTheWeak(t *testing.T) {
	volcano := func(lon, lat float64) float64 {
		return 300 + max(0, 2500-square(math.Hypot(lon-112.65, lat+8.15)*1000)*2)
	}
	rapid.Check(t, func(t *rapid.T) {
		ground := map[string]hills{"rolling": rolling, "coast": coast, "volcano": volcano}[rapid.SampledFrom([]string{"rolling", "coast", "volcano"}).Draw(t, "ground")]
		m, tx := DefaultModel(), tower(112.6+rapid.Float64Range(0, 0.1).Draw(t, "lon"), -8.3+rapid.Float64Range(-0.1, 0.2).Draw(t, "lat"), rapid.Float64Range(5, 120).Draw(t, "height"))
		tx.Frequency = rapid.Float64Range(450, 3500).Draw(t, "MHz")
		weakest := rapid.Float64Range(-130, -80).Draw(t, "weakest")
		whole, err := m.Footprint(context.Background(), tx, 2500, ground)
		if err != nil {
			t.Fatal(err)
		}
		part, err := m.FootprintFrom(context.Background(), tx, 2500, weakest, ground)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range part.RSRP {
			want := whole.RSRP[i]
			if got == got && got != want || got != got && float64(want) >= weakest {
				t.Fatalf("cell %v: %v, want %v (weakest %v)", whole.Window.Cell(i), got, want, weakest)
			}
			if d, _ := measure(tx, whole.Window.Cell(i).Center()); want == want && float64(want) >= weakest && d > m.Reach(tx, weakest) {
				t.Fatalf("received at %g m, beyond the reach of %g", d, m.Reach(tx, weakest))
			}
		}
	})
}

func BenchmarkFootprint(b *testing.B) {
	for _, km := range []float64{5, 15} {
		for name, e := range map[string]Elevation{"terrain": hills(rolling), "from": hills(rolling), "flat": nil} {
			b.Run(name+"/"+map[float64]string{5: "5km", 15: "15km"}[km], func(b *testing.B) {
				m, tx := DefaultModel(), tower(112.6123, -8.1234, 40)
				if e != nil {
					e = read(b, e, around(tx.Lon, tx.Lat, 16_000))
				}
				weakest := math.Inf(-1)
				if name == "from" {
					weakest = -121
				}
				b.ReportAllocs()
				defer cpuTime(b)()
				for b.Loop() {
					if _, err := m.FootprintFrom(b.Context(), tx, km*1000, weakest, e); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
