package shapefile

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// polygons puts rings together. A Shapefile has shells clockwise and holes the
// other way, one after another without a word on which hole is whose: a hole is
// the smallest shell's that it lies in. A hole that lies in none is a shell that
// was turned the wrong way. What comes out is turned as RFC 7946 has it.
func polygons(rings []orb.Ring) orb.Geometry {
	type shell struct {
		ring  orb.Ring
		bound orb.Bound
		area  float64
		holes []orb.Ring
	}
	var shells []*shell
	var holes []orb.Ring
	add := func(r orb.Ring, area float64) {
		shells = append(shells, &shell{ring: r, bound: r.Bound(), area: area})
	}
	for _, r := range rings {
		area := signed(r)
		slices.Reverse(r)
		if area <= 0 {
			add(r, -area)
		} else {
			holes = append(holes, r)
		}
	}
	slices.SortStableFunc(holes, func(a, b orb.Ring) int { return cmp.Compare(signed(a), signed(b)) }) // the largest first
	owners := slices.Clone(shells)
	slices.SortStableFunc(owners, func(a, b *shell) int { return cmp.Compare(a.area, b.area) })
	for _, h := range holes {
		bound, area := h.Bound(), -signed(h)
		i := slices.IndexFunc(owners, func(s *shell) bool {
			return s.area >= area && s.bound.Contains(bound.Min) && s.bound.Contains(bound.Max) && within(h, s.ring)
		})
		if i >= 0 {
			owners[i].holes = append(owners[i].holes, h)
			continue
		}
		slices.Reverse(h)
		add(h, area)
		owners = append(owners, shells[len(shells)-1])
		slices.SortStableFunc(owners, func(a, b *shell) int { return cmp.Compare(a.area, b.area) })
	}
	parts := make(orb.MultiPolygon, len(shells))
	for i, s := range shells {
		parts[i] = append(orb.Polygon{s.ring}, s.holes...)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts
}

// within reports whether most of a few points of a ring lie in a shell; one may
// lie on it.
func within(h, shell orb.Ring) bool {
	const most = 7
	step := max(1, len(h)/most)
	inside, seen := 0, 0
	for i := 0; i < len(h); i += step {
		seen++
		if planar.RingContains(shell, h[i]) {
			inside++
		}
	}
	return 2*inside > seen
}

// signed is the area of a ring, positive when it runs counterclockwise.
func signed(r orb.Ring) float64 {
	if len(r) == 0 {
		return 0
	}
	var sum float64
	o := r[0]
	for i := 1; i+1 < len(r); i++ {
		sum += (r[i][0]-o[0])*(r[i+1][1]-o[1]) - (r[i+1][0]-o[0])*(r[i][1]-o[1])
	}
	return sum / 2
}
