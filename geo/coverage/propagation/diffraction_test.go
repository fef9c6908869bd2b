package propagation

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/internal/testdata"
)

func TestKnifeEdge(t *testing.T) {
	for _, tc := range [][2]float64{
		{-1, 0}, {-0.78, 0}, {-0.5, 1.9592}, {0, 6.0329}, {0.5, 10.2878}, {1, 13.9257}, {2, 19.0429}, {2.4, 20.5393}, {5, 26.8136}, {10, 32.8554},
	} {
		near(t, "J", KnifeEdge(tc[0]), tc[1], 4)
	}
}

func TestEarth(t *testing.T) {
	near(t, "ae", EffectiveRadius(45), 8930.776786, 6)
	near(t, "bulge, 4/3, middle of 10 km", Bulge(5, 5, 6371*4.0/3), 1.4715, 4)
	near(t, "bulge, 1, middle of 10 km", Bulge(5, 5, 6371), 1.9620, 4)
	near(t, "bulge, 4/3, middle of 35 km", Bulge(17.5, 17.5, 6371*4.0/3), 18.026, 3)
	near(t, "ν of an edge of 50 m", 50*edgeFactor(3, 5, 299.792458/900), 3.53676, 5)
}

// official reads a profile of the validation data of ITU-R P.1812.
func official(t *testing.T, name string) (distance, height []float64) {
	t.Helper()
	f, err := os.Open(testdata.Path(t, "planner", "p1812", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	inside := false
	for _, row := range rows {
		switch {
		case row[0] == "{Begin of Profile}":
			inside = true
		case row[0] == "{End of Profile}":
			inside = false
		case inside && row[0] != "Number of Points:":
			d, err := strconv.ParseFloat(row[0], 64)
			if err != nil {
				t.Fatal(err)
			}
			h, err := strconv.ParseFloat(row[1], 64)
			if err != nil {
				t.Fatal(err)
			}
			distance, height = append(distance, d), append(height, h)
		}
	}
	return distance, height
}

// withClutter adds the height of the clutter to all points but the ends.
func withClutter(height []float64, clutter float64) []float64 {
	out := append([]float64(nil), height...)
	for i := 1; i < len(out)-1; i++ {
		out[i] += clutter
	}
	return out
}

func TestOfficialProfiles(t *testing.T) {
	threeTimes := 3 * 6371.0 // the radius for the time that ducts prevail (eq. 7b)
	distance, ground := official(t, "b2iseac_rural_land_1km.csv")
	if len(distance) != 6 {
		t.Fatalf("%d points", len(distance))
	}
	p := Profile{distance, withClutter(ground, 10), ground[0] + 60, ground[5] + 7}
	got, h := Bullington(p, Wavelength(95.3), threeTimes)
	near(t, "Lbulla of 1 km", got, 15.33794877, 6)
	if h.LineOfSight {
		t.Error("1 km is in line of sight")
	}
	got, _ = Bullington(p, Wavelength(95.3), EffectiveRadius(45))
	near(t, "Lbulla of 1 km, median", got, 15.34252882, 6)
	near(t, "Ld50 of 1 km", DeltaBullington(p, ground, 95.3, EffectiveRadius(45), Horizontal), 15.34252882, 6)
	tx, rx := smoothEarth(p, ground)
	near(t, "smooth Earth, TX", tx, 754.4, 6)
	near(t, "smooth Earth, RX", rx, 610.3, 6)

	distance, ground = official(t, "rburg_rural_noclutter_los.csv")
	if len(distance) != 963 {
		t.Fatalf("%d points", len(distance))
	}
	p = Profile{distance, ground, ground[0] + 1000, ground[962] + 200}
	for _, radius := range []float64{threeTimes, EffectiveRadius(45)} {
		if got, h := Bullington(p, Wavelength(98.2), radius); got != 0 || !h.LineOfSight {
			t.Errorf("the path in line of sight loses %g dB", got)
		}
	}
	near(t, "Ld50 in line of sight", DeltaBullington(p, ground, 98.2, EffectiveRadius(45), Horizontal), 0, 9)

	// The same path with an antenna of 200 m, which comes close to the ground.
	p.TX = ground[0] + 200
	got, _ = Bullington(p, Wavelength(98.2), threeTimes)
	near(t, "Lbulla with subpath diffraction", got, 6.96468267, 6)
	got, _ = Bullington(p, Wavelength(98.2), EffectiveRadius(45))
	near(t, "Lbulla with subpath diffraction, median", got, 12.88948743, 6)
	near(t, "Ld50 with subpath diffraction", DeltaBullington(p, ground, 98.2, EffectiveRadius(45), Horizontal), 13.64139205, 6)
}

func TestBullingtonOfNothing(t *testing.T) {
	for _, p := range []Profile{{}, {Distance: []float64{0}, Height: []float64{5}}, {Distance: []float64{0, 1}, Height: []float64{5, 5}, TX: 6, RX: 6}} {
		if l, h := Bullington(p, 0.33, 8500); l != 0 || !h.LineOfSight {
			t.Errorf("%+v: %g dB", p, l)
		}
	}
}

func TestHigherRidgesLoseMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 40).Draw(t, "n")
		p := Profile{TX: rapid.Float64Range(1, 400).Draw(t, "tx"), RX: rapid.Float64Range(1, 400).Draw(t, "rx")}
		for i := range n {
			p.Distance = append(p.Distance, float64(i)*0.09)
			p.Height = append(p.Height, rapid.Float64Range(0, 500).Draw(t, "h"))
		}
		radius := EffectiveRadius(DefaultDeltaN)
		before, _ := Bullington(p, 0.33, radius)
		i := rapid.IntRange(1, n-2).Draw(t, "i")
		p.Height[i] += rapid.Float64Range(0, 300).Draw(t, "raise")
		after, _ := Bullington(p, 0.33, radius)
		if math.IsNaN(after) || before < 0 {
			t.Fatalf("%g, %g dB", before, after)
		}
		// Seen backwards the path loses the same.
		b := Profile{TX: p.RX, RX: p.TX}
		for j := n - 1; j >= 0; j-- {
			b.Distance, b.Height = append(b.Distance, p.length()-p.Distance[j]), append(b.Height, p.Height[j])
		}
		if back, _ := Bullington(b, 0.33, radius); math.Abs(back-after) > 1e-6 {
			t.Fatalf("%g dB one way, %g the other", after, back)
		}
	})
}
