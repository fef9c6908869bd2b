package geo

import "github.com/paulmach/orb"

// copyGeometries copies the records' geometries, in order, into one block of
// points, so that a layer is a few large allocations and shares none with its
// source. A single polygon of a Polygon collection becomes a multipolygon.
func copyGeometries(t *Table, order []int) []orb.Geometry {
	n := 0
	for i := range t.Records {
		EachPoint(t.Records[i].Geometry, func(orb.Point) { n++ })
	}
	c := copier{block: make([]orb.Point, 0, n)}
	out := make([]orb.Geometry, len(order))
	for i, at := range order {
		g := t.Records[at].Geometry
		if p, ok := g.(orb.Polygon); ok && t.Collection.Geometry == Polygon {
			g = orb.MultiPolygon{p}
		}
		out[i] = c.geometry(g)
	}
	return out
}

type copier struct{ block []orb.Point }

func (c *copier) points(ps []orb.Point) []orb.Point {
	start := len(c.block)
	c.block = append(c.block, ps...)
	return c.block[start:len(c.block):len(c.block)]
}

func (c *copier) polygon(p orb.Polygon) orb.Polygon {
	out := make(orb.Polygon, len(p))
	for i, r := range p {
		out[i] = c.points(r)
	}
	return out
}

func (c *copier) geometry(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.MultiPoint:
		return orb.MultiPoint(c.points(g))
	case orb.LineString:
		return orb.LineString(c.points(g))
	case orb.MultiLineString:
		out := make(orb.MultiLineString, len(g))
		for i, l := range g {
			out[i] = c.points(l)
		}
		return out
	case orb.Polygon:
		return c.polygon(g)
	case orb.MultiPolygon:
		out := make(orb.MultiPolygon, len(g))
		for i, p := range g {
			out[i] = c.polygon(p)
		}
		return out
	case orb.Collection:
		out := make(orb.Collection, len(g))
		for i, m := range g {
			out[i] = c.geometry(m)
		}
		return out
	default: // a point or nothing: values already
		return g
	}
}

func emptyBound() orb.Bound { return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}} }
