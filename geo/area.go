package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// WGS 84.
const (
	semiMajor     = 6378137.0
	flattening    = 1 / 298.257223563
	eccentricity2 = flattening * (2 - flattening)
)

// Area returns the area in m² on the WGS 84 ellipsoid of a polygon or
// multipolygon in degrees whose edges are straight in longitude and latitude;
// holes are subtracted whichever way they turn. Other geometries have none.
//
// Each edge contributes the area between it and the equator on the authalic
// sphere (Snyder, Map Projections: a Working Manual, 1987, eqs. 3-11 to 3-13),
// integrated along the edge by Simpson's rule.
func Area(g orb.Geometry) float64 {
	switch g := g.(type) {
	case orb.Polygon:
		return polygonArea(g)
	case orb.MultiPolygon:
		var sum float64
		for _, p := range g {
			sum += polygonArea(p)
		}
		return sum
	case orb.Collection:
		var sum float64
		for _, m := range g {
			sum += Area(m)
		}
		return sum
	default:
		return 0
	}
}

func polygonArea(p orb.Polygon) float64 {
	var sum float64
	for i, r := range p {
		a := math.Abs(ringArea(r))
		if i > 0 {
			a = -a
		}
		sum += a
	}
	return sum
}

func ringArea(r orb.Ring) float64 {
	var sum float64
	for i := range r {
		a, b := r[i], r[(i+1)%len(r)]
		if a[0] == b[0] {
			continue
		}
		mid := authalicQ((a[1] + b[1]) / 2)
		sum += (b[0] - a[0]) * math.Pi / 180 * (authalicQ(a[1]) + 4*mid + authalicQ(b[1])) / 6
	}
	return sum * semiMajor * semiMajor / 2
}

// authalicQ is Snyder's q (3-12) of a latitude in degrees: a strip of one
// radian of longitude from the equator to it measures q·a²/2.
func authalicQ(lat float64) float64 {
	e := math.Sqrt(eccentricity2)
	s := math.Sin(lat * math.Pi / 180)
	return (1 - eccentricity2) * (s/(1-eccentricity2*s*s) - math.Log((1-e*s)/(1+e*s))/(2*e))
}
