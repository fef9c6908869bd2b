package routing

import "math"

// part of a weight, rounded like nothing else may round it.
func part(weight uint32, share float64) int64 { return int64(math.Round(float64(weight) * share)) }

// out is how to leave a spot: the nodes at the ends of its edge.
func (r *Router) out(w Weights, s Spot) []entry {
	e := r.Edges[s.Edge]
	var all []entry
	if f := w.Forward[s.Edge]; f != Closed {
		all = append(all, entry{e.To, part(f, 1-s.Share)})
	}
	if b := w.Backward[s.Edge]; b != Closed {
		all = append(all, entry{e.From, part(b, s.Share)})
	} else if s.Share < atNode && w.Forward[s.Edge] != Closed {
		all = append(all, entry{e.From, 0})
	}
	return all
}

// atNode is the share of an edge below which one stands at its node, and may
// leave it by its other roads, also where the edge is one-way.
const atNode = 1e-6

// into is how to come to a spot.
func (r *Router) into(w Weights, s Spot) []entry {
	e := r.Edges[s.Edge]
	var all []entry
	if f := w.Forward[s.Edge]; f != Closed {
		all = append(all, entry{e.From, part(f, s.Share)})
	}
	if b := w.Backward[s.Edge]; b != Closed {
		all = append(all, entry{e.To, part(b, 1-s.Share)})
	} else if s.Share > 1-atNode && w.Forward[s.Edge] != Closed {
		all = append(all, entry{e.To, 0})
	}
	return all
}

// leg returns the best way from one spot to another, and alternatives to it.
func (r *Router) leg(m *Metric, from, to Spot, most int) [][]Piece {
	direct, ok := r.along(m.Weights, from, to)
	others := 0
	if most > 0 {
		others = looked
	}
	ways := m.between(r.out(m.Weights, from), r.into(m.Weights, to), others, alternative)
	var found [][]Piece
	if ok && (len(ways) == 0 || direct.Millis <= ways[0].cost) {
		found = append(found, []Piece{direct})
	}
	for _, w := range ways {
		if len(found) > most {
			break
		}
		if pieces := r.pieces(m.Weights, from, to, w); len(found) == 0 || r.differs(pieces, found) {
			found = append(found, pieces)
		}
	}
	return found
}

// along is the way on the one edge that both spots are on.
func (r *Router) along(w Weights, from, to Spot) (Piece, bool) {
	if from.Edge != to.Edge {
		return Piece{}, false
	}
	weight, forward := w.Forward[from.Edge], true
	if to.Share < from.Share || weight == Closed {
		weight, forward = w.Backward[from.Edge], false
	}
	if weight == Closed || !forward && to.Share > from.Share {
		return Piece{}, false
	}
	return Piece{from.Edge, forward, from.Share, to.Share, part(weight, math.Abs(to.Share-from.Share))}, true
}

// pieces turns a way between nodes into one between spots.
func (r *Router) pieces(w Weights, from, to Spot, found way) []Piece {
	// Which end of its edge the way begins at is seen from where its first edge
	// does; a way without edges begins and ends at the node both edges share.
	start, end := r.ends(from, to, found, w)
	all := make([]Piece, 0, len(found.steps)+2)
	all = append(all, start)
	for _, s := range found.steps {
		if s.forward {
			all = append(all, Piece{s.edge, true, 0, 1, int64(w.Forward[s.edge])})
		} else {
			all = append(all, Piece{s.edge, false, 1, 0, int64(w.Backward[s.edge])})
		}
	}
	return append(all, end)
}

// ends finds the first and the last piece: those whose costs, with the way's
// edges, add up to its cost and that lead to its nodes.
func (r *Router) ends(from, to Spot, found way, w Weights) (first, last Piece) {
	var between int64
	for _, s := range found.steps {
		if s.forward {
			between += int64(w.Forward[s.edge])
		} else {
			between += int64(w.Backward[s.edge])
		}
	}
	begin, end := none, none
	if n := len(found.steps); n > 0 {
		begin, end = r.begin(found.steps[0]), r.end(found.steps[n-1])
	}
	for _, a := range r.out(w, from) {
		for _, b := range r.into(w, to) {
			if a.cost+between+b.cost != found.cost || begin != none && (a.node != begin || b.node != end) || begin == none && a.node != b.node {
				continue
			}
			return r.leave(w, from, a), r.arrive(w, to, b)
		}
	}
	return first, last
}

func (r *Router) begin(s step) int32 {
	if s.forward {
		return r.Edges[s.edge].From
	}
	return r.Edges[s.edge].To
}

func (r *Router) end(s step) int32 { return r.begin(step{s.edge, !s.forward}) }

// leave is the piece from a spot to the node of an entry. On a loop both ends are
// one node, and the cost tells which way.
func (r *Router) leave(w Weights, s Spot, by entry) Piece {
	if f := w.Forward[s.Edge]; f != Closed && r.Edges[s.Edge].To == by.node && part(f, 1-s.Share) == by.cost {
		return Piece{s.Edge, true, s.Share, 1, by.cost}
	}
	return Piece{s.Edge, false, s.Share, 0, by.cost}
}

func (r *Router) arrive(w Weights, s Spot, by entry) Piece {
	if f := w.Forward[s.Edge]; f != Closed && r.Edges[s.Edge].From == by.node && part(f, s.Share) == by.cost {
		return Piece{s.Edge, true, 0, s.Share, by.cost}
	}
	return Piece{s.Edge, false, 1, s.Share, by.cost}
}

// differs reports whether pieces are an alternative worth showing: no place is
// passed twice, and most of the time goes by other roads than in those found.
func (r *Router) differs(pieces []Piece, found [][]Piece) bool {
	var total int64
	passed := map[int32]bool{}
	for _, p := range pieces {
		total += p.Millis
		node := r.end(step{p.Edge, p.Forward})
		if passed[node] {
			return false
		}
		passed[node] = true
	}
	for _, better := range found {
		on := map[int32]bool{}
		for _, p := range better {
			on[p.Edge] = true
		}
		var same int64
		for _, p := range pieces {
			if on[p.Edge] {
				same += p.Millis
			}
		}
		if float64(same) > shared*float64(total) {
			return false
		}
	}
	return true
}
