package tiles

import (
	"context"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Source is a set of tiles that is not cut from the snapshot: an archive, or a
// live table of a database. Its methods may be called concurrently.
type Source interface {
	// Describe tells what the source holds now. The caller must not change what
	// it returns.
	Describe() Description

	// Tile returns the tile at that address. A tile
	// that holds nothing, or lies beyond the described zooms and bounds, has no
	// Data and is no error. ctx's end stops the work.
	Tile(ctx context.Context, at Address) (Encoded, error)
}

// Encoded is a tile as its source keeps it, ready to be passed through.
type Encoded struct {
	Data     []byte // read only; empty: there is nothing at that address
	Encoding string // content coding of Data: "gzip", "br", "zstd", or "" for none
	ETag     string // of Data, strong, without quotes; empty: the source knows none
}

// VectorTile is the media type of a Mapbox Vector Tile.
const VectorTile = "application/vnd.mapbox-vector-tile"

// Description says what a source holds, in the terms of TileJSON 3.0.
type Description struct {
	Name         string // for people; may be empty
	Description  string
	Attribution  string
	MediaType    string // of its tiles, for example VectorTile or image/png
	Version      string // changes whenever a tile may have changed; empty: unknown
	MinZoom      int
	MaxZoom      int
	Bounds       orb.Bound // degrees
	Center       orb.Point // degrees
	CenterZoom   int
	VectorLayers []VectorLayer
}

// Limits returns the columns and rows of the source's zooms, as far as
// WebMercatorQuad describes them.
func (d *Description) Limits() []Limits {
	limits := []Limits{}
	for z := max(d.MinZoom, 0); z <= min(d.MaxZoom, geo.MaxTileZoom); z++ {
		from, to := corners(d.Bounds, z)
		limits = append(limits, Limits{strconv.Itoa(z), from.Y, to.Y, from.X, to.X})
	}
	return limits
}

// VectorLayer is one layer of vector tiles: an entry of TileJSON's vector_layers.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description,omitempty"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"` // name of a property to its type or meaning, in words
}

// Gzip compresses a tile as a Server does, so that an archive holds the same
// bytes as are served.
func Gzip(data []byte) []byte { return gzipAll(data) }

// TileJSON describes the source to a client. The template is the URL of a tile
// with {z}, {x} and {y} in it.
func (d *Description) TileJSON(template string) TileJSON {
	layers := d.VectorLayers
	if layers == nil {
		layers = []VectorLayer{}
	}
	return TileJSON{
		TileJSON: "3.0.0", Version: "1.0.0", Scheme: "xyz", Tiles: []string{template},
		Name: d.Name, Description: d.Description, Attribution: d.Attribution,
		MinZoom: d.MinZoom, MaxZoom: d.MaxZoom,
		Bounds:       [4]float64{d.Bounds.Min[0], d.Bounds.Min[1], d.Bounds.Max[0], d.Bounds.Max[1]},
		Center:       [3]float64{round6(d.Center[0]), round6(d.Center[1]), float64(d.CenterZoom)},
		VectorLayers: layers,
	}
}
