package main

import (
	"math"

	"github.com/paulmach/orb"
)

// The plane of all computations: Lambert's cylindrical equal-area projection of
// the WGS 84 ellipsoid with its standard parallel through the regency (Snyder,
// Map Projections: A Working Manual, USGS PP 1395, 1987, equations 10-13 to
// 10-16). Areas in the plane are ellipsoidal areas in square metres; shapes are
// true within 0.3 % over the regency.
const (
	semiMajor        = 6378137.0
	flattening       = 1 / 298.257223563
	eccentricity2    = flattening * (2 - flattening)
	centralMeridian  = 112.6
	standardParallel = -8.1
)

// scale is Snyder's k0: the ratio of true to equatorial lengths on the standard parallel.
func scale() float64 {
	s, c := math.Sincos(standardParallel * math.Pi / 180)
	return c / math.Sqrt(1-eccentricity2*s*s)
}

// authalic is Snyder's q (equation 3-12) of the sine of a latitude.
func authalic(s float64) float64 {
	e := math.Sqrt(eccentricity2)
	return (1 - eccentricity2) * (s/(1-eccentricity2*s*s) - math.Log((1-e*s)/(1+e*s))/(2*e))
}

// plane projects degrees to metres.
func plane(p orb.Point) orb.Point {
	k := scale()
	return orb.Point{
		semiMajor * k * (p[0] - centralMeridian) * math.Pi / 180,
		semiMajor * authalic(math.Sin(p[1]*math.Pi/180)) / (2 * k),
	}
}

// degrees is the inverse of plane: Newton's method on authalic, whose
// derivative by the sine s is 2(1-e²)/(1-e²s²)².
func degrees(p orb.Point) orb.Point {
	k := scale()
	q := p[1] * 2 * k / semiMajor
	s := q / 2
	for range 6 {
		d := 1 - eccentricity2*s*s
		s -= (authalic(s) - q) * d * d / (2 * (1 - eccentricity2))
	}
	return orb.Point{centralMeridian + p[0]/(semiMajor*k)*180/math.Pi, math.Asin(s) * 180 / math.Pi}
}
