package geo

import "slices"

// graph is a shape's lines and rings with places as nodes: vertices at the same
// place are one node.
type graph struct {
	x, y    []uint32
	next    [][2]uint32 // the neighbours of a node of degree 2
	degree  []uint8     // distinct neighbours: 1, 2, or 3 for more; a line's end counts as 3
	fixed   map[uint64]bool
	crowded bool // has rings, so borders must be kept apart
}

// newGraph returns the graph and the node of each vertex. Nodes are in order of
// place, so the graph does not depend on the order of the parts.
func newGraph(s *Shape, closed []bool) (*graph, []uint32) {
	g := &graph{fixed: map[uint64]bool{}, crowded: slices.Contains(closed, true)}
	node := g.addNodes(s)
	for p := range closed {
		line := node[s.Parts[p]:s.Parts[p+1]]
		for i := 1; i < len(line); i++ {
			g.join(line[i-1], line[i])
		}
		if last := len(line) - 1; closed[p] {
			g.join(line[last], line[0])
		} else {
			g.degree[line[0]], g.degree[line[last]] = 3, 3
		}
	}
	for p := range closed {
		line := node[s.Parts[p]:s.Parts[p+1]]
		for i := 1; i < len(line); i++ {
			g.note(line[i-1], line[i])
		}
		if closed[p] {
			g.note(line[len(line)-1], line[0])
		}
	}
	return g, node
}

func (g *graph) addNodes(s *Shape) []uint32 {
	type vertex struct {
		place uint64
		at    uint32
	}
	vs := make([]vertex, len(s.X))
	for i := range vs {
		vs[i] = vertex{uint64(s.Y[i])<<32 | uint64(s.X[i]), uint32(i)}
	}
	slices.SortFunc(vs, func(a, b vertex) int {
		if a.place != b.place {
			if a.place < b.place {
				return -1
			}
			return 1
		}
		return int(a.at) - int(b.at)
	})
	node := make([]uint32, len(vs))
	for i, v := range vs {
		if i == 0 || v.place != vs[i-1].place {
			g.x, g.y = append(g.x, s.X[v.at]), append(g.y, s.Y[v.at])
		}
		node[v.at] = uint32(len(g.x) - 1)
	}
	g.next, g.degree = make([][2]uint32, len(g.x)), make([]uint8, len(g.x))
	return node
}

// join makes a and b neighbours.
func (g *graph) join(a, b uint32) {
	for range 2 {
		if d := g.degree[a]; d < 2 && !slices.Contains(g.next[a][:d], b) {
			g.next[a][d] = b
			g.degree[a]++
		} else if d == 2 && !slices.Contains(g.next[a][:], b) {
			g.degree[a] = 3
		}
		a, b = b, a
	}
}

// note remembers an edge between two nodes that stay, once degrees are known.
func (g *graph) note(a, b uint32) {
	if g.degree[a] != 2 && g.degree[b] != 2 {
		g.fixed[edge(a, b)] = true
	}
}

// joined reports whether a and b are neighbours.
func (g *graph) joined(a, b uint32) bool {
	switch {
	case g.degree[a] == 2:
		return slices.Contains(g.next[a][:], b)
	case g.degree[b] == 2:
		return slices.Contains(g.next[b][:], a)
	default:
		return g.fixed[edge(a, b)]
	}
}

// replace makes new the neighbour of v in place of old.
func (g *graph) replace(v, old, new uint32) {
	if g.degree[v] != 2 {
		return
	}
	if g.next[v][0] == old {
		g.next[v][0] = new
	} else {
		g.next[v][1] = new
	}
}

func edge(a, b uint32) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }
