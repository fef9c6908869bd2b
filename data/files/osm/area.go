package osm

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// relation is the geometry of a relation: its area when the outer ways close,
// else all its known positions.
func (r *Reader) relation(e *Element) orb.Geometry {
	var outer, inner [][]int64
	var loose orb.MultiPoint
	for _, m := range e.Members {
		switch o := r.members[m.ID]; {
		case m.Kind == Node:
			if p, _, known := r.nodes.at(m.ID); known {
				loose = append(loose, p)
			}
		case m.Kind != Way || o == nil || !o.found:
		case m.Role == "inner":
			inner = append(inner, o.refs)
		default:
			outer = append(outer, o.refs)
			loose = append(loose, r.line(o.refs)...)
		}
	}
	var area orb.MultiPolygon
	for _, ring := range joined(outer) {
		if line := r.line(ring); len(line) >= 4 && line[0] == line[len(line)-1] {
			area = append(area, orb.Polygon{orb.Ring(line)})
		}
	}
	if len(area) == 1 {
		for _, ring := range joined(inner) {
			if line := r.line(ring); len(line) >= 4 && line[0] == line[len(line)-1] {
				area[0] = append(area[0], orb.Ring(line))
			}
		}
	}
	switch {
	case len(area) > 0:
		return area
	case len(loose) > 0:
		return loose
	default:
		return nil
	}
}

// joined makes rings of ways that meet at their ends. A ring whose ways do not
// close is left out.
func joined(ways [][]int64) (rings [][]int64) {
	at := map[int64][]int{} // end node → ways
	for i, w := range ways {
		if len(w) > 1 {
			at[w[0]] = append(at[w[0]], i)
			at[w[len(w)-1]] = append(at[w[len(w)-1]], i)
		}
	}
	used := make([]bool, len(ways))
	for i, w := range ways {
		if used[i] || len(w) < 2 {
			continue
		}
		used[i] = true
		ring := append([]int64(nil), w...)
		for ring[0] != ring[len(ring)-1] {
			last, next := ring[len(ring)-1], -1
			for _, j := range at[last] {
				if !used[j] {
					next = j
					break
				}
			}
			if next < 0 {
				break
			}
			used[next] = true
			w := ways[next]
			if w[0] == last {
				ring = append(ring, w[1:]...)
				continue
			}
			for k := len(w) - 2; k >= 0; k-- {
				ring = append(ring, w[k])
			}
		}
		if ring[0] == ring[len(ring)-1] {
			rings = append(rings, ring)
		}
	}
	return rings
}

// onSurface is a point of the geometry: in the area of a closed line or a
// multipolygon, the middle node of an open line. exact is false when the point
// is only amid what is known of an outline.
func onSurface(g orb.Geometry) (p orb.Point, exact bool) {
	switch t := g.(type) {
	case orb.Point:
		return t, true
	case orb.LineString:
		if len(t) < 4 || t[0] != t[len(t)-1] {
			return t[len(t)/2], true
		}
		return onSurface(orb.MultiPolygon{{orb.Ring(t)}})
	case orb.MultiPolygon:
		if xy, ok := multiPolygon(t).PointOnSurface().XY(); ok {
			return orb.Point{math.Round(xy.X*1e7) / 1e7, math.Round(xy.Y*1e7) / 1e7}, true // as nodes have it
		}
	}
	return g.Bound().Center(), false
}

func multiPolygon(m orb.MultiPolygon) geom.Geometry {
	polygons := make([]geom.Polygon, len(m))
	for i, p := range m {
		rings := make([]geom.LineString, len(p))
		for j, ring := range p {
			flat := make([]float64, 0, 2*len(ring))
			for _, pt := range ring {
				flat = append(flat, pt[0], pt[1])
			}
			rings[j] = geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
		}
		polygons[i] = geom.NewPolygon(rings)
	}
	return geom.NewMultiPolygon(polygons).AsGeometry()
}
