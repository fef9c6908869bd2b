package planar

import "github.com/paulmach/orb"

// An edge of a polygon, with its interior on the left.
type edge struct{ from, to orb.Point }

func (e edge) bound() orb.Bound {
	return orb.Bound{
		Min: orb.Point{min(e.from[0], e.to[0]), min(e.from[1], e.to[1])},
		Max: orb.Point{max(e.from[0], e.to[0]), max(e.from[1], e.to[1])},
	}
}

// Disjoint reports that the interiors of two valid, oriented areas certainly
// have nothing in common, as is usual for neighbours that share a border point
// by point. It is much cheaper than an overlay; false means that only an overlay
// can tell.
//
// Edges that both have, in opposite directions, are the border between them; in
// the same direction both interiors lie on one side of it. If no other edge
// meets one of the other area except in a common vertex, each lies wholly inside
// or outside it, and one point of it tells.
//
// common is what the bounds of the two have in common.
func Disjoint(a, b orb.MultiPolygon, common orb.Bound) bool {
	as, bs := edgesIn(a, common), edgesIn(b, common)
	ofA := make(map[edge]bool, len(as))
	for _, e := range as {
		ofA[e] = true
	}
	own := bs[:0]
	for _, e := range bs {
		switch {
		case ofA[e]:
			return false
		case ofA[edge{e.to, e.from}]:
			delete(ofA, edge{e.to, e.from})
		default:
			own = append(own, e)
		}
	}
	const most = 1 << 20 // pairs of edges that are worth trying
	if len(ofA)*len(own) > most {
		return false
	}
	for e := range ofA {
		bound := e.bound()
		for _, f := range own {
			if !bound.Intersects(f.bound()) {
				continue
			}
			joined := e.from == f.from || e.from == f.to || e.to == f.from || e.to == f.to
			if len(edgesMeet(e.from, e.to, f.from, f.to, joined)) > 0 {
				return false
			}
		}
	}
	for e := range ofA {
		if inside(b, e) {
			return false
		}
	}
	for _, e := range own {
		if inside(a, e) {
			return false
		}
	}
	return true
}

// edgesIn returns the edges whose bounds meet b.
func edgesIn(area orb.MultiPolygon, b orb.Bound) []edge {
	var edges []edge
	for _, p := range area {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				if e := (edge{r[i-1], r[i]}); b.Intersects(e.bound()) {
					edges = append(edges, e)
				}
			}
		}
	}
	return edges
}

// inside reports whether the middle of an edge is inside the area, by counting
// the edges east of it (W. R. Franklin, PNPOLY).
func inside(area orb.MultiPolygon, e edge) bool {
	x, y := (e.from[0]+e.to[0])/2, (e.from[1]+e.to[1])/2
	in := false
	for _, p := range area {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				if (a[1] > y) != (b[1] > y) && x < (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0] {
					in = !in
				}
			}
		}
	}
	return in
}
