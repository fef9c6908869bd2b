package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

var errOpen = errors.New("the edges do not close")

// cancel removes the pairs of opposite edges: what is left of the edges of
// several neighbours is the boundary of them all.
func cancel(edges []edge) []edge {
	there := make(map[edge]bool, len(edges))
	for _, e := range edges {
		there[e] = true
	}
	return slices.DeleteFunc(slices.Clone(edges), func(e edge) bool { return there[e.reverse()] })
}

// assemble joins directed edges, with the inside on their left, to rings, and
// the rings to polygons: shells counter-clockwise, each with the holes in it,
// the largest first.
func assemble(edges []edge) (orb.MultiPolygon, error) {
	out := map[node][]node{}
	for _, e := range edges {
		out[e.from] = append(out[e.from], e.to)
	}
	edges = slices.Clone(edges)
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.from.x, b.from.x), cmp.Compare(a.from.y, b.from.y), cmp.Compare(a.to.x, b.to.x), cmp.Compare(a.to.y, b.to.y))
	})
	var shells orb.MultiPolygon
	var holes []orb.Ring
	for _, e := range edges {
		if !slices.Contains(out[e.from], e.to) {
			continue
		}
		ring, err := trace(e, out)
		if err != nil {
			return nil, err
		}
		for _, ring := range simple(ring) {
			if planar.Area(ring) > 0 {
				shells = append(shells, orb.Polygon{ring})
			} else {
				holes = append(holes, ring)
			}
		}
	}
	slices.SortStableFunc(shells, func(a, b orb.Polygon) int { return -cmp.Compare(planar.Area(a[0]), planar.Area(b[0])) })
	for _, hole := range holes {
		home := -1
		for i, shell := range shells {
			// The last, smallest shell around it.
			if planar.RingContains(shell[0], inside(hole)) {
				home = i
			}
		}
		if home < 0 {
			return nil, fmt.Errorf("hole at %v lies in no shell: %w", hole[0], errOpen)
		}
		shells[home] = append(shells[home], hole)
	}
	return shells, nil
}

// simple cuts a ring that comes back to a place before its end into rings that do not.
func simple(ring orb.Ring) []orb.Ring {
	var rings []orb.Ring
	var open orb.Ring
	at := map[orb.Point]int{}
	for _, p := range ring {
		if i, back := at[p]; back {
			rings = append(rings, append(slices.Clone(open[i:]), p))
			for _, q := range open[i+1:] {
				delete(at, q)
			}
			open = open[:i+1]
			continue
		}
		at[p] = len(open)
		open = append(open, p)
	}
	return rings
}

// inside returns a point just inside a clockwise ring: on the right of its first edge.
func inside(r orb.Ring) orb.Point {
	dx, dy := r[1][0]-r[0][0], r[1][1]-r[0][1]
	return orb.Point{(r[0][0]+r[1][0])/2 + dy*1e-3, (r[0][1]+r[1][1])/2 - dx*1e-3}
}

// trace follows the edges from e until it is back, taking at a node where
// several go on the one that bounds the same wedge, and removes them from out.
func trace(e edge, out map[node][]node) (orb.Ring, error) {
	take := func(from, to node) {
		i := slices.Index(out[from], to)
		out[from] = slices.Delete(slices.Clone(out[from]), i, i+1)
	}
	start := e.from
	ring := orb.Ring{e.from.degrees(), e.to.degrees()}
	take(e.from, e.to)
	for e.to != start {
		next := out[e.to]
		if len(next) == 0 {
			return nil, fmt.Errorf("at %v: %w", e.to.degrees(), errOpen)
		}
		best := slices.MinFunc(next, func(a, b node) int { return cmp.Compare(turn(e, a), turn(e, b)) })
		take(e.to, best)
		e = edge{e.to, best}
		ring = append(ring, best.degrees())
	}
	return ring, nil
}

// turn is the angle, clockwise, from the way back along e to the way on to n.
func turn(e edge, n node) float64 {
	back := math.Atan2(float64(e.from.y-e.to.y), float64(e.from.x-e.to.x))
	on := math.Atan2(float64(n.y-e.to.y), float64(n.x-e.to.x))
	if t := back - on; t > 0 {
		return t
	}
	return back - on + 2*math.Pi
}
