package tiles

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// The tile matrix set that all tiles are in.
const (
	TileMatrixSetID  = "WebMercatorQuad"
	TileMatrixSetURI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
	WebMercatorURI   = "http://www.opengis.net/def/crs/EPSG/0/3857"
)

// TileMatrixSet is the definition of WebMercatorQuad in the encoding of OGC Two
// Dimensional Tile Matrix Set 2.0 (17-083r4), annex D.1.
type TileMatrixSet struct {
	ID                string       `json:"id"`
	Title             string       `json:"title"`
	URI               string       `json:"uri"`
	CRS               string       `json:"crs"`
	OrderedAxes       []string     `json:"orderedAxes"`
	WellKnownScaleSet string       `json:"wellKnownScaleSet"`
	TileMatrices      []TileMatrix `json:"tileMatrices"`
}

// TileMatrix is one zoom of a tile matrix set.
type TileMatrix struct {
	ID               string     `json:"id"`
	ScaleDenominator float64    `json:"scaleDenominator"`
	CellSize         float64    `json:"cellSize"` // metres of a pixel at the equator
	CornerOfOrigin   string     `json:"cornerOfOrigin"`
	PointOfOrigin    [2]float64 `json:"pointOfOrigin"`
	TileWidth        int        `json:"tileWidth"`
	TileHeight       int        `json:"tileHeight"`
	MatrixWidth      int        `json:"matrixWidth"`
	MatrixHeight     int        `json:"matrixHeight"`
}

// WebMercatorQuad returns the definition, zooms 0 to geo.MaxTileZoom.
func WebMercatorQuad() TileMatrixSet {
	s := TileMatrixSet{
		ID: TileMatrixSetID, Title: "Google Maps Compatible for the World", URI: TileMatrixSetURI, CRS: WebMercatorURI,
		OrderedAxes: []string{"X", "Y"}, WellKnownScaleSet: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
	}
	const half = math.Pi * 6378137 // of the world's width, metres
	const pixel = 0.00028          // the standard's size of a pixel on a screen, metres
	for z := range geo.MaxTileZoom + 1 {
		n := 1 << z
		cell := 2 * half / 256 / float64(n)
		s.TileMatrices = append(s.TileMatrices, TileMatrix{
			ID: strconv.Itoa(z), ScaleDenominator: cell / pixel, CellSize: cell, CornerOfOrigin: "topLeft",
			PointOfOrigin: [2]float64{-half, half}, TileWidth: 256, TileHeight: 256, MatrixWidth: n, MatrixHeight: n,
		})
	}
	return s
}

// Limits are the columns and rows of one zoom that have tiles.
type Limits struct {
	TileMatrix string `json:"tileMatrix"`
	MinTileRow uint32 `json:"minTileRow"`
	MaxTileRow uint32 `json:"maxTileRow"`
	MinTileCol uint32 `json:"minTileCol"`
	MaxTileCol uint32 `json:"maxTileCol"`
}

// TileLimits returns the limits of those layers at each of their zooms.
func TileLimits(layers []*geo.Layer) []Limits {
	b := Bounds(layers)
	var limits []Limits
	for z := range geo.MaxTileZoom + 1 {
		if len(at(layers, z)) == 0 {
			continue
		}
		from, to := corners(b, z)
		limits = append(limits, Limits{strconv.Itoa(z), from.Y, to.Y, from.X, to.X})
	}
	return limits
}

// corners returns the first and the last address of a zoom that show some of b.
func corners(b orb.Bound, z int) (from, to Address) {
	return At(orb.Point{b.Min[0], b.Max[1]}, z), At(orb.Point{b.Max[0], b.Min[1]}, z)
}
