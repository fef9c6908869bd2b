package routing

import (
	"math"

	"github.com/paulmach/orb"
)

// Vertices are held in units of 1e-7 degrees, about a centimetre: what is equal
// there is the same place.
type vertex struct{ x, y int32 }

const perDegree = 1e7

func vertexOf(p orb.Point) vertex {
	return vertex{int32(math.Round(p[0] * perDegree)), int32(math.Round(p[1] * perDegree))}
}

func (v vertex) point() orb.Point {
	return orb.Point{float64(v.x) / perDegree, float64(v.y) / perDegree}
}

// WGS 84.
const (
	semiMajor     = 6378137.0
	eccentricity2 = 0.0066943799901413165
)

// degree returns the metres of a degree of longitude and of latitude at a
// latitude, from the radii of curvature of the ellipsoid (Snyder, Map
// Projections: a Working Manual, 1987, eqs. 4-18 and 4-20).
func degree(lat float64) (x, y float64) {
	sin, cos := math.Sincos(lat * math.Pi / 180)
	w := 1 - eccentricity2*sin*sin
	normal := semiMajor / math.Sqrt(w)
	meridian := normal * (1 - eccentricity2) / w
	return normal * cos * math.Pi / 180, meridian * math.Pi / 180
}

// Distance returns the metres between two points in degrees, exact to a few
// millionths over the length of a road's segments.
func Distance(a, b orb.Point) float64 {
	x, y := degree((a[1] + b[1]) / 2)
	return math.Hypot((b[0]-a[0])*x, (b[1]-a[1])*y)
}

// Length returns the metres of a line in degrees.
func Length(l orb.LineString) float64 {
	var sum float64
	for i := 1; i < len(l); i++ {
		sum += Distance(l[i-1], l[i])
	}
	return sum
}

// plane turns degrees into metres around a latitude.
type plane struct{ x, y float64 }

func planeAt(lat float64) plane {
	x, y := degree(lat)
	return plane{x / perDegree, y / perDegree}
}

// nearest returns where on the segment from a to b the place nearest to v is: the
// share of the way, 0 to 1, and its distance from v in metres.
func (p plane) nearest(v, a, b vertex) (share, metres float64) {
	dx, dy := float64(b.x-a.x)*p.x, float64(b.y-a.y)*p.y
	vx, vy := float64(v.x-a.x)*p.x, float64(v.y-a.y)*p.y
	if n := dx*dx + dy*dy; n > 0 {
		share = min(max((vx*dx+vy*dy)/n, 0), 1)
	}
	return share, math.Hypot(vx-share*dx, vy-share*dy)
}

// along is the vertex at a share of the way from a to b.
func along(a, b vertex, share float64) vertex {
	return vertex{a.x + int32(math.Round(float64(b.x-a.x)*share)), a.y + int32(math.Round(float64(b.y-a.y)*share))}
}
