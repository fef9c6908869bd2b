package cql2

import (
	"strings"

	"github.com/paulmach/orb"
)

// writeGeometry writes well-known text that shape reads.
func writeGeometry(b *strings.Builder, g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		b.WriteString("POINT")
		writePositions(b, []orb.Point{g})
	case orb.MultiPoint:
		b.WriteString("MULTIPOINT")
		writePositions(b, g)
	case orb.LineString:
		b.WriteString("LINESTRING")
		writePositions(b, g)
	case orb.MultiLineString:
		b.WriteString("MULTILINESTRING")
		writeParts(b, g, func(l orb.LineString) { writePositions(b, l) })
	case orb.Polygon:
		b.WriteString("POLYGON")
		writeRings(b, g)
	case orb.MultiPolygon:
		b.WriteString("MULTIPOLYGON")
		writeParts(b, g, func(p orb.Polygon) { writeRings(b, p) })
	case orb.Collection:
		b.WriteString("GEOMETRYCOLLECTION")
		writeParts(b, g, func(m orb.Geometry) { writeGeometry(b, m) })
	case orb.Bound:
		b.WriteString("BBOX(" + formatFloat(g.Min[0]) + ", " + formatFloat(g.Min[1]) + ", " + formatFloat(g.Max[0]) + ", " + formatFloat(g.Max[1]) + ")")
	}
}

func writeRings(b *strings.Builder, p orb.Polygon) {
	writeParts(b, p, func(r orb.Ring) { writePositions(b, r) })
}

func writePositions(b *strings.Builder, all []orb.Point) {
	writeParts(b, all, func(p orb.Point) { b.WriteString(formatFloat(p[0]) + " " + formatFloat(p[1])) })
}

func writeParts[T any](b *strings.Builder, parts []T, write func(T)) {
	b.WriteByte('(')
	for i, p := range parts {
		if i > 0 {
			b.WriteString(", ")
		}
		write(p)
	}
	b.WriteByte(')')
}
