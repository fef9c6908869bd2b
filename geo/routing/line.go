package routing

import (
	"slices"

	"github.com/paulmach/orb"
)

// PieceLine returns the way of a piece in degrees, as travelled.
func (n *Network) PieceLine(p Piece) orb.LineString {
	line := n.Line(p.Edge)
	low, high := min(p.Start, p.End), max(p.Start, p.End)
	total := n.Edges[p.Edge].Metres
	out := cutLine(line, low*total, high*total)
	if !p.Forward {
		slices.Reverse(out)
	}
	return out
}

// cutLine returns the part of a line between two distances along it, in metres.
func cutLine(line orb.LineString, from, to float64) orb.LineString {
	var out orb.LineString
	push := func(p orb.Point) {
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	at := 0.0
	for i := 1; i < len(line); i++ {
		d := Distance(line[i-1], line[i])
		inside := func(m float64) orb.Point {
			t := 0.0
			if d > 0 {
				t = min(max((m-at)/d, 0), 1)
			}
			return orb.Point{line[i-1][0] + t*(line[i][0]-line[i-1][0]), line[i-1][1] + t*(line[i][1]-line[i-1][1])}
		}
		if at+d >= from && at <= to {
			push(inside(from))
			push(inside(to))
		}
		at += d
	}
	if len(out) == 1 {
		out = append(out, out[0])
	}
	return out
}

// Line returns the whole route in degrees.
func (r *Route) Line(n *Network) orb.LineString {
	var all orb.LineString
	for _, p := range r.Pieces {
		for _, q := range n.PieceLine(p) {
			if len(all) == 0 || all[len(all)-1] != q {
				all = append(all, q)
			}
		}
	}
	if len(all) == 1 {
		all = append(all, all[0])
	}
	return all
}
