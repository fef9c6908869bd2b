package coverage

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Nearest returns the feature of a layer that is nearest to a point in degrees
// and how far it is in m, 0 inside of a polygon; of those that are wanted (nil:
// all) and at most so many metres away. -1 when there is none.
func Nearest(l *geo.Layer, p orb.Point, most float64, wanted func(i int) bool) (int, float64) {
	if l == nil || l.Bound.IsEmpty() {
		return -1, math.NaN()
	}
	perLon, perLat := metresPerDegree(p[1])
	for reach := min(500.0, most); ; reach = min(2*reach, most) {
		box := orb.Bound{
			Min: orb.Point{p[0] - reach/perLon, p[1] - reach/perLat},
			Max: orb.Point{p[0] + reach/perLon, p[1] + reach/perLat},
		}
		which, best := -1, math.NaN()
		for _, i := range l.Search(box, nil) {
			if wanted != nil && !wanted(int(i)) {
				continue
			}
			if d := distanceTo(l.Geometry(int(i)), p, perLon, perLat); d < best || which < 0 && d <= most {
				which, best = int(i), d
			}
		}
		if best <= reach {
			return which, best
		}
		if reach >= most || box.Contains(l.Bound.Min) && box.Contains(l.Bound.Max) {
			return which, best
		}
	}
}
