// Package lattice numbers the cells that rasters and coverage are counted on: a
// global lattice of 3 arc-seconds (1/1200°, about 92 m), finer than the 100 m
// asked for by BEREC BoR (20) 42.
//
// Columns run east from 180° W and rows south from the North Pole, as in a raster;
// the borders of cells are whole multiples of 3 arc-seconds. The post of SRTM of
// that number is the north-western corner of a cell, and a pixel of WorldPop is a
// cell. Cells are grouped in blocks of 256 × 256.
//
// It holds no values and knows no file, no snapshot and no projection.
package lattice

import (
	"math"

	"github.com/paulmach/orb"
)

// The measures of the lattice, in cells.
const (
	PerDegree = 1200
	Cols      = 360 * PerDegree // around the Earth
	Rows      = 180 * PerDegree
	BlockSize = 256 // cells along the side of a block
	BlockArea = BlockSize * BlockSize
)

// Cell is the address of one cell: 0 ≤ Col < Cols, 0 ≤ Row < Rows.
type Cell struct{ Col, Row int32 }

// At returns the cell that holds the point; a point on a border belongs to the
// eastern and southern cell. Longitudes wrap; latitudes beyond a pole are at it.
func At(lon, lat float64) Cell {
	col, row := int(math.Floor((lon+180)*PerDegree)), int(math.Floor((90-lat)*PerDegree))
	return Cell{Col: int32(((col % Cols) + Cols) % Cols), Row: int32(min(max(row, 0), Rows-1))}
}

// Center returns longitude and latitude of the middle of the cell in degrees.
func (c Cell) Center() orb.Point {
	return orb.Point{Lon(float64(c.Col) + 0.5), Lat(float64(c.Row) + 0.5)}
}

// Bound returns the cell's bound in degrees.
func (c Cell) Bound() orb.Bound {
	return orb.Bound{
		Min: orb.Point{Lon(float64(c.Col)), Lat(float64(c.Row) + 1)},
		Max: orb.Point{Lon(float64(c.Col) + 1), Lat(float64(c.Row))},
	}
}

// ID is the number of the cell, rows first: 0 to Cols·Rows−1.
func (c Cell) ID() int64 { return int64(c.Row)*Cols + int64(c.Col) }

// FromID returns the cell of that number.
func FromID(id int64) Cell { return Cell{Col: int32(id % Cols), Row: int32(id / Cols)} }

// Block returns the block that holds the cell and the cell's place in it, rows
// first: 0 to BlockArea−1.
func (c Cell) Block() (Block, int) {
	return Block{c.Col >> 8, c.Row >> 8}, int(c.Row&0xff)<<8 | int(c.Col&0xff)
}

// Area returns the area in m² of a cell of that row on the WGS 84 ellipsoid.
func Area(row int32) float64 {
	north, south := authalicQ(Lat(float64(row))), authalicQ(Lat(float64(row)+1))
	return semiMajor * semiMajor / 2 * (math.Pi / 180 / PerDegree) * (north - south)
}

// Lon returns the longitude in degrees of a column; a whole one is the western
// border of cells.
func Lon(col float64) float64 { return col/PerDegree - 180 }

// Lat returns the latitude in degrees of a row; a whole one is the northern
// border of cells.
func Lat(row float64) float64 { return 90 - row/PerDegree }

// Position returns the place of a point in columns and rows, whole at borders.
func Position(lon, lat float64) (col, row float64) {
	return (lon + 180) * PerDegree, (90 - lat) * PerDegree
}

// WGS 84.
const (
	semiMajor     = 6378137.0
	flattening    = 1 / 298.257223563
	eccentricity2 = flattening * (2 - flattening)
)

// authalicQ is q of a latitude in degrees (Snyder, Map Projections: a Working
// Manual, 1987, eq. 3-12): a strip of one radian of longitude from the equator
// to it measures q·a²/2.
func authalicQ(lat float64) float64 {
	e := math.Sqrt(eccentricity2)
	s := math.Sin(lat * math.Pi / 180)
	return (1 - eccentricity2) * (s/(1-eccentricity2*s*s) - math.Log((1-e*s)/(1+e*s))/(2*e))
}

// MetresPerDegree returns how long a degree of longitude and one of latitude are
// in metres at a latitude in degrees, from the radii of curvature of WGS 84.
func MetresPerDegree(lat float64) (lon, latitude float64) {
	s := math.Sin(lat * math.Pi / 180)
	w := 1 - eccentricity2*s*s
	n := semiMajor / math.Sqrt(w)
	m := n * (1 - eccentricity2) / w
	return n * math.Cos(lat*math.Pi/180) * math.Pi / 180, m * math.Pi / 180
}
