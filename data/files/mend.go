package files

import (
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/planar"
)

// mend repairs what is unambiguous in a geometry, part by part: equal points in
// a row are made one, a ring that hardly is not closed is, spikes are cut off,
// rings are turned as RFC 7946 has them (exteriors counterclockwise). A
// collection of polygons only is a MultiPolygon, one of lines a MultiLineString, and, where
// single is set, a MultiPoint of one point is that point. What it takes it may
// change. What it cannot mend is left for checkShape, and for remake.
func mend(g orb.Geometry, single bool) (orb.Geometry, []flaw) {
	m := mender{single: single}
	g = m.geometry(g)
	return g, m.flaws()
}

// A mender counts what was mended in a geometry.
type mender struct {
	single, one, flat bool

	repeated, turned, closed, spikes int
	gap                              float64 // the widest that was closed, degrees
	left, right                      bool    // shells were found that turn so
}

func (m *mender) geometry(g orb.Geometry) orb.Geometry {
	switch t := g.(type) {
	case orb.Collection:
		if flat := flatten(t); flat != nil {
			m.flat = true
			return m.geometry(flat)
		}
		single := m.single
		m.single = false
		for i := range t {
			t[i] = m.geometry(t[i])
		}
		m.single = single
	case orb.MultiPoint:
		if len(t) == 1 && m.single {
			m.one = true
			return t[0]
		}
	case orb.LineString:
		return orb.LineString(m.thin(t))
	case orb.MultiLineString:
		for i := range t {
			t[i] = m.thin(t[i])
		}
	case orb.Polygon:
		m.polygon(t)
	case orb.MultiPolygon:
		for i := range t {
			m.polygon(t[i])
		}
	}
	return g
}

func (m *mender) thin(path []orb.Point) []orb.Point {
	kept := slices.Compact(path)
	m.repeated += len(path) - len(kept)
	return kept
}

func (m *mender) polygon(p orb.Polygon) {
	for i := range p {
		r := orb.Ring(m.thin(p[i]))
		r, gap := planar.CloseRing(r)
		if gap > 0 {
			m.closed++
			m.gap = max(m.gap, gap)
		}
		r, cut := planar.CutSpikes(r)
		m.spikes += cut
		area := planar.Turn(r)
		if i == 0 {
			m.left, m.right = m.left || area > 0, m.right || area < 0
		}
		if area < 0 && i == 0 || area > 0 && i > 0 {
			slices.Reverse(r)
			m.turned++
		}
		p[i] = r
	}
}

func (m *mender) flaws() (flaws []flaw) {
	add := func(found bool, code, format string, args ...any) {
		if found {
			flaws = append(flaws, repair("geometry", code, format, args...))
		}
	}
	add(m.flat, CodeConverted, "a GeometryCollection of one kind became its multi-part form")
	add(m.one, CodeSingle, "a MultiPoint of one point is that point")
	add(m.repeated > 0, CodeRepeated, "%s equal to the one before, left out", plural(m.repeated, "point"))
	add(m.closed > 0, CodeUnclosed, "%s closed over a gap of at most %.2g m", plural(m.closed, "ring"), m.gap*metresInDegree)
	add(m.spikes > 0, CodeSpike, "%s on which a ring went there and back, cut off; the area is the same", plural(m.spikes, "point"))
	add(m.turned > 0, CodeOrientation, "%s turned to the orientation of RFC 7946", plural(m.turned, "ring"))
	return flaws
}

// metresInDegree is what a degree of latitude measures, about.
const metresInDegree = 111_000

// flatten makes one geometry of a collection of polygons, or of lines; nil when
// it is neither.
func flatten(c orb.Collection) orb.Geometry {
	var polygons orb.MultiPolygon
	var lines orb.MultiLineString
	for _, g := range c {
		switch g := g.(type) {
		case orb.Polygon:
			polygons = append(polygons, g)
		case orb.MultiPolygon:
			polygons = append(polygons, g...)
		case orb.LineString:
			lines = append(lines, g)
		case orb.MultiLineString:
			lines = append(lines, g...)
		default:
			return nil
		}
	}
	switch {
	case len(polygons) > 0 && lines == nil:
		return polygons
	case len(lines) > 0 && polygons == nil:
		return lines
	}
	return nil
}
