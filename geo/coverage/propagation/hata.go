package propagation

import (
	"fmt"
	"math"
)

// Area is the kind of surroundings that Hata's formulas distinguish.
type Area string

// The areas.
const (
	Urban    Area = "urban"
	Suburban Area = "suburban"
	Open     Area = "open"
)

// Surroundings are an area and the size of its city, whose correction for the
// receiver's height differs.
type Surroundings struct {
	Area      Area
	LargeCity bool
}

// Hata returns the loss in dB after Okumura and Hata (M. Hata, Empirical Formula
// for Propagation Loss in Land Mobile Radio Services, IEEE VT-29, 1980): frequency
// in MHz, heights of base and mobile in metres, distance in km. They were fitted
// for 150–1500 MHz, 30–200 m, 1–10 m and 1–20 km; it does not look.
func Hata(s Surroundings, mhz, base, mobile, km float64) float64 {
	f, h := math.Log10(mhz), math.Log10(base)
	urban := 69.55 + 26.16*f - 13.82*h - mobileHeight(s.LargeCity, mhz, mobile) + (44.9-6.55*h)*math.Log10(km)
	return urban - lessThanUrban(s.Area, mhz)
}

// COST231 returns the loss in dB after the Hata model of COST Action 231 (Final
// Report, EUR 18957, 1999, chapter 4): fitted for 1500–2000 MHz. In a large city
// the metropolitan term of 3 dB is added. Suburban and open areas take Hata's own
// corrections.
func COST231(s Surroundings, mhz, base, mobile, km float64) float64 {
	f, h := math.Log10(mhz), math.Log10(base)
	metropolitan := 0.0
	if s.LargeCity {
		metropolitan = 3
	}
	urban := 46.3 + 33.9*f - 13.82*h - mobileHeight(s.LargeCity, mhz, mobile) + (44.9-6.55*h)*math.Log10(km) + metropolitan
	return urban - lessThanUrban(s.Area, mhz)
}

// mobileHeight is a(hm). Hata gives the one of a large city for up to 200 and
// from 400 MHz; between them the change is put at 300.
func mobileHeight(large bool, mhz, mobile float64) float64 {
	switch {
	case !large:
		f := math.Log10(mhz)
		return (1.1*f-0.7)*mobile - (1.56*f - 0.8)
	case mhz < 300:
		return 8.29*square(math.Log10(1.54*mobile)) - 1.1
	default:
		return 3.2*square(math.Log10(11.75*mobile)) - 4.97
	}
}

func lessThanUrban(a Area, mhz float64) float64 {
	f := math.Log10(mhz)
	switch a {
	case Suburban:
		return 2*square(math.Log10(mhz/28)) + 5.4
	case Open:
		return 4.78*f*f - 18.33*f + 40.94
	default:
		return 0
	}
}

func square(x float64) float64 { return x * x }

// FlatLoss returns Hata's loss up to 1500 MHz and that of COST 231 above, but not
// less than in free space, which the formulas fall below near the antenna.
// What it cannot compute is a RangeError.
func FlatLoss(s Surroundings, mhz, base, mobile, km float64) (float64, error) {
	if err := checkFlat(s, mhz, base, mobile); err != nil {
		return 0, err
	}
	if err := within("distance", "km", km, 0, MaxDistance/1000); err != nil {
		return 0, err
	}
	return flatLoss(s, mhz, base, mobile, km), nil
}

// nearest is the distance in km below which loss no longer shrinks: nobody is
// received from inside the antenna.
const nearest = 0.01

func flatLoss(s Surroundings, mhz, base, mobile, km float64) float64 {
	km = max(km, nearest)
	formula := Hata
	if mhz > 1500 {
		formula = COST231
	}
	return max(formula(s, mhz, base, mobile, km), FreeSpace(mhz, km))
}

func checkFlat(s Surroundings, mhz, base, mobile float64) error {
	if s.Area != Urban && s.Area != Suburban && s.Area != Open {
		return fmt.Errorf("area %q: want %s, %s or %s", s.Area, Urban, Suburban, Open)
	}
	if err := within("frequency", "MHz", mhz, MinHata, MaxHata); err != nil {
		return err
	}
	return checkHeights(base, mobile)
}

func checkHeights(base, mobile float64) error {
	if err := within("antenna height", "m", base, MinHeight, MaxHeight); err != nil {
		return err
	}
	return within("receiver height", "m", mobile, MinReceiver, MaxReceiver)
}
