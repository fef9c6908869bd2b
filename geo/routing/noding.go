package routing

import (
	"math"
	"slices"
)

// Tolerances of noding, in metres.
const (
	touching = 0.05 // a vertex this near to another road lies on it
	snapping = 5.0  // the end of a road this near to another joins it
)

// A cut is a place on a segment where a strand is divided.
type cut struct {
	share float64 // of the way along the segment
	at    vertex
}

// noding finds where strands meet.
type noding struct {
	*segments
	plane plane
	cuts  map[segment][]cut
	same  joined // a road's end, and the place that it joins
}

// node divides the strands where they meet, and returns for each the chain of its
// vertices with the new ones among them, and which vertices were joined with
// which others.
func node(strands []strand, p plane) ([][]vertex, joined) {
	n := &noding{segments: newSegments(strands, p), plane: p, cuts: map[segment][]cut{}, same: joined{}}
	var near []segment
	for i := range strands {
		for at := range len(strands[i].vertices) - 1 {
			g := segment{int32(i), int32(at)}
			a, b := n.ends(g)
			near = n.near(a, b, 0, near)
			for _, o := range near {
				if o.strand > g.strand || o.strand == g.strand && o.at > g.at {
					n.meet(g, o)
				}
			}
		}
	}
	n.snapEnds()
	chains := make([][]vertex, len(strands))
	for i := range strands {
		chains[i] = n.chain(int32(i))
	}
	return chains, n.same
}

// meet cuts two segments where they cross, and each where a vertex of the other
// touches it.
func (n *noding) meet(g, o segment) {
	if n.strands[g.strand].level != n.strands[o.strand].level {
		return
	}
	a, b := n.ends(g)
	c, d := n.ends(o)
	if a == c || a == d || b == c || b == d {
		return // they meet in a vertex already; what runs along the other is cut by the touch of the rest
	}
	touched := false
	for _, t := range []struct {
		v    vertex
		on   segment
		p, q vertex
	}{{a, o, c, d}, {b, o, c, d}, {c, g, a, b}, {d, g, a, b}} {
		if share, metres := n.plane.nearest(t.v, t.p, t.q); metres <= touching && share > 0 && share < 1 {
			n.cuts[t.on] = append(n.cuts[t.on], cut{share, t.v})
			touched = true
		}
	}
	if touched {
		return
	}
	if s, t, ok := crossing(a, b, c, d); ok {
		v := along(a, b, s)
		n.cuts[g] = append(n.cuts[g], cut{s, v})
		n.cuts[o] = append(n.cuts[o], cut{t, v})
	}
}

// crossing returns the shares of the ways of both segments at which their inner
// parts cross.
func crossing(a, b, c, d vertex) (s, t float64, ok bool) {
	rx, ry := float64(b.x)-float64(a.x), float64(b.y)-float64(a.y)
	qx, qy := float64(d.x)-float64(c.x), float64(d.y)-float64(c.y)
	det := rx*qy - ry*qx
	if det == 0 {
		return 0, 0, false
	}
	ex, ey := float64(c.x)-float64(a.x), float64(c.y)-float64(a.y)
	s, t = (ex*qy-ey*qx)/det, (ex*ry-ey*rx)/det
	return s, t, s > 0 && s < 1 && t > 0 && t < 1
}

// snapEnds joins the ends of roads that stop just short of another.
func (n *noding) snapEnds() {
	uses := map[vertex]int{}
	for i := range n.strands {
		for _, v := range n.strands[i].vertices {
			uses[v]++
		}
	}
	for _, cuts := range n.cuts {
		for _, c := range cuts {
			uses[c.at]++
		}
	}
	reach := int32(math.Ceil(snapping / min(n.plane.x, n.plane.y)))
	var near []segment
	for i := range n.strands {
		v := n.strands[i].vertices
		for _, end := range []vertex{v[0], v[len(v)-1]} {
			if uses[end] == 1 {
				near = n.near(end, end, reach, near)
				n.snapEnd(int32(i), end, near)
			}
		}
	}
}

// snapEnd joins one end to the nearest place of another road within reach.
func (n *noding) snapEnd(own int32, end vertex, near []segment) {
	best, least, share := segment{strand: -1}, snapping, 0.0
	for _, o := range near {
		if o.strand == own {
			continue
		}
		a, b := n.ends(o)
		if s, metres := n.plane.nearest(end, a, b); metres <= least && (best.strand < 0 || metres < least) {
			best, least, share = o, metres, s
		}
	}
	if best.strand < 0 {
		return
	}
	a, b := n.ends(best)
	at := along(a, b, share)
	if at != a && at != b {
		n.cuts[best] = append(n.cuts[best], cut{share, at})
	}
	if from, to := n.same.of(end), n.same.of(at); from != to {
		n.same[from] = to
	}
}

// joined says for vertices that were joined with another which one that is.
type joined map[vertex]vertex

// of returns the vertex that stands for v and all that it was joined with.
func (j joined) of(v vertex) vertex {
	for {
		to, ok := j[v]
		if !ok {
			return v
		}
		v = to
	}
}

// chain is a strand's vertices with its cuts among them.
func (n *noding) chain(i int32) []vertex {
	vertices := n.strands[i].vertices
	chain := make([]vertex, 0, len(vertices))
	push := func(v vertex) {
		if len(chain) == 0 || chain[len(chain)-1] != v {
			chain = append(chain, v)
		}
	}
	for at, v := range vertices {
		push(v)
		cuts := n.cuts[segment{i, int32(at)}]
		slices.SortFunc(cuts, func(a, b cut) int {
			switch {
			case a.share < b.share:
				return -1
			case a.share > b.share:
				return 1
			}
			return 0
		})
		for _, c := range cuts {
			push(c.at)
		}
	}
	return chain
}
