package propagation

import (
	"errors"
	"math"
	"testing"
)

func TestLinkBudget(t *testing.T) {
	p, ok := FindPreset("macro")
	if !ok || p != Presets()[0].Power {
		t.Fatal("macro is not the default")
	}
	near(t, "EIRP of a resource element", p.EIRP(), 30.2185, 4)
	near(t, "loss admitted to −105 dBm", p.EIRP()+105, 135.2185, 4)
	near(t, "to −110 dBm", p.EIRP()+110, 140.218, 3)
	near(t, "to −95 dBm", p.EIRP()+95, 125.218, 3)
	if _, ok := FindPreset("moon"); ok {
		t.Error("there is a preset moon")
	}
	for _, q := range Presets() {
		if err := q.Power.check(); err != nil {
			t.Errorf("%s: %v", q.Name, err)
		}
	}
	for _, bad := range []Power{{46, 7, 15, 3}, {61, 10, 15, 3}, {46, 10, 31, 3}, {46, 10, 15, -1}, {math.NaN(), 10, 15, 3}, {}} {
		if out := (*RangeError)(nil); !errors.As(bad.check(), &out) {
			t.Errorf("%+v is not refused", bad)
		}
	}
}

func TestRange(t *testing.T) {
	// Where suburban Hata at 900 MHz from 45 m uses the whole budget.
	for _, tc := range []struct {
		s         Surroundings
		mhz, rsrp float64
		want      float64
	}{
		{subSmall, 900, -105, 4.188},
		{openSmall, 900, -105, 14.683},
		{urbanSmall, 900, -105, 2.139},
		{urbanSmall, 1800, -105, 1.103},
		{subSmall, 900, -105 + 8, 2.439},
		{openSmall, 900, -105 + 8, 8.551},
		{urbanSmall, 1800, -105 + 8, 0.643},
		{subSmall, 900, -110, 5.871},
		{openSmall, 900, -110, 20.586},
		{urbanSmall, 900, -110, 2.998},
		{urbanSmall, 1800, -110, 1.547},
		{subSmall, 900, -95, 2.130},
		{openSmall, 900, -95, 7.470},
		{urbanSmall, 900, -95, 1.088},
		{urbanSmall, 1800, -95, 0.561},
	} {
		low, high := 0.01, 50.0
		for range 60 {
			mid := (low + high) / 2
			loss, err := FlatLoss(tc.s, tc.mhz, 45, 1.5, mid)
			if err != nil {
				t.Fatal(err)
			}
			if Presets()[0].Power.EIRP()-loss >= tc.rsrp {
				low = mid
			} else {
				high = mid
			}
		}
		near(t, "range", low, tc.want, 3)
	}
}

func TestSector(t *testing.T) {
	s := Sector{Azimuth: 350}
	for _, tc := range [][2]float64{{350, 0}, {350 + 32.5, 3}, {350 - 32.5, 3}, {22.5, 3}, {170, 30}, {-10, 0}, {710, 0}, {350 + 90, 12 * 90.0 * 90 / 65 / 65}} {
		near(t, "attenuation", s.Attenuation(tc[0]), tc[1], 9)
	}
}

func TestFading(t *testing.T) {
	near(t, "margin of 90 %", Margin(0.9, DefaultSigma), 10.2524, 4)
	near(t, "margin of 95 %", Margin(0.95, DefaultSigma), 13.1588, 4)
	near(t, "margin of 50 %", Margin(0.5, DefaultSigma), 0, 9)
	near(t, "at the threshold", Probability(-105, -105, 8), 0.5, 9)
	near(t, "with the margin", Probability(-105+Margin(0.95, 8), -105, 8), 0.95, 9)
	near(t, "without fading", Probability(-104.9, -105, 0)-Probability(-105.1, -105, 0), 1, 9)
}
