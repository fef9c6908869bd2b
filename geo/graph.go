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

func newGraph(s *Shape, closed []bool, at nodes) *graph {
	n := len(at.x)
	g := &graph{x: at.x, y: at.y, next: make([][2]uint32, n), degree: make([]uint8, n), fixed: map[uint64]bool{}, crowded: slices.Contains(closed, true)}
	node := at.of
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
	return g
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
