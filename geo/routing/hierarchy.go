package routing

import (
	"context"
	"slices"
)

// Hierarchy is a network's nodes in the order in which they are contracted, with
// every arc that contraction can give rise to, whatever the edges cost. Nodes are
// addressed by rank here: the higher, the later contracted.
type Hierarchy struct {
	Network *Network

	node   []int32 // by rank
	rank   []int32 // by node
	first  []int32 // of each node's arcs to higher nodes; one longer than the nodes
	head   []int32 // the higher end of each arc, ascending for each node
	parent []int32 // the lowest of the higher neighbours, or none: the elimination tree
	arc    []int32 // by edge: its arc; none for a loop
	up     []bool  // by edge: it leads up from its From
}

// NewHierarchy orders a network. It is the costly part, done once for a network.
// The error is ctx's.
func NewHierarchy(ctx context.Context, n *Network) (*Hierarchy, error) {
	t := newTopology(len(n.Nodes), n.Edges)
	h := &Hierarchy{Network: n, node: dissect(t, n.Nodes)}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h.rank = make([]int32, len(h.node))
	for r, node := range h.node {
		h.rank[node] = int32(r)
	}
	h.contract(t)
	h.place()
	return h, ctx.Err()
}

// contract finds the arcs: a node's higher neighbours become neighbours of each
// other when it is contracted; it is enough to hand them to the lowest of them.
func (h *Hierarchy) contract(t topology) {
	higher := make([][]int32, len(h.node))
	for r, node := range h.node {
		for _, m := range t.neighbours(node) {
			if to := h.rank[m]; to > int32(r) {
				higher[r] = append(higher[r], to)
			}
		}
	}
	h.first = make([]int32, 1, len(h.node)+1)
	h.parent = make([]int32, len(h.node))
	for r := range higher {
		slices.Sort(higher[r])
		higher[r] = slices.Compact(higher[r])
		h.parent[r] = none
		if len(higher[r]) > 0 {
			lowest := higher[r][0]
			h.parent[r] = lowest
			higher[lowest] = append(higher[lowest], higher[r][1:]...)
		}
		h.head = append(h.head, higher[r]...)
		h.first = append(h.first, int32(len(h.head)))
		higher[r] = nil
	}
}

// place finds the arc of each edge.
func (h *Hierarchy) place() {
	h.arc, h.up = make([]int32, len(h.Network.Edges)), make([]bool, len(h.Network.Edges))
	for i, e := range h.Network.Edges {
		low, high := h.rank[e.From], h.rank[e.To]
		h.arc[i], h.up[i] = none, low < high
		if low != high {
			h.arc[i] = h.find(min(low, high), max(low, high))
		}
	}
}

// find returns the arc between two nodes that have one.
func (h *Hierarchy) find(low, high int32) int32 {
	i, _ := slices.BinarySearch(h.head[h.first[low]:h.first[low+1]], high)
	return h.first[low] + int32(i)
}
