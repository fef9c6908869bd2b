package main

import (
	"container/heap"
	"math"

	"github.com/petadesa/petadesa/geo/routing"
)

// nowhere is the cost of a node to which there is no way.
const nowhere = math.MaxInt64

// dijkstra is the textbook's: the milliseconds from a node to all others. It shares
// nothing with the router but the edges and their weights.
type dijkstra struct {
	edges   []routing.Edge
	weights routing.Weights
	at      [][]int32 // edges by node
}

func newDijkstra(r *routing.Router, m *routing.Metric) dijkstra {
	d := dijkstra{r.Edges, m.Weights, make([][]int32, len(r.Nodes))}
	for i, e := range r.Edges {
		d.at[e.From] = append(d.at[e.From], int32(i))
		d.at[e.To] = append(d.at[e.To], int32(i))
	}
	return d
}

func (d dijkstra) from(start int32) []int64 {
	costs := make([]int64, len(d.at))
	for i := range costs {
		costs[i] = nowhere
	}
	costs[start] = 0
	q := &queue{{start, 0}}
	for q.Len() > 0 {
		n := heap.Pop(q).(settled)
		if n.cost > costs[n.node] {
			continue
		}
		for _, i := range d.at[n.node] {
			for _, way := range []struct {
				from, to int32
				weight   uint32
			}{{d.edges[i].From, d.edges[i].To, d.weights.Forward[i]}, {d.edges[i].To, d.edges[i].From, d.weights.Backward[i]}} {
				if cost := n.cost + int64(way.weight); way.from == n.node && way.weight != routing.Closed && cost < costs[way.to] {
					costs[way.to] = cost
					heap.Push(q, settled{way.to, cost})
				}
			}
		}
	}
	return costs
}

type settled struct {
	node int32
	cost int64
}

type queue []settled

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].cost < q[j].cost }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(settled)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	n := (*q)[last]
	*q = (*q)[:last]
	return n
}
