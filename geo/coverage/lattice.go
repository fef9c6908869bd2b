package coverage

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// The lattice of SRTM and WorldPop: cells of 3 arc seconds, numbered from the
// north-west corner of the world, rows southwards as rasters store them.
const (
	PerDegree = 1200
	Cols      = 360 * PerDegree
	Rows      = 180 * PerDegree
)

// Cell is a cell of the lattice by its numbers.
type Cell struct {
	Col int32 // from 180° west eastwards, 0 to Cols-1
	Row int32 // from 90° north southwards, 0 to Rows-1
}

// CellAt returns the cell of a point in degrees; points beyond the world are
// given its edge.
func CellAt(p orb.Point) Cell {
	x, y := position(p)
	return Cell{clampTo(x, Cols), clampTo(y, Rows)}
}

func clampTo(v float64, n int) int32 { return int32(min(max(math.Floor(v), 0), float64(n-1))) }

// position returns a point in units of cells from the north-west corner.
func position(p orb.Point) (x, y float64) { return (p[0] + 180) * PerDegree, (90 - p[1]) * PerDegree }

// Centre returns the middle of the cell in degrees.
func (c Cell) Centre() orb.Point {
	return orb.Point{(float64(c.Col)+0.5)/PerDegree - 180, 90 - (float64(c.Row)+0.5)/PerDegree}
}

// Bound returns the cell's corners in degrees.
func (c Cell) Bound() orb.Bound {
	west, north := float64(c.Col)/PerDegree-180, 90-float64(c.Row)/PerDegree
	return orb.Bound{
		Min: orb.Point{west, 90 - float64(c.Row+1)/PerDegree},
		Max: orb.Point{float64(c.Col+1)/PerDegree - 180, north},
	}
}

// String is the cell's id: its numbers, as in "351041-117993".
func (c Cell) String() string { return fmt.Sprintf("%d-%d", c.Col, c.Row) }

// rowArea returns the area in m² on the WGS 84 ellipsoid of a cell of that row,
// rounded.
func rowArea(row int32) uint16 {
	return uint16(math.Round(geo.Area(Cell{0, row}.Bound().ToPolygon())))
}

// WGS 84.
const (
	semiMajor     = 6378137.0
	eccentricity2 = 2/298.257223563 - 1/(298.257223563*298.257223563)
)

// metresPerDegree returns the lengths in m of a degree of longitude and of one
// of latitude at a latitude in degrees (from the radii of curvature of WGS 84).
func metresPerDegree(lat float64) (lon, latitude float64) {
	sin, cos := math.Sincos(lat * math.Pi / 180)
	w := 1 - eccentricity2*sin*sin
	n := semiMajor / math.Sqrt(w)
	m := n * (1 - eccentricity2) / w
	return n * cos * math.Pi / 180, m * math.Pi / 180
}

// Distance returns the distance in m between two points in degrees, by the
// radii of curvature midway: right to 0.01 % within 100 km.
func Distance(a, b orb.Point) float64 {
	lon, lat := metresPerDegree((a[1] + b[1]) / 2)
	return math.Hypot((a[0]-b[0])*lon, (a[1]-b[1])*lat)
}
