package files

import (
	"slices"

	"github.com/paulmach/orb"
)

// mend repairs what is unambiguous in a geometry: equal points in a row are
// made one, rings are turned as RFC 7946 has them (exteriors counterclockwise),
// and, where single is set, a MultiPoint of one point becomes that point. What it
// takes it may change.
func mend(g orb.Geometry, single bool) (orb.Geometry, []flaw) {
	var flaws []flaw
	repeated, turned := 0, 0
	thin := func(path []orb.Point) []orb.Point {
		kept := slices.Compact(path)
		repeated += len(path) - len(kept)
		return kept
	}
	polygon := func(p orb.Polygon) {
		for i := range p {
			p[i] = thin(p[i])
			if area := turn(p[i]); area < 0 && i == 0 || area > 0 && i > 0 {
				slices.Reverse(p[i])
				turned++
			}
		}
	}
	switch t := g.(type) {
	case orb.Collection:
		for i := range t {
			var more []flaw
			t[i], more = mend(t[i], false)
			flaws = append(flaws, more...)
		}
	case orb.MultiPoint:
		if len(t) == 1 && single {
			g = t[0]
			flaws = append(flaws, repair("geometry", CodeSingle, "a MultiPoint of one point is that point"))
		}
	case orb.LineString:
		g = orb.LineString(thin(t))
	case orb.MultiLineString:
		for i := range t {
			t[i] = thin(t[i])
		}
	case orb.Polygon:
		polygon(t)
	case orb.MultiPolygon:
		for i := range t {
			polygon(t[i])
		}
	}
	if repeated > 0 {
		flaws = append(flaws, repair("geometry", CodeRepeated, "%s equal to the one before, left out", plural(repeated, "point")))
	}
	if turned > 0 {
		flaws = append(flaws, repair("geometry", CodeOrientation, "%s turned to the orientation of RFC 7946", plural(turned, "ring")))
	}
	return g, flaws
}

// turn is twice the signed area of a ring in its own coordinates, taken from
// its first point so that distance from the origin costs no digits.
func turn(r orb.Ring) float64 {
	var sum float64
	for i := 1; i+1 < len(r); i++ {
		ax, ay := r[i][0]-r[0][0], r[i][1]-r[0][1]
		bx, by := r[i+1][0]-r[0][0], r[i+1][1]-r[0][1]
		sum += ax*by - ay*bx
	}
	return sum
}
