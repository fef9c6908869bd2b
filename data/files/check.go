package files

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/petadesa/petadesa/data/files/planar"
	"github.com/petadesa/petadesa/geo"
)

// needsGeometry reports whether a feature of the collection must have a place.
// Official lists name blank spots and products that are nowhere exactly.
func needsGeometry(c *geo.Collection) bool {
	switch c.ID {
	case "blankspots", "products":
		return false
	}
	return c.Geometry == geo.Point || c.Geometry == geo.Line || c.Geometry == geo.Polygon
}

// checkType reports what keeps a geometry out of a collection.
func checkType(g orb.Geometry, want geo.GeometryType) error {
	ok := want == geo.Mixed
	switch g.(type) {
	case orb.Point:
		ok = ok || want == geo.Point
	case orb.LineString, orb.MultiLineString:
		ok = ok || want == geo.Line
	case orb.Polygon, orb.MultiPolygon:
		ok = ok || want == geo.Polygon
	}
	if !ok {
		return fmt.Errorf("a %s in a collection of %s", g.GeoJSONType(), want)
	}
	return nil
}

// checkShape reports what makes a geometry malformed or invalid by the rules of
// OGC Simple Features (06-103r4), naming the place.
func checkShape(g orb.Geometry) *flaw {
	var bad *flaw
	flawed := func(code, format string, args ...any) {
		if bad == nil {
			f := refuse("geometry", code, format, args...)
			bad = &f
		}
	}
	line := func(l orb.LineString) {
		if len(l) < 2 {
			flawed(CodeGeometry, "a line of %s", plural(len(l), "different point"))
		}
	}
	ring := func(r orb.Ring) {
		first, last := r[0], r[len(r)-1]
		switch {
		case first != last:
			flawed(CodeUnclosed, "a ring of %d points is not closed: it begins at %s and ends at %s", len(r), point(first), point(last))
		case len(r) < 4:
			flawed(CodeGeometry, "a ring of %s at %s: want at least 4, the last equal to the first", plural(len(r), "point"), point(first))
		}
	}
	switch t := g.(type) {
	case orb.Collection:
		for _, member := range t {
			if f := checkShape(member); f != nil {
				return f
			}
		}
		return nil
	case orb.LineString:
		line(t)
	case orb.MultiLineString:
		for _, l := range t {
			line(l)
		}
	case orb.Polygon:
		for _, r := range t {
			ring(r)
		}
	case orb.MultiPolygon:
		for _, p := range t {
			for _, r := range p {
				ring(r)
			}
		}
	default:
		return nil
	}
	if bad != nil {
		return bad
	}
	if err := simple(g).Validate(); err != nil {
		if p, ok := planar.Crossing(g); ok {
			flawed(CodeInvalid, "a ring crosses or touches itself at %s", point(p))
		}
		flawed(CodeInvalid, "%s", plainWords(err))
	}
	return bad
}

// simple is g in the terms of the simplefeatures library, whose overlay takes
// -0 and 0 for different places: hence the sums.
func simple(g orb.Geometry) geom.Geometry {
	sequence := func(ps []orb.Point) geom.Sequence {
		flat := make([]float64, 0, 2*len(ps))
		for _, p := range ps {
			flat = append(flat, p[0]+0, p[1]+0)
		}
		return geom.NewSequence(flat, geom.DimXY)
	}
	line := func(ps []orb.Point) geom.LineString { return geom.NewLineString(sequence(ps)) }
	polygon := func(p orb.Polygon) geom.Polygon {
		rings := make([]geom.LineString, len(p))
		for i := range p {
			rings[i] = line(p[i])
		}
		return geom.NewPolygon(rings)
	}
	switch t := g.(type) {
	case orb.LineString:
		return line(t).AsGeometry()
	case orb.MultiLineString:
		lines := make([]geom.LineString, len(t))
		for i := range t {
			lines[i] = line(t[i])
		}
		return geom.NewMultiLineString(lines).AsGeometry()
	case orb.Polygon:
		return polygon(t).AsGeometry()
	case orb.MultiPolygon:
		polygons := make([]geom.Polygon, len(t))
		for i := range t {
			polygons[i] = polygon(t[i])
		}
		return geom.NewMultiPolygon(polygons).AsGeometry()
	}
	return geom.Geometry{}
}

// plainWords puts the library's name of a broken rule into those of a report.
func plainWords(err error) string {
	for e := err; e != nil; e = errors.Unwrap(e) {
		err = e
	}
	s := strings.NewReplacer("{", "", "}", "").Replace(err.Error())
	for _, w := range [][2]string{
		{"polygon ring not simple", "a ring crosses or touches itself"},
		{"polygon has nested rings", "a hole lies inside another hole"},
		{"polygon interior ring outside of exterior ring", "a hole lies outside its exterior"},
		{"polygon has disconnected interior", "holes cut the polygon apart"},
		{"polygon rings intersect at multiple points", "two rings of a polygon cross or share a border"},
		{"multipolygon child polygons touch at multiple points", "two parts of a multipolygon overlap or share a border"},
		{"non-empty LineString contains only one distinct XY value", "a line whose points are all equal"},
	} {
		s = strings.Replace(s, w[0], w[1], 1)
	}
	return s
}

func point(p orb.Point) string {
	return fmt.Sprintf("%s, %s", strconv.FormatFloat(p[0], 'f', -1, 64), strconv.FormatFloat(p[1], 'f', -1, 64))
}

// corners shows bounds: one point when they are.
func corners(b orb.Bound) string {
	if b.Min == b.Max {
		return point(b.Min)
	}
	return point(b.Min) + " to " + point(b.Max)
}
