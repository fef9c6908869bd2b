package files

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// table encodes CSV. The columns are id, the geometry (lon and lat for a
// collection of points, wkt for another), and the fields; a field whose name is
// taken by these gets a number. A missing value is empty, an empty text "".
type table struct {
	c      *geo.Collection
	header []string
	places int // columns of geometry
}

func newTable(c *geo.Collection) *table {
	t := &table{c: c, header: []string{"id"}}
	switch c.Geometry {
	case geo.None:
	case geo.Point:
		t.header = append(t.header, "lon", "lat")
	default:
		t.header = append(t.header, "wkt")
	}
	t.places = len(t.header) - 1
	for _, f := range c.Fields {
		name := f.Name
		for n := 2; slices.Contains(t.header, name); n++ {
			name = fmt.Sprintf("%s_%d", f.Name, n)
		}
		t.header = append(t.header, name)
	}
	return t
}

func (t *table) begin(dst []byte) ([]byte, error) {
	for i, name := range t.header {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendCell(dst, name)
	}
	return append(dst, '\r', '\n'), nil
}

func (t *table) record(dst []byte, r *geo.Record) ([]byte, error) {
	dst = appendCell(dst, r.ID)
	switch {
	case t.places == 0:
	case r.Geometry == nil:
		dst = append(dst, strings.Repeat(",", t.places)...)
	case t.places == 2:
		p, ok := r.Geometry.(orb.Point)
		if !ok {
			return dst, fmt.Errorf("feature %q: a %s in a collection of points", r.ID, r.Geometry.GeoJSONType())
		}
		dst = appendFloat(append(dst, ','), p[0])
		dst = appendFloat(append(dst, ','), p[1])
	default:
		dst = append(dst, ',', '"')
		dst = append(appendWKT(dst, r.Geometry), '"')
	}
	for _, v := range r.Values {
		dst = append(dst, ',')
		switch v := v.(type) {
		case string:
			dst = appendCell(dst, v)
		case int64:
			dst = strconv.AppendInt(dst, v, 10)
		case float64:
			dst = appendFloat(dst, v)
		case bool:
			dst = strconv.AppendBool(dst, v)
		}
	}
	return append(dst, '\r', '\n'), nil
}

func (t *table) end(dst []byte) []byte { return dst }

// appendCell appends a text, in quotation marks where RFC 4180 wants them and
// where it would else be taken for a missing value.
func appendCell(dst []byte, s string) []byte {
	if s != "" && !strings.ContainsAny(s, "\",\r\n") && s == strings.TrimSpace(s) {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(s, `"`, `""`)...)
	return append(dst, '"')
}

func appendFloat(dst []byte, f float64) []byte { return strconv.AppendFloat(dst, f, 'f', -1, 64) }

// appendWKT appends a geometry as well-known text (OGC 06-103r4, clause 7).
func appendWKT(dst []byte, g orb.Geometry) []byte {
	switch t := g.(type) {
	case orb.Point:
		return append(appendXY(append(dst, "POINT ("...), t), ')')
	case orb.MultiPoint:
		return appendPath(append(dst, "MULTIPOINT "...), t)
	case orb.LineString:
		return appendPath(append(dst, "LINESTRING "...), t)
	case orb.MultiLineString:
		return appendParts(append(dst, "MULTILINESTRING "...), t, func(dst []byte, l orb.LineString) []byte { return appendPath(dst, l) })
	case orb.Polygon:
		return appendRings(append(dst, "POLYGON "...), t)
	case orb.MultiPolygon:
		return appendParts(append(dst, "MULTIPOLYGON "...), t, appendRings)
	case orb.Collection:
		return appendParts(append(dst, "GEOMETRYCOLLECTION "...), t, appendWKT)
	}
	return dst
}

func appendRings(dst []byte, p orb.Polygon) []byte {
	return appendParts(dst, p, func(dst []byte, r orb.Ring) []byte { return appendPath(dst, r) })
}

func appendPath(dst []byte, path []orb.Point) []byte { return appendParts(dst, path, appendXY) }

func appendParts[T any](dst []byte, parts []T, each func([]byte, T) []byte) []byte {
	dst = append(dst, '(')
	for i, p := range parts {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = each(dst, p)
	}
	return append(dst, ')')
}

func appendXY(dst []byte, p orb.Point) []byte {
	return appendFloat(append(appendFloat(dst, p[0]), ' '), p[1])
}
