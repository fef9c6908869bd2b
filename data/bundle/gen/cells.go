package main

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// border is a part of a cell's boundary: an edge on land, and the site of the
// cell on its other side (seaward for the shore).
type border struct {
	edge
	other int32
}

const seaward = -9

// clip returns, for each of the wanted sites, the boundary of the land in its
// cell. All wanted sites that share a border get the same nodes on it.
func clip(d *diagram, l *land, wanted []int) map[int][]border {
	cells := make(map[int][]border, len(wanted))
	outlines := make(map[int][]edge, len(wanted))
	cuts := map[int32][]node{} // of each shore, where cells' sides cross it
	heaviest := slices.Max(d.weights)
	for _, i := range wanted {
		sides := d.cell(i, heaviest)
		for k, s := range sides {
			side := edge{onGrid(degrees(s.corner)), onGrid(degrees(sides[(k+1)%len(sides)].corner))}
			if side.from == side.to {
				continue
			}
			outlines[i] = append(outlines[i], side)
			var through []node
			l.crossings(side, func(shore int32, at node) {
				through = append(through, at)
				if !slices.Contains(cuts[shore], at) {
					cuts[shore] = append(cuts[shore], at)
				}
			})
			for _, part := range split(side, through) {
				if l.contains(part.middle()) {
					cells[i] = append(cells[i], border{part, s.other})
				}
			}
		}
	}
	in := newLocator(outlines)
	for s, shore := range l.shores {
		for _, part := range split(shore, cuts[int32(s)]) {
			if i, ok := in.find(part.middle()); ok {
				cells[i] = append(cells[i], border{part, seaward})
			}
		}
	}
	return cells
}

// locator finds the convex cell that a place lies in.
type locator struct {
	outlines map[int][]edge
	squares  map[node][]int
}

const locatorSquare = 20_000 // millionths of a degree

func newLocator(outlines map[int][]edge) *locator {
	l := &locator{outlines, map[node][]int{}}
	for i, sides := range outlines {
		lo, hi := node{math.MaxInt32, math.MaxInt32}, node{math.MinInt32, math.MinInt32}
		for _, s := range sides {
			lo, hi = node{min(lo.x, s.from.x), min(lo.y, s.from.y)}, node{max(hi.x, s.from.x), max(hi.y, s.from.y)}
		}
		for x := lo.x/locatorSquare - 1; x <= hi.x/locatorSquare+1; x++ {
			for y := lo.y/locatorSquare - 1; y <= hi.y/locatorSquare+1; y++ {
				l.squares[node{x, y}] = append(l.squares[node{x, y}], i)
			}
		}
	}
	return l
}

func (l *locator) find(x, y float64) (int, bool) {
	best, most := -1, 0.0
	for _, i := range l.squares[node{int32(x) / locatorSquare, int32(y) / locatorSquare}] {
		// The cell in which the place is deepest; on a border, the lower site.
		depth := math.Inf(1)
		for _, s := range l.outlines[i] {
			dx, dy := float64(s.to.x-s.from.x), float64(s.to.y-s.from.y)
			depth = min(depth, (dx*(y-float64(s.from.y))-dy*(x-float64(s.from.x)))/math.Hypot(dx, dy))
		}
		if depth >= 0 && (best < 0 || depth > most || depth == most && i < best) {
			best, most = i, depth
		}
	}
	return best, best >= 0
}

// areaOf returns the area that a boundary encloses, in square metres.
func areaOf(boundary []border) float64 {
	sum := 0.0
	for _, b := range boundary {
		p, q := plane(b.from.degrees()), plane(b.to.degrees())
		sum += p[0]*q[1] - p[1]*q[0]
	}
	return sum / 2
}

// polygons assembles a boundary, or several whose common borders vanish.
func polygons(boundaries ...[]border) (orb.MultiPolygon, error) {
	var edges []edge
	for _, boundary := range boundaries {
		for _, b := range boundary {
			edges = append(edges, b.edge)
		}
	}
	return assemble(cancel(edges))
}
