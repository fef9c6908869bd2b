package api

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
)

// roadsMagic begins the graph of the roads of a pack; all numbers after it are
// varints, those with a sign zigzag.
const roadsMagic = "PETAROAD1"

func sorted(all []int32) []int32 {
	slices.Sort(all)
	return slices.Compact(all)
}

// packRoads writes the graph of the roads of an area: none where there are no
// roads.
func (s *service) packRoads(ctx context.Context, snap *geo.Snapshot, area savedArea, counts map[string]int) ([]byte, error) {
	router, err := s.roads(ctx, snap)
	if p := (*Problem)(nil); errors.As(err, &p) && p.Kind == NoRoute {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	heard, err := s.receptionsOf(ctx, snap, &coverage.Query{})
	if err != nil {
		return nil, err
	}
	w := roadWriter{Network: router.Network, words: map[string]uint64{}, nodes: map[int32]uint64{}, roads: map[int32]uint64{}}
	for _, v := range routing.Vehicles() {
		w.weights = append(w.weights, router.Metric(v).Weights)
	}
	if len(heard) > 0 {
		w.reception = heard[0]
	}
	for e := range router.Edges {
		if e%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		w.edge(int32(e), area.Bound)
	}
	counts["road_edges"], counts["road_nodes"] = int(w.edges), len(w.nodes)
	return zip(w.whole())
}

// roadWriter gathers the edges of an area:
//
//	words   count, then each as length and bytes; the first is empty
//	roads   count, then name, reference, class, surface, condition as words
//	nodes   count
//	edges   count, then each: road; from and to as nodes; the number of its
//	        vertices and these in 1e-7 degrees, x and y as differences to the vertex
//	        before, the first to the first of the edge before; for each vehicle the
//	        milliseconds forward, 0 closed, else one more than they are, and
//	        backward, 0 the same, 1 closed, else two more; the stretches of signal:
//	        count, then each: its state, 0 unknown, 1 none, 2 signal, and its share
//	        of the edge in ten-thousandths
type roadWriter struct {
	*routing.Network
	weights   []routing.Weights
	reception *coverage.Reception // nil: nothing is known of the signal

	words map[string]uint64
	nodes map[int32]uint64
	roads map[int32]uint64

	wordBytes, roadBytes, edgeBytes []byte
	edges                           uint64
	last                            [2]int64
}

func (w *roadWriter) whole() []byte {
	b := []byte(roadsMagic)
	b = append(binary.AppendUvarint(b, uint64(len(w.words))), w.wordBytes...)
	b = append(binary.AppendUvarint(b, uint64(len(w.roads))), w.roadBytes...)
	b = binary.AppendUvarint(b, uint64(len(w.nodes)))
	return append(binary.AppendUvarint(b, w.edges), w.edgeBytes...)
}

func (w *roadWriter) word(s string) uint64 {
	i, ok := w.words[s]
	if !ok {
		i = uint64(len(w.words))
		w.words[s] = i
		w.wordBytes = append(binary.AppendUvarint(w.wordBytes, uint64(len(s))), s...)
	}
	return i
}

func (w *roadWriter) node(n int32) uint64 {
	i, ok := w.nodes[n]
	if !ok {
		i = uint64(len(w.nodes))
		w.nodes[n] = i
	}
	return i
}

func (w *roadWriter) road(r int32) uint64 {
	i, ok := w.roads[r]
	if !ok {
		i = uint64(len(w.roads))
		w.roads[r] = i
		road := &w.Roads[r]
		for _, s := range []string{road.Name, road.Ref, road.Class, road.Surface, road.Condition} {
			w.roadBytes = binary.AppendUvarint(w.roadBytes, w.word(s))
		}
	}
	return i
}

// edge appends an edge that comes into the area.
func (w *roadWriter) edge(e int32, area orb.Bound) {
	line := w.Line(e)
	if !line.Bound().Intersects(area) {
		return
	}
	edge := w.Edges[e]
	w.edges++
	b := w.edgeBytes
	b = binary.AppendUvarint(b, w.road(edge.Road))
	b = binary.AppendUvarint(b, w.node(edge.From))
	b = binary.AppendUvarint(b, w.node(edge.To))
	b = binary.AppendUvarint(b, uint64(len(line)))
	at := w.last
	for i, p := range line {
		x, y := int64(math.Round(p[0]*1e7)), int64(math.Round(p[1]*1e7))
		b = binary.AppendVarint(binary.AppendVarint(b, x-at[0]), y-at[1])
		if at = [2]int64{x, y}; i == 0 {
			w.last = at
		}
	}
	for _, weights := range w.weights {
		forward, backward := weights.Forward[e], weights.Backward[e]
		b = binary.AppendUvarint(b, shifted(forward, 1))
		if backward == forward {
			b = append(b, 0)
		} else {
			b = binary.AppendUvarint(b, max(shifted(backward, 2), 1))
		}
	}
	w.edgeBytes = w.signal(b, line)
}

func shifted(weight uint32, by uint64) uint64 {
	if weight == routing.Closed {
		return 0
	}
	return uint64(weight) + by
}

// signal appends the stretches of signal of a line.
func (w *roadWriter) signal(b []byte, line orb.LineString) []byte {
	if w.reception == nil {
		return append(b, 0)
	}
	stretches := w.reception.Along(line)
	total := 0.0
	for _, s := range stretches {
		total = max(total, s.To)
	}
	if !(total > 0) {
		return append(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(stretches)))
	for _, s := range stretches {
		state := uint64(0)
		switch s.State {
		case coverage.StateNot:
			state = 1
		case coverage.StateCovered:
			state = 2
		}
		b = binary.AppendUvarint(append(b, byte(state)), uint64(math.Round((s.To-s.From)/total*10_000)))
	}
	return b
}
