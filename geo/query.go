package geo

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Intersects reports whether the geometry of feature i, not just its bounds,
// has a point in common with b (degrees). A feature without geometry has none.
func (l *Layer) Intersects(i int, b orb.Bound) bool {
	return l.geometries[i] != nil && intersects(l.geometries[i], b)
}

func intersects(g orb.Geometry, b orb.Bound) bool {
	gb := g.Bound()
	if gb.IsEmpty() || !gb.Intersects(b) {
		return false
	}
	if b.Contains(gb.Min) && b.Contains(gb.Max) {
		return true
	}
	switch g := g.(type) {
	case orb.Point:
		return b.Contains(g)
	case orb.MultiPoint:
		for _, p := range g {
			if b.Contains(p) {
				return true
			}
		}
	case orb.LineString:
		return lineMeets(g, b)
	case orb.MultiLineString:
		for _, l := range g {
			if lineMeets(l, b) {
				return true
			}
		}
	case orb.Polygon:
		return polygonMeets(g, b)
	case orb.MultiPolygon:
		for _, p := range g {
			if polygonMeets(p, b) {
				return true
			}
		}
	case orb.Collection:
		for _, m := range g {
			if intersects(m, b) {
				return true
			}
		}
	}
	return false
}

func polygonMeets(p orb.Polygon, b orb.Bound) bool {
	for _, r := range p {
		if lineMeets(orb.LineString(r), b) {
			return true
		}
	}
	return planar.PolygonContains(p, b.Min)
}

func lineMeets(l orb.LineString, b orb.Bound) bool {
	if len(l) == 1 {
		return b.Contains(l[0])
	}
	for i := 1; i < len(l); i++ {
		if segmentMeets(l[i-1], l[i], b) {
			return true
		}
	}
	return false
}

// segmentMeets clips the segment to the box, parametrically (Liang–Barsky).
func segmentMeets(p, q orb.Point, b orb.Bound) bool {
	t0, t1 := 0.0, 1.0
	for k := range 2 {
		d := q[k] - p[k]
		if d == 0 {
			if p[k] < b.Min[k] || p[k] > b.Max[k] {
				return false
			}
			continue
		}
		near, far := (b.Min[k]-p[k])/d, (b.Max[k]-p[k])/d
		if near > far {
			near, far = far, near
		}
		t0, t1 = max(t0, near), min(t1, far)
		if t0 > t1 {
			return false
		}
	}
	return true
}
