package routing

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// topology is a graph without directions, loops or parallel edges.
type topology struct {
	first []int32 // of each node's neighbours; one longer than the nodes
	to    []int32
}

func newTopology(nodes int, edges []Edge) topology {
	pairs := make([][2]int32, 0, 2*len(edges))
	for _, e := range edges {
		if e.From != e.To {
			pairs = append(pairs, [2]int32{e.From, e.To}, [2]int32{e.To, e.From})
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	pairs = slices.Compact(pairs)
	t := topology{first: make([]int32, nodes+1), to: make([]int32, len(pairs))}
	for i, p := range pairs {
		t.first[p[0]+1]++
		t.to[i] = p[1]
	}
	for i := range nodes {
		t.first[i+1] += t.first[i]
	}
	return t
}

func (t topology) neighbours(n int32) []int32 { return t.to[t.first[n]:t.first[n+1]] }

// dissect orders the nodes by nested dissection: a few nodes that separate the
// rest into two parts come last, and so on within each part. The separators are
// found by inertial flow (Schild and Sommer 2015): along each of four directions
// the smallest cut between the first and the last quarter of the nodes.
func dissect(t topology, at []orb.Point) []int32 {
	d := &dissection{topology: t, at: at, part: make([]int32, len(at)), flow: newFlow(t)}
	all := make([]int32, len(at))
	for i := range all {
		all[i] = int32(i)
	}
	d.split(all)
	return d.order
}

type dissection struct {
	topology
	at    []orb.Point
	part  []int32 // which part a node is in just now
	parts int32
	flow  *flow
	order []int32
}

// few nodes are not worth separating.
const few = 12

func (d *dissection) split(nodes []int32) {
	if len(nodes) <= few {
		slices.SortFunc(nodes, func(a, b int32) int {
			return cmp.Or(cmp.Compare(len(d.neighbours(a)), len(d.neighbours(b))), cmp.Compare(a, b))
		})
		d.order = append(d.order, nodes...)
		return
	}
	d.parts++
	for _, n := range nodes {
		d.part[n] = d.parts
	}
	var separator, left, right []int32
	least := len(nodes)
	for _, way := range [][2]float64{{1, 0}, {0, 1}, {1, 1}, {1, -1}} {
		key := func(n int32) float64 { return d.at[n][0]*way[0] + d.at[n][1]*way[1] }
		slices.SortFunc(nodes, func(a, b int32) int { return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b)) })
		if s, l, r, ok := d.flow.separate(nodes, d.part, d.parts, least); ok {
			separator, left, right, least = s, l, r, len(s)
		}
		if least == 0 {
			break // it was in two already
		}
	}
	d.split(left)
	d.split(right)
	slices.Sort(separator)
	d.order = append(d.order, separator...)
}
