package live

import (
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/geo"
)

// column is a column as relations.sql describes it.
type column struct {
	Name       string `json:"name"`
	Type       string `json:"type"` // what a domain is made of
	TypeSchema string `json:"typeSchema"`
	Category   string `json:"category"` // pg_type.typcategory
	Spatial    string `json:"spatial"`  // geometry, geography or ""
	SRID       int    `json:"srid"`     // declared; 0: none
	Shape      string `json:"shape"`    // declared, as Point or MultiPolygonZ
	Readable   bool   `json:"readable"`
	Indexed    bool   `json:"indexed"` // by a spatial index
	Primary    bool   `json:"primary"`
	Unique     bool   `json:"unique"` // and never null
}

// from refers to the column in a query whose only relation is called source.
func (c *column) from() string { return pgx.Identifier{"source", c.Name}.Sanitize() }

// field returns the property the column becomes and the SQL of its value, which
// is text, bool, int8 or float8. Columns of bytes and of other geometries are
// none.
func (c *column) field() (f geo.Field, value string, ok bool) {
	f.Name = c.Name
	from := c.from()
	as := func(t geo.FieldType, value string) (geo.Field, string, bool) {
		f.Type = t
		return f, value, true
	}
	if !c.Readable || c.Spatial != "" {
		return f, "", false
	}
	if c.TypeSchema == "pg_catalog" {
		switch c.Type {
		case "bool":
			return as(geo.Boolean, from+"::bool")
		case "int2", "int4", "int8", "oid":
			return as(geo.Integer, from+"::int8")
		case "float4", "float8", "numeric":
			return as(geo.Number, from+"::float8")
		case "timestamp", "timestamptz", "date", "time", "timetz": // as ISO 8601 writes them
			return as(geo.String, "(pg_catalog.to_json("+from+") #>> '{}')")
		case "bytea", "tsvector", "tsquery":
			return f, "", false
		}
	}
	switch {
	case slices.Contains([]string{"raster", "box2d", "box3d", "topogeometry"}, c.Type):
		return f, "", false
	case strings.Contains("AC", c.Category), c.Type == "hstore": // arrays, composites
		return as(geo.String, "pg_catalog.to_json("+from+")::text")
	}
	return as(geo.String, from+"::text")
}

// isInteger reports whether the values fit the id of a feature in a tile.
func (c *column) isInteger() bool {
	return c.TypeSchema == "pg_catalog" && slices.Contains([]string{"int2", "int4", "int8"}, c.Type)
}

// canBeKey reports whether one can page by the column and name it in an address.
func (c *column) canBeKey() bool {
	return c.Readable && (strings.Contains("NSD", c.Category) || c.Type == "uuid")
}

// geometry returns what the declared shape is to us.
func (c *column) geometry() geo.GeometryType {
	switch shape := c.shape(); {
	case shape == "POINT":
		return geo.Point
	case strings.HasSuffix(shape, "LINESTRING") && shape != "CIRCULARSTRING", shape == "COMPOUNDCURVE", shape == "MULTICURVE":
		return geo.Line
	case strings.HasSuffix(shape, "POLYGON"), shape == "MULTISURFACE":
		return geo.Polygon
	}
	return geo.Mixed
}

func (c *column) shape() string { return strings.TrimRight(strings.ToUpper(c.Shape), "ZM") }

// mayCurve reports whether arcs may occur, which tiles have no word for.
func (c *column) mayCurve() bool {
	shape := c.shape()
	return slices.Contains([]string{"", "GEOMETRY", "GEOMETRYCOLLECTION"}, shape) || strings.Contains(shape, "CURVE") ||
		strings.Contains(shape, "CIRCULAR") || shape == "MULTISURFACE"
}

// isSolid recognises surfaces in space, which are not drawn.
func (c *column) isSolid() bool {
	return slices.Contains([]string{"POLYHEDRALSURFACE", "TIN", "TRIANGLE"}, c.shape())
}
