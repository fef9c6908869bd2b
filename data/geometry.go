package data

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Canonical returns g in the one form in which stores keep it, so that the same
// feature is the same everywhere: a polygon of a Polygon collection is a
// MultiPolygon, a line of one part a LineString, a Ring or Bound a Polygon, and
// what is empty is nil. It shares memory with g and changes nothing in it.
func Canonical(t geo.GeometryType, g orb.Geometry) orb.Geometry {
	g = compact(g)
	switch one := g.(type) {
	case orb.Polygon:
		if t == geo.Polygon {
			return orb.MultiPolygon{one}
		}
	case orb.MultiLineString:
		if t == geo.Line && len(one) == 1 {
			return one[0]
		}
	}
	return g
}

// compact answers nil for what is empty, and the type that has a binary form
// for those that have none.
func compact(g orb.Geometry) orb.Geometry {
	empty := false
	switch g := g.(type) {
	case orb.Ring:
		return compact(orb.Polygon{g})
	case orb.Bound:
		return compact(g.ToPolygon())
	case orb.LineString:
		empty = len(g) == 0
	case orb.Polygon:
		empty = len(g) == 0
	case orb.MultiPoint:
		empty = len(g) == 0
	case orb.MultiLineString:
		empty = len(g) == 0
	case orb.MultiPolygon:
		empty = len(g) == 0
	case orb.Collection:
		kept := make(orb.Collection, 0, len(g))
		for _, member := range g {
			if member = compact(member); member != nil {
				kept = append(kept, member)
			}
		}
		if len(kept) == 0 {
			return nil
		}
		return kept
	}
	if empty {
		return nil
	}
	return g
}

// sound reports a part of g that no database would take: a line of one point, a
// ring of three or one that is not closed.
func sound(g orb.Geometry) error {
	switch g := g.(type) {
	case orb.LineString:
		if len(g) < 2 {
			return fmt.Errorf("a line of %d points, want at least 2", len(g))
		}
	case orb.Ring:
		if len(g) < 4 {
			return fmt.Errorf("a ring of %d points, want at least 4", len(g))
		}
		if g[0] != g[len(g)-1] {
			return fmt.Errorf("a ring that begins at %v and ends at %v is not closed", g[0], g[len(g)-1])
		}
	case orb.Polygon:
		if len(g) == 0 {
			return fmt.Errorf("a polygon without rings")
		}
		return eachSound(g)
	case orb.MultiLineString:
		return eachSound(g)
	case orb.MultiPolygon:
		return eachSound(g)
	case orb.Collection:
		return eachSound(g)
	}
	return nil
}

func eachSound[G orb.Geometry](parts []G) error {
	for _, part := range parts {
		if err := sound(part); err != nil {
			return err
		}
	}
	return nil
}

// Multi returns a canonical geometry as the column of a Line or Polygon
// collection holds it, in which all are multi-part: the inverse of Canonical.
func Multi(t geo.GeometryType, g orb.Geometry) orb.Geometry {
	if line, ok := g.(orb.LineString); ok && t == geo.Line {
		return orb.MultiLineString{line}
	}
	return g
}
