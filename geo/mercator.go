package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// worldSize is the width of the world in Shape units.
const worldSize = 1 << 32

// MaxLatitude is where the square Web Mercator world ends, in degrees; what
// lies beyond is drawn on its edge.
const MaxLatitude = 85.0511287798066

// Project returns the Web Mercator (EPSG:3857) position of a point in degrees,
// in Shape units.
func Project(p orb.Point) (x, y uint32) {
	fx := (p[0] + 180) / 360 * worldSize
	s := math.Sin(min(max(p[1], -MaxLatitude), MaxLatitude) * math.Pi / 180)
	fy := (0.5 - math.Log((1+s)/(1-s))/(4*math.Pi)) * worldSize
	return toWorld(fx), toWorld(fy)
}

func toWorld(f float64) uint32 { return uint32(min(max(math.Round(f), 0), worldSize-1)) }

// Unproject returns the point in degrees of a position in Shape units, which
// may lie outside the world.
func Unproject(x, y float64) orb.Point {
	n := math.Pi - 2*math.Pi*y/worldSize
	return orb.Point{x/worldSize*360 - 180, math.Atan(math.Sinh(n)) * 180 / math.Pi}
}
