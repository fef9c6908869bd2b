package coverage

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/lattice"
)

// position returns a point in degrees as columns and rows of the lattice.
func position(p orb.Point) (x, y float64) { return lattice.Position(p[0], p[1]) }

// Distance returns the distance in m between two points in degrees, by the
// radii of curvature midway: right to 0.01 % within 100 km.
func Distance(a, b orb.Point) float64 {
	lon, lat := metresPerDegree((a[1] + b[1]) / 2)
	return math.Hypot((a[0]-b[0])*lon, (a[1]-b[1])*lat)
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

// CellID is how a cell is named in answers: column and row, as in
// "351041-117993".
func CellID(c lattice.Cell) string { return fmt.Sprintf("%d-%d", c.Col, c.Row) }

// ParseCellID reads what CellID wrote.
func ParseCellID(s string) (lattice.Cell, bool) {
	a, b, _ := strings.Cut(s, "-")
	col, err1 := strconv.ParseUint(a, 10, 31)
	row, err2 := strconv.ParseUint(b, 10, 31)
	c := lattice.Cell{Col: int32(col), Row: int32(row)}
	return c, err1 == nil && err2 == nil && col < lattice.Cols && row < lattice.Rows && CellID(c) == s
}
