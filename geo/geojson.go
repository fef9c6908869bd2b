package geo

import (
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// AppendFeatureJSON appends feature i of the layer as a GeoJSON Feature (RFC
// 7946) with the properties at the given positions of Collection.Fields; nil
// stands for all of them. Missing values are null. Coordinates and numbers are
// written with the fewest digits that read back as the same float64.
func AppendFeatureJSON(dst []byte, l *Layer, i int, props []int) []byte {
	return AppendFeatureAtJSON(dst, l, i, props, l.Geometry(i))
}

// AppendFeatureAtJSON is AppendFeatureJSON with a geometry other than the
// feature's own, as in another reference system.
func AppendFeatureAtJSON(dst []byte, l *Layer, i int, props []int, g orb.Geometry) []byte {
	dst = appendFeatureStart(dst, l.ID(i), g)
	n := len(props)
	if props == nil {
		n = len(l.Columns)
	}
	for k := range n {
		p := k
		if props != nil {
			p = props[k]
		}
		if k > 0 {
			dst = append(dst, ',')
		}
		c := &l.Columns[p]
		dst = append(AppendStringJSON(dst, c.Field.Name), ':')
		dst = c.AppendJSON(dst, i)
	}
	return append(dst, '}', '}')
}

// AppendJSON appends the value of feature i as JSON: null when it has none.
func (c *Column) AppendJSON(dst []byte, i int) []byte {
	switch {
	case !c.Has(i):
		return append(dst, "null"...)
	case c.Field.Type == String:
		return AppendStringJSON(dst, c.words[c.Word(i)])
	case c.Field.Type == Integer:
		return strconv.AppendInt(dst, c.ints[i], 10)
	case c.Field.Type == Number:
		return appendNumberJSON(dst, c.nums[i])
	default:
		return strconv.AppendBool(dst, c.bools[i])
	}
}

// AppendRecordJSON appends a record of the collection as AppendFeatureJSON
// does a feature of a layer, with all its properties.
func AppendRecordJSON(dst []byte, c *Collection, r *Record) []byte {
	dst = appendFeatureStart(dst, r.ID, r.Geometry)
	for k, f := range c.Fields {
		if k > 0 {
			dst = append(dst, ',')
		}
		dst = append(AppendStringJSON(dst, f.Name), ':')
		dst = appendValueJSON(dst, r.Values[k])
	}
	return append(dst, '}', '}')
}

func appendFeatureStart(dst []byte, id string, g orb.Geometry) []byte {
	dst = append(dst, `{"type":"Feature","id":`...)
	dst = AppendStringJSON(dst, id)
	dst = append(dst, `,"geometry":`...)
	dst = AppendGeometryJSON(dst, g)
	return append(dst, `,"properties":{`...)
}

// appendValueJSON appends a property value: string, int64, float64, bool, or
// anything else as null.
func appendValueJSON(dst []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return AppendStringJSON(dst, v)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case float64:
		return appendNumberJSON(dst, v)
	case bool:
		return strconv.AppendBool(dst, v)
	default:
		return append(dst, "null"...)
	}
}

// AppendGeometryJSON appends a geometry as GeoJSON; nil is null. The geometry
// is written as it is: neither closed, oriented nor rounded.
func AppendGeometryJSON(dst []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		return append(appendPosition(append(dst, `{"type":"Point","coordinates":`...), g), '}')
	case orb.MultiPoint:
		return append(appendPositions(append(dst, `{"type":"MultiPoint","coordinates":`...), g), '}')
	case orb.LineString:
		return append(appendPositions(append(dst, `{"type":"LineString","coordinates":`...), g), '}')
	case orb.MultiLineString:
		return append(appendList(append(dst, `{"type":"MultiLineString","coordinates":`...), g, appendPositions), '}')
	case orb.Ring:
		return AppendGeometryJSON(dst, orb.Polygon{g})
	case orb.Polygon:
		return append(appendList(append(dst, `{"type":"Polygon","coordinates":`...), g, appendPositions), '}')
	case orb.MultiPolygon:
		return append(appendList(append(dst, `{"type":"MultiPolygon","coordinates":`...), g, appendRings), '}')
	case orb.Bound:
		return AppendGeometryJSON(dst, g.ToPolygon())
	case orb.Collection:
		return append(appendList(append(dst, `{"type":"GeometryCollection","geometries":`...), g, AppendGeometryJSON), '}')
	default:
		return append(dst, "null"...)
	}
}

func appendList[T any](dst []byte, items []T, each func([]byte, T) []byte) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = each(dst, item)
	}
	return append(dst, ']')
}

func appendRings(dst []byte, p orb.Polygon) []byte { return appendList(dst, p, appendPositions) }

func appendPositions[S ~[]orb.Point](dst []byte, ps S) []byte {
	return appendList(dst, ps, appendPosition)
}

func appendPosition(dst []byte, p orb.Point) []byte {
	dst = append(dst, '[')
	dst = appendCoordinate(dst, p[0])
	dst = append(dst, ',')
	dst = appendCoordinate(dst, p[1])
	return append(dst, ']')
}

func appendCoordinate(dst []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

// appendNumberJSON appends a number so that a reader can tell it from an
// integer: a whole number keeps ".0". JSON has no NaN or infinity: null.
func appendNumberJSON(dst []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	if f == math.Trunc(f) {
		dst = append(dst, '.', '0')
	}
	return dst
}

// AppendStringJSON appends s as a JSON string that is also safe inside HTML
// script elements: <, >, & and the line separators U+2028 and U+2029 are
// escaped. Invalid UTF-8 becomes U+FFFD.
func AppendStringJSON(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			if b >= 0x20 && b != '"' && b != '\\' && b != '<' && b != '>' && b != '&' {
				i++
				continue
			}
			dst = append(dst, s[start:i]...)
			switch b {
			case '"', '\\':
				dst = append(dst, '\\', b)
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(append(dst, s[start:i]...), `\ufffd`...)
			start = i + size
		case r == '\u2028' || r == '\u2029':
			dst = append(append(dst, s[start:i]...), '\\', 'u', '2', '0', '2', hex[r&15])
			start = i + size
		}
		i += size
	}
	return append(append(dst, s[start:]...), '"')
}
