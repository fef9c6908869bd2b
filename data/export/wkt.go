package export

import "github.com/paulmach/orb"

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
