package tiles

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// TileJSON describes a set of tiles to a client: version 3.0.0 of the
// specification (github.com/mapbox/tilejson-spec).
type TileJSON struct {
	TileJSON     string        `json:"tilejson"`
	Name         string        `json:"name,omitempty"`
	Description  string        `json:"description,omitempty"`
	Version      string        `json:"version"`
	Attribution  string        `json:"attribution,omitempty"`
	Scheme       string        `json:"scheme"`
	Tiles        []string      `json:"tiles"`
	MinZoom      int           `json:"minzoom"`
	MaxZoom      int           `json:"maxzoom"`
	Bounds       [4]float64    `json:"bounds"` // west, south, east, north
	Center       [3]float64    `json:"center"` // longitude, latitude, zoom
	VectorLayers []VectorLayer `json:"vector_layers"`
}

// NewTileJSON describes the tiles of those layers. The template is the URL of a
// tile with {z}, {x} and {y} in it. The version is not that of the content, as
// the specification wants a semantic one; the template may carry Version.
func NewTileJSON(layers []*geo.Layer, template string) TileJSON {
	t := TileJSON{TileJSON: "3.0.0", Version: "1.0.0", Scheme: "xyz", Tiles: []string{template}, MinZoom: geo.MaxTileZoom, VectorLayers: []VectorLayer{}}
	var names, descriptions, credits []string
	for _, l := range layers {
		c := &l.Collection
		if c.Geometry == geo.None {
			continue
		}
		t.MinZoom, t.MaxZoom = min(t.MinZoom, c.MinZoom), max(t.MaxZoom, c.MaxZoom)
		v := VectorLayer{ID: c.ID, Description: c.Description, MinZoom: c.MinZoom, MaxZoom: c.MaxZoom, Fields: map[string]string{}}
		for _, f := range c.Fields {
			v.Fields[f.Name] = fieldDescription(f)
		}
		t.VectorLayers = append(t.VectorLayers, v)
		names, descriptions = appendNew(names, c.Title), appendNew(descriptions, c.Description)
		credits = appendNew(credits, c.Attribution)
	}
	t.Name, t.Description, t.Attribution = strings.Join(names, ", "), strings.Join(descriptions, " "), strings.Join(credits, " | ")
	t.MinZoom = min(t.MinZoom, t.MaxZoom)
	b := Bounds(layers)
	t.Bounds = [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
	centre := b.Center()
	t.Center = [3]float64{round6(centre[0]), round6(centre[1]), float64(fitZoom(b, t.MinZoom, t.MaxZoom))}
	return t
}

// fieldDescription begins with the type in the words that clients look for.
func fieldDescription(f geo.Field) string {
	s := map[geo.FieldType]string{geo.String: "String", geo.Integer: "Number", geo.Number: "Number", geo.Boolean: "Boolean"}[f.Type]
	if f.Title != "" {
		s += ": " + f.Title
	}
	if f.Unit != "" {
		s += " (" + f.Unit + ")"
	}
	return s
}

func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// Bounds returns what the layers cover together, in degrees: the whole Web
// Mercator world when they have no geometry.
func Bounds(layers []*geo.Layer) orb.Bound {
	var all orb.Bound
	empty := true
	for _, l := range layers {
		switch {
		case l.Bound.IsEmpty():
		case empty:
			all, empty = l.Bound, false
		default:
			all = all.Union(l.Bound)
		}
	}
	if empty {
		all = orb.Bound{Min: orb.Point{-180, -geo.MaxLatitude}, Max: orb.Point{180, geo.MaxLatitude}}
	}
	for i, limit := range [2]float64{180, geo.MaxLatitude} {
		all.Min[i] = max(all.Min[i], -limit)
		all.Max[i] = min(all.Max[i], limit)
	}
	return all
}

// fitZoom returns the largest zoom at which the bounds fit onto about two
// tiles' width, within the limits.
func fitZoom(b orb.Bound, least, most int) int {
	x0, y0 := geo.Project(b.Min)
	x1, y1 := geo.Project(b.Max)
	size := max(float64(x1)-float64(x0), float64(y0)-float64(y1), 1)
	return min(max(int(math.Floor(33-math.Log2(size))), least), most)
}

func round6(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// cutVersion is part of every tile's identity. It changes when the same layers
// are cut into other bytes.
const cutVersion = "1"

// Version tells the content of tiles of those layers apart: it changes when one
// of them does, and is the same on every server. A URL that carries it may be
// cached for ever.
func Version(layers []*geo.Layer) string {
	h := sha256.New()
	h.Write([]byte(cutVersion))
	for _, l := range layers {
		h.Write([]byte{0})
		h.Write([]byte(l.Collection.ID))
		h.Write([]byte{0})
		h.Write([]byte(l.Version))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
