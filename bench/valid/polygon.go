package main

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/petadesa/petadesa/tiles/mvt"
)

// encode returns a polygon feature of a tile as WKB in units of the tile,
// without repairing anything: a ring that turns the way of exteriors (section
// 4.3.3.3 of the specification) begins a polygon, as does one without area, and
// one that turns the other way is a hole of the polygon before it.
func encode(f mvt.Feature) ([]byte, error) {
	if f.Type != mvt.Polygon {
		return nil, fmt.Errorf("feature %d is not a polygon", f.ID)
	}
	var polygons orb.MultiPolygon
	for _, part := range f.Parts {
		ring := make(orb.Ring, 0, len(part)+1)
		for _, p := range part {
			ring = append(ring, orb.Point{float64(p[0]), float64(p[1])})
		}
		ring = append(ring, ring[0])
		if last := len(polygons) - 1; !turnsBack(part) {
			polygons = append(polygons, orb.Polygon{ring})
		} else if last >= 0 {
			polygons[last] = append(polygons[last], ring)
		} else {
			return nil, fmt.Errorf("feature %d: a hole comes before any exterior", f.ID)
		}
	}
	return wkb.Marshal(polygons)
}

// turnsBack tells whether a ring's area, by the surveyor's formula, is negative:
// that of a hole.
func turnsBack(ring [][2]int32) bool {
	var twice int64
	p := ring[len(ring)-1]
	for _, q := range ring {
		twice += int64(p[0])*int64(q[1]) - int64(q[0])*int64(p[1])
		p = q
	}
	return twice < 0
}
