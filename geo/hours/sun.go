package hours

import (
	"math"
	"time"

	"github.com/paulmach/orb"
)

// sun returns the minute of a day at which the sun rises or sets at a place in
// degrees, by its declination and the equation of time to some minutes (Spencer
// 1971, as in NOAA's solar calculator); dawn and dusk are civil.
func sun(event string, day time.Time, place orb.Point) int {
	g := 2 * math.Pi / 365 * float64(day.YearDay()-1)
	equation := 229.18 * (0.000075 + 0.001868*math.Cos(g) - 0.032077*math.Sin(g) - 0.014615*math.Cos(2*g) - 0.040849*math.Sin(2*g))
	declination := 0.006918 - 0.399912*math.Cos(g) + 0.070257*math.Sin(g) - 0.006758*math.Cos(2*g) + 0.000907*math.Sin(2*g) -
		0.002697*math.Cos(3*g) + 0.00148*math.Sin(3*g)
	zenith := 90.833
	if event == "dawn" || event == "dusk" {
		zenith = 96
	}
	lat := place[1] * math.Pi / 180
	c := (math.Cos(zenith*math.Pi/180) - math.Sin(lat)*math.Sin(declination)) / (math.Cos(lat) * math.Cos(declination))
	half := 4 * math.Acos(min(max(c, -1), 1)) * 180 / math.Pi // minutes
	noon := 720 - 4*place[0] - equation + 7*60
	at := noon - half
	if event == "sunset" || event == "dusk" {
		at = noon + half
	}
	if math.IsNaN(at) {
		return 0
	}
	return int(math.Round(min(max(at, 0), 24*60-1)))
}
