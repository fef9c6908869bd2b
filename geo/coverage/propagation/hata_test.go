package propagation

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

var (
	urbanLarge = Surroundings{Urban, true}
	urbanSmall = Surroundings{Urban, false}
	subLarge   = Surroundings{Suburban, true}
	subSmall   = Surroundings{Suburban, false}
	openLarge  = Surroundings{Open, true}
	openSmall  = Surroundings{Open, false}
)

// near fails the test unless got is want, printed with so many digits.
func near(t *testing.T, what string, got, want float64, digits int) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > 0.5000001*math.Pow10(-digits) {
		t.Errorf("%s: %.*f, want %.*f", what, digits+2, got, digits, want)
	}
}

func TestHata(t *testing.T) {
	for _, tc := range []struct {
		s               Surroundings
		mhz, hb, hm, km float64
		want            float64
		digits          int
	}{
		{urbanLarge, 869, 30, 1, 2, 137.9307, 4},
		{urbanSmall, 869, 30, 1, 2, 137.8766, 4},
		{subLarge, 869, 30, 1, 2, 128.0794, 4},
		{openLarge, 869, 30, 1, 2, 109.5741, 4},
		{subSmall, 869, 30, 1, 2, 128.0253, 4},
		{openSmall, 869, 30, 1, 2, 109.5200, 4},
		{urbanLarge, 900, 100, 2, 4, 137.2930, 4},
		{urbanLarge, 700, 45, 1.5, 5, 144.946, 3},
		{urbanSmall, 700, 45, 1.5, 5, 144.939, 3},
		{subLarge, 700, 45, 1.5, 5, 135.638, 3},
		{openLarge, 700, 45, 1.5, 5, 117.465, 3},
		{openSmall, 700, 45, 1.5, 5, 117.458, 3},
		{urbanLarge, 850, 40, 1.5, 3, 140.460, 3},
		{urbanSmall, 850, 40, 1.5, 3, 140.446, 3},
		{subLarge, 850, 40, 1.5, 3, 130.666, 3},
		{openLarge, 850, 40, 1.5, 3, 112.197, 3},
		{openSmall, 850, 40, 1.5, 3, 112.182, 3},
		{urbanLarge, 900, 30, 1.5, 1, 126.420, 3},
		{urbanSmall, 900, 30, 1.5, 1, 126.403, 3},
		{subLarge, 900, 30, 1.5, 1, 116.477, 3},
		{openLarge, 900, 30, 1.5, 1, 97.914, 3},
		{openSmall, 900, 30, 1.5, 1, 97.897, 3},
		{urbanLarge, 900, 30, 1.5, 5, 151.041, 3},
		{urbanSmall, 900, 30, 1.5, 5, 151.024, 3},
		{subLarge, 900, 30, 1.5, 5, 141.099, 3},
		{openLarge, 900, 30, 1.5, 5, 122.535, 3},
		{openSmall, 900, 30, 1.5, 5, 122.518, 3},
		{urbanLarge, 900, 50, 1.5, 10, 157.126, 3},
		{urbanSmall, 900, 50, 1.5, 10, 157.109, 3},
		{subLarge, 900, 50, 1.5, 10, 147.183, 3},
		{openLarge, 900, 50, 1.5, 10, 128.619, 3},
		{openSmall, 900, 50, 1.5, 10, 128.603, 3},
	} {
		near(t, "Hata", Hata(tc.s, tc.mhz, tc.hb, tc.hm, tc.km), tc.want, tc.digits)
	}
}

func TestCOST231(t *testing.T) {
	for _, tc := range []struct {
		s               Surroundings
		mhz, hb, hm, km float64
		want            float64
		digits          int
	}{
		{urbanSmall, 2114, 30, 1, 2, 150.6405, 4},
		{urbanLarge, 2114, 30, 1, 2, 153.517, 3},
		{urbanSmall, 1800, 30, 1.5, 3, 153.003, 3},
		{urbanLarge, 1800, 30, 1.5, 3, 156.047, 3},
		{urbanSmall, 1800, 45, 1.5, 5, 157.578, 3},
		{urbanLarge, 1800, 45, 1.5, 5, 160.622, 3},
		{urbanSmall, 2100, 30, 1.5, 2, 149.064, 3},
		{urbanLarge, 2100, 30, 1.5, 2, 152.114, 3},
	} {
		near(t, "COST231", COST231(tc.s, tc.mhz, tc.hb, tc.hm, tc.km), tc.want, tc.digits)
	}
}

func TestFreeSpace(t *testing.T) {
	near(t, "900 MHz, 1 km", FreeSpace(900, 1), 91.5326, 4)
	near(t, "3500 MHz, 3.635 km", FreeSpace(3500, 3.635), 114.5392, 4)
	near(t, "10 GHz, 1 km", FreeSpace(10000, 1), 112.4478, 4)
	near(t, "10 GHz, 10 km", FreeSpace(10000, 10), 132.4478, 4)
	near(t, "Fresnel, 915 MHz, middle of 10 km", FresnelRadius(915, 5, 5), 28.620, 3)
	near(t, "Fresnel, 900 MHz, middle of 5 km", FresnelRadius(900, 2.5, 2.5), 20.405, 3)
	near(t, "60 % of it", 0.6*FresnelRadius(900, 2.5, 2.5), 12.243, 3)
	near(t, "at the antenna", FresnelRadius(900, 0, 5), 0, 9)
}

func TestFlatLossRefuses(t *testing.T) {
	for _, tc := range []struct {
		quantity        string
		mhz, hb, hm, km float64
	}{
		{"antenna height", 900, 301, 1.5, 1},
		{"antenna height", 900, 0, 1.5, 1},
		{"antenna height", 900, math.NaN(), 1.5, 1},
		{"frequency", 149, 30, 1.5, 1},
		{"frequency", 3500, 30, 1.5, 1},
		{"receiver height", 900, 30, 11, 1},
		{"distance", 900, 30, 1.5, 101},
		{"distance", 900, 30, 1.5, -1},
	} {
		_, err := FlatLoss(subSmall, tc.mhz, tc.hb, tc.hm, tc.km)
		if out := (*RangeError)(nil); !errors.As(err, &out) || out.Quantity != tc.quantity {
			t.Errorf("%+v: %v", tc, err)
		}
	}
	if _, err := FlatLoss(Surroundings{Area: "moon"}, 900, 30, 1.5, 1); err == nil {
		t.Error("the moon is not refused")
	}
}

func TestFlatLossGrowsWithDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mhz := rapid.Float64Range(MinHata, MaxHata).Draw(t, "mhz")
		hb := rapid.Float64Range(MinHeight, MaxHeight).Draw(t, "hb")
		a := rapid.Float64Range(0, 50).Draw(t, "km")
		b := rapid.Float64Range(a, 100).Draw(t, "further")
		s := rapid.SampledFrom([]Surroundings{urbanLarge, urbanSmall, subLarge, subSmall, openLarge, openSmall}).Draw(t, "s")
		la, err := FlatLoss(s, mhz, hb, 1.5, a)
		if err != nil {
			t.Fatal(err)
		}
		lb, _ := FlatLoss(s, mhz, hb, 1.5, b)
		if la > lb || la < FreeSpace(mhz, max(a, nearest))-1e-9 {
			t.Fatalf("%g dB at %g km, %g at %g", la, a, lb, b)
		}
	})
}
