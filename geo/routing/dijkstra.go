package routing

import "container/heap"

// Reached is what can be reached from a place: the cost of each node, far where
// there is no way within the limit.
type reached struct {
	cost []int64
	edge []step // by which a node was reached
}

// flood is Dijkstra's algorithm from the entries to all nodes within a cost, or
// until done says that a settled node was the last of interest.
func (n *Network) flood(adjacency topologyEdges, w Weights, starts []entry, limit int64, done func(node int32, cost int64) bool) reached {
	r := reached{cost: make([]int64, len(n.Nodes)), edge: make([]step, len(n.Nodes))}
	for i := range r.cost {
		r.cost[i], r.edge[i].edge = far, none
	}
	var q frontier
	for _, s := range starts {
		if s.cost < r.cost[s.node] && s.cost <= limit {
			r.cost[s.node] = s.cost
			heap.Push(&q, s)
		}
	}
	for len(q) > 0 {
		at := heap.Pop(&q).(entry)
		if at.cost > r.cost[at.node] {
			continue
		}
		if done != nil && done(at.node, at.cost) {
			break
		}
		for _, e := range adjacency.of(at.node) {
			weight, to := w.Forward[e], n.Edges[e].To
			forward := n.Edges[e].From == at.node
			if !forward {
				weight, to = w.Backward[e], n.Edges[e].From
			}
			if weight == Closed {
				continue
			}
			if c := at.cost + int64(weight); c < r.cost[to] && c <= limit {
				r.cost[to], r.edge[to] = c, step{e, forward}
				heap.Push(&q, entry{to, c})
			}
		}
	}
	return r
}

// topologyEdges lists the edges at each node; a loop once.
type topologyEdges struct{ first, edges []int32 }

func newTopologyEdges(nodes int, edges []Edge) topologyEdges {
	t := topologyEdges{first: make([]int32, nodes+1)}
	each := func(visit func(node, edge int32)) {
		for i, e := range edges {
			visit(e.From, int32(i))
			if e.To != e.From {
				visit(e.To, int32(i))
			}
		}
	}
	each(func(node, _ int32) { t.first[node+1]++ })
	for i := range nodes {
		t.first[i+1] += t.first[i]
	}
	t.edges = make([]int32, t.first[nodes])
	next := append([]int32(nil), t.first...)
	each(func(node, edge int32) {
		t.edges[next[node]] = edge
		next[node]++
	})
	return t
}

func (t topologyEdges) of(node int32) []int32 { return t.edges[t.first[node]:t.first[node+1]] }

// frontier has the cheapest entry on top; ties go to the lowest node.
type frontier []entry

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	return f[i].cost < f[j].cost || f[i].cost == f[j].cost && f[i].node < f[j].node
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)   { *f = append(*f, x.(entry)) }
func (f *frontier) Pop() any {
	old := *f
	last := old[len(old)-1]
	*f = old[:len(old)-1]
	return last
}
