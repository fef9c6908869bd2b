package main

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// A diagram is a power diagram (Aurenhammer, Power diagrams: properties,
// algorithms and applications, SIAM J. Comput. 16, 1987): the cell of a site is
// where the squared distance to it less its weight is smallest. With equal
// weights it is the Voronoi diagram.
type diagram struct {
	sites   []orb.Point // metres
	weights []float64   // square metres
	near    [][]int32   // of each site, other sites in order of distance
}

// neighbourhood is how many of the nearest sites are looked at first: enough for
// most cells. A cell by the open sea looks at all sites.
const neighbourhood = 200

func newDiagram(sites []orb.Point) *diagram {
	d := &diagram{sites: sites, weights: make([]float64, len(sites)), near: make([][]int32, len(sites))}
	const tile, reach = 8000, 2
	type square struct{ x, y int }
	at := func(p orb.Point) square { return square{int(math.Floor(p[0] / tile)), int(math.Floor(p[1] / tile))} }
	squares := map[square][]int32{}
	for i, p := range sites {
		squares[at(p)] = append(squares[at(p)], int32(i))
	}
	for i, p := range sites {
		here := at(p)
		var found []int32
		for x := here.x - reach; x <= here.x+reach; x++ {
			for y := here.y - reach; y <= here.y+reach; y++ {
				for _, j := range squares[square{x, y}] {
					// What is farther than the squares reach may have rivals outside them.
					if apart(p, sites[j]) < reach*tile {
						found = append(found, j)
					}
				}
			}
		}
		found = d.sorted(i, found)
		d.near[i] = slices.Clone(found[:min(neighbourhood, len(found))])
	}
	return d
}

// sorted orders other sites by their distance from site i.
func (d *diagram) sorted(i int, others []int32) []int32 {
	p := d.sites[i]
	others = slices.DeleteFunc(others, func(j int32) bool { return d.sites[j] == p })
	square := func(j int32) float64 {
		x, y := d.sites[j][0]-p[0], d.sites[j][1]-p[1]
		return x*x + y*y
	}
	slices.SortFunc(others, func(a, b int32) int { return cmp.Or(cmp.Compare(square(a), square(b)), cmp.Compare(a, b)) })
	return others
}

// all returns every other site in order of distance from site i.
func (d *diagram) all(i int) []int32 {
	others := make([]int32, len(d.sites))
	for j := range others {
		others[j] = int32(j)
	}
	return d.sorted(i, others)
}

func apart(a, b orb.Point) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }

// side is one side of a cell: from its corner to the next side's corner, shared
// with the cell of another site (or nobody, at the rim of the world: -1 to -4).
type side struct {
	corner orb.Point
	other  int32
}

// cell returns the sides of the cell of site i, counter-clockwise; none when
// the cell is empty.
func (d *diagram) cell(i int) []side {
	p, w := d.sites[i], d.weights[i]
	lo, hi := plane(orb.Point{108, -11}), plane(orb.Point{117, -5})
	sides := []side{{lo, -1}, {orb.Point{hi[0], lo[1]}, -2}, {hi, -3}, {orb.Point{lo[0], hi[1]}, -4}}
	heaviest := slices.Max(d.weights)
	for n := 0; n < len(d.near[i]); n++ {
		j := d.near[i][n]
		reach := 0.0
		for _, s := range sides {
			reach = max(reach, apart(p, s.corner))
		}
		q := d.sites[j]
		far := apart(p, q)
		if (far*far+w-heaviest)/(2*far) > reach {
			break
		}
		// Points at which the bisector's value is positive are nearer to j.
		limit := (far*far + w - d.weights[j]) / 2
		value := func(c orb.Point) float64 { return (c[0]-p[0])*(q[0]-p[0]) + (c[1]-p[1])*(q[1]-p[1]) - limit }
		if sides = cut(sides, value, j); len(sides) == 0 {
			return nil
		}
		if n == len(d.near[i])-1 && len(d.near[i]) <= neighbourhood {
			d.near[i] = d.all(i)
		}
	}
	d.settle(i, sides)
	return sides
}

// cut keeps the part of a convex cell where value is at most 0.
func cut(sides []side, value func(orb.Point) float64, other int32) []side {
	var out []side
	for k, s := range sides {
		next := sides[(k+1)%len(sides)]
		a, b := value(s.corner), value(next.corner)
		crossing := func() orb.Point {
			t := a / (a - b)
			return orb.Point{s.corner[0] + t*(next.corner[0]-s.corner[0]), s.corner[1] + t*(next.corner[1]-s.corner[1])}
		}
		switch {
		case a <= 0 && b <= 0:
			out = append(out, s)
		case a <= 0:
			out = append(out, s, side{crossing(), other})
		case b <= 0:
			out = append(out, side{crossing(), s.other})
		}
	}
	return out
}

// settle recomputes the corners from the three sites that meet there, in order
// of site, so that all three cells get the very same point.
func (d *diagram) settle(i int, sides []side) {
	for k := range sides {
		three := []int32{int32(i), sides[k].other, sides[(k+len(sides)-1)%len(sides)].other}
		slices.Sort(three)
		if three[0] < 0 {
			continue
		}
		a, b, c := d.sites[three[0]], d.sites[three[1]], d.sites[three[2]]
		bx, by, cx, cy := b[0]-a[0], b[1]-a[1], c[0]-a[0], c[1]-a[1]
		rb := (bx*bx + by*by + d.weights[three[0]] - d.weights[three[1]]) / 2
		rc := (cx*cx + cy*cy + d.weights[three[0]] - d.weights[three[2]]) / 2
		if det := bx*cy - by*cx; math.Abs(det) > 1e-3 {
			sides[k].corner = orb.Point{a[0] + (rb*cy-rc*by)/det, a[1] + (bx*rc-cx*rb)/det}
		}
	}
}
