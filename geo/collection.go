package geo

import (
	"fmt"
	"regexp"
	"slices"
)

// GeometryType names what a collection's features are made of.
type GeometryType string

// The geometry types of collections. Lines and polygons may be stored as
// single or multi geometries; Mixed admits any, None has no geometry at all.
// A feature of any collection but a Polygon or Line one may lack a geometry.
const (
	Point   GeometryType = "Point"
	Line    GeometryType = "LineString"
	Polygon GeometryType = "MultiPolygon"
	Mixed   GeometryType = "Geometry"
	None    GeometryType = "None"
)

// FieldType is the type of a property.
type FieldType string

// The property types, in the words of JSON Schema. Their Go values in a Record
// are string, int64, float64 and bool; nil stands for a missing value.
const (
	String  FieldType = "string"
	Integer FieldType = "integer"
	Number  FieldType = "number"
	Boolean FieldType = "boolean"
)

// Field describes one property of a collection.
type Field struct {
	Name  string    `json:"name"`
	Type  FieldType `json:"type"`
	Title string    `json:"title,omitempty"`
	Unit  string    `json:"unit,omitempty"` // for example "km²", "m", "Mbit/s"
	Enum  []string  `json:"enum,omitempty"` // the values it may take; empty: any
}

// Collection is the description of a set of features: what OGC API Features
// calls a collection, a tile calls a layer and a database a table.
type Collection struct {
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Geometry    GeometryType `json:"geometry"`
	Fields      []Field      `json:"fields"`
	MinZoom     int          `json:"minzoom"` // smallest zoom at which it is in tiles
	MaxZoom     int          `json:"maxzoom"` // greatest zoom at which tiles are cut; clients overzoom
	Attribution string       `json:"attribution,omitempty"`
	License     string       `json:"license,omitempty"`
}

// MaxTileZoom is the greatest zoom at which any tile is cut.
const MaxTileZoom = 16

var collectionID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,47}$`)

// Validate reports what is wrong with the description, or nil.
func (c *Collection) Validate() error {
	if !collectionID.MatchString(c.ID) {
		return fmt.Errorf("collection id %q: want a lower-case letter, then up to 47 lower-case letters, digits or underscores", c.ID)
	}
	if !slices.Contains([]GeometryType{Point, Line, Polygon, Mixed, None}, c.Geometry) {
		return fmt.Errorf("collection %s: unknown geometry type %q", c.ID, c.Geometry)
	}
	if c.MinZoom < 0 || c.MaxZoom > MaxTileZoom || c.MinZoom > c.MaxZoom {
		return fmt.Errorf("collection %s: zooms %d to %d are not within 0 to %d", c.ID, c.MinZoom, c.MaxZoom, MaxTileZoom)
	}
	seen := make(map[string]bool, len(c.Fields))
	for _, f := range c.Fields {
		if f.Name == "" || len(f.Name) > 63 {
			return fmt.Errorf("collection %s: field name %q: want 1 to 63 bytes", c.ID, f.Name)
		}
		if seen[f.Name] {
			return fmt.Errorf("collection %s: field %q is given twice", c.ID, f.Name)
		}
		seen[f.Name] = true
		if !slices.Contains([]FieldType{String, Integer, Number, Boolean}, f.Type) {
			return fmt.Errorf("collection %s: field %q: unknown type %q", c.ID, f.Name, f.Type)
		}
	}
	return nil
}

// FieldIndex returns the position of the named field, or -1.
func (c *Collection) FieldIndex(name string) int {
	return slices.IndexFunc(c.Fields, func(f Field) bool { return f.Name == name })
}
