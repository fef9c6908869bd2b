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
					if sites[j] != p && apart(p, sites[j]) < reach*tile {
						found = append(found, j)
					}
				}
			}
		}
		slices.SortFunc(found, func(a, b int32) int { return d.order(i, a, b) })
		d.near[i] = found[:min(neighbourhood, len(found))]
	}
	return d
}

// order compares two sites by their distance from site i.
func (d *diagram) order(i int, a, b int32) int {
	square := func(j int32) float64 {
		x, y := d.sites[j][0]-d.sites[i][0], d.sites[j][1]-d.sites[i][1]
		return x*x + y*y
	}
	return cmp.Or(cmp.Compare(square(a), square(b)), cmp.Compare(a, b))
}

func apart(a, b orb.Point) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }

// side is one side of a cell: from its corner to the next side's corner, shared
// with the cell of another site (or nobody, at the rim of the world: -1 to -4).
type side struct {
	corner orb.Point
	other  int32
}

// cell returns the sides of the cell of site i, counter-clockwise; none when
// the cell is empty. No weight is above heaviest.
func (d *diagram) cell(i int, heaviest float64) []side {
	p, w := d.sites[i], d.weights[i]
	lo, hi := plane(orb.Point{108, -11}), plane(orb.Point{117, -5})
	sides := []side{{lo, -1}, {orb.Point{hi[0], lo[1]}, -2}, {hi, -3}, {orb.Point{lo[0], hi[1]}, -4}}
	for _, j := range d.near[i] {
		reach := 0.0
		for _, s := range sides {
			reach = max(reach, apart(p, s.corner))
		}
		if far := apart(p, d.sites[j]); (far*far+w-heaviest)/(2*far) > reach {
			d.settle(i, sides)
			return sides
		}
		sides = d.bisect(sides, i, j)
	}
	near := d.near[i]
	for j := range int32(len(d.sites)) {
		if d.sites[j] != p && (len(near) == 0 || d.order(i, j, near[len(near)-1]) > 0) {
			sides = d.bisect(sides, i, j)
		}
	}
	d.settle(i, sides)
	return sides
}

// bisect keeps the part of site i's cell in which i's power is at most j's.
func (d *diagram) bisect(sides []side, i int, j int32) []side {
	p, q := d.sites[i], d.sites[j]
	x, y := q[0]-p[0], q[1]-p[1]
	limit := (x*x + y*y + d.weights[i] - d.weights[j]) / 2
	value := func(c orb.Point) float64 { return (c[0]-p[0])*x + (c[1]-p[1])*y - limit }
	for _, s := range sides {
		if value(s.corner) > 0 {
			return cut(sides, value, j)
		}
	}
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
