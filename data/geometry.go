package data

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Canonical returns g in the one form in which stores keep it, so that the same
// feature is the same everywhere: a polygon of a Polygon collection is a
// MultiPolygon, a line of one part a LineString, a Ring or Bound a Polygon, and
// what is empty is nil. It fails when g is not of type t, has a ring that is not
// closed, too few points, or a coordinate that is not on Earth.
//
// It shares memory with g and changes nothing in it.
func Canonical(t geo.GeometryType, g orb.Geometry) (orb.Geometry, error) {
	g = compact(g)
	if g == nil {
		return nil, nil
	}
	if err := sound(g); err != nil {
		return nil, err
	}
	switch t {
	case geo.Mixed:
		return g, nil
	case geo.Point:
		if p, ok := g.(orb.Point); ok {
			return p, nil
		}
	case geo.Line:
		switch l := g.(type) {
		case orb.LineString:
			return l, nil
		case orb.MultiLineString:
			if len(l) == 1 {
				return l[0], nil
			}
			return l, nil
		}
	case geo.Polygon:
		switch p := g.(type) {
		case orb.Polygon:
			return orb.MultiPolygon{p}, nil
		case orb.MultiPolygon:
			return p, nil
		}
	}
	return nil, fmt.Errorf("a %s does not belong in a collection of %s", g.GeoJSONType(), t)
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

func sound(g orb.Geometry) error {
	switch g := g.(type) {
	case orb.Point:
		return onEarth(g)
	case orb.MultiPoint:
		return onEarth(g...)
	case orb.LineString:
		if len(g) < 2 {
			return fmt.Errorf("a line of %d point", len(g))
		}
		return onEarth(g...)
	case orb.MultiLineString:
		return all(g)
	case orb.Ring:
		if len(g) < 4 {
			return fmt.Errorf("a ring of %d points, want at least 4", len(g))
		}
		if g[0] != g[len(g)-1] {
			return fmt.Errorf("a ring that begins at %v and ends at %v is not closed", g[0], g[len(g)-1])
		}
		return onEarth(g...)
	case orb.Polygon:
		if len(g) == 0 {
			return fmt.Errorf("a polygon without rings")
		}
		return all(g)
	case orb.MultiPolygon:
		return all(g)
	case orb.Collection:
		return all(g)
	}
	return fmt.Errorf("unknown geometry %T", g)
}

func all[G orb.Geometry](parts []G) error {
	for _, part := range parts {
		if err := sound(part); err != nil {
			return err
		}
	}
	return nil
}

func onEarth(points ...orb.Point) error {
	for _, p := range points {
		if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) { // so written, it catches NaN
			return fmt.Errorf("the point %v, %v is not on Earth (longitude first, in degrees)", p[0], p[1])
		}
	}
	return nil
}
