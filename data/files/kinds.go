package files

import (
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// kinds counts what the features of a new collection are made of.
type kinds struct{ points, lines, polygons, others, none int }

func (k *kinds) add(g orb.Geometry) {
	switch g.(type) {
	case nil:
		k.none++
	case orb.Point:
		k.points++
	case orb.LineString, orb.MultiLineString:
		k.lines++
	case orb.Polygon, orb.MultiPolygon:
		k.polygons++
	default:
		k.others++
	}
}

// geometryType is the narrowest type that holds them all.
func (k *kinds) geometryType() geo.GeometryType {
	switch *k {
	case kinds{none: k.none}:
		return geo.None
	case kinds{points: k.points, none: k.none}:
		return geo.Point
	case kinds{lines: k.lines}:
		return geo.Line
	case kinds{polygons: k.polygons}:
		return geo.Polygon
	}
	return geo.Mixed
}
