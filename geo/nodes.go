package geo

import "slices"

// nodes are the places of a shape's vertices, each once, in order of place: so
// what is made of them does not depend on the order of features or parts.
type nodes struct {
	x, y []uint32
	of   []uint32 // the node of each vertex
}

func findNodes(s *Shape) nodes {
	type vertex struct {
		place uint64
		at    uint32
	}
	vs := make([]vertex, len(s.X))
	for i := range vs {
		vs[i] = vertex{uint64(s.Y[i])<<32 | uint64(s.X[i]), uint32(i)}
	}
	slices.SortFunc(vs, func(a, b vertex) int { return compareUints(a.place, b.place) })
	n := nodes{of: make([]uint32, len(vs))}
	for i, v := range vs {
		if i == 0 || v.place != vs[i-1].place {
			n.x, n.y = append(n.x, s.X[v.at]), append(n.y, s.Y[v.at])
		}
		n.of[v.at] = uint32(len(n.x) - 1)
	}
	return n
}

func compareUints(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
