package routing

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Network is the roads of a layer, noded: immutable, safe for concurrent use.
// Nodes and edges are addressed by their positions.
type Network struct {
	Version string      // of the layer it was made of
	Nodes   []orb.Point // degrees
	Edges   []Edge
	Roads   []Road

	vertices  []vertex  // of all edges, one after another
	component []int32   // of each node
	sizes     []float64 // of each component, in metres
	near      edgeGrid
}

// Edge is a piece of a road between two nodes.
type Edge struct {
	From, To int32
	Road     int32   // position in Roads
	Metres   float64 // along the piece
	start    int32   // its vertices begin here
	end      int32
}

// Road is what an edge has from the feature it is a piece of.
type Road struct {
	Feature   int32 // position in the layer
	Name, Ref string
	NameEN    string // in English, where there is one
	Class     string
	Surface   string
	Condition string
	MaxSpeed  float64 // km/h; 0: none known
	Oneway    bool    // only from the line's begin to its end
	Bridge    bool
	Tunnel    bool
}

// Line returns the way of edge e in degrees, from its From to its To.
func (n *Network) Line(e int32) orb.LineString {
	vertices := n.vertices[n.Edges[e].start:n.Edges[e].end]
	line := make(orb.LineString, len(vertices))
	for i, v := range vertices {
		line[i] = v.point()
	}
	return line
}

// Build nodes the roads of a layer. The error is ctx's.
func Build(ctx context.Context, roads *geo.Layer) (*Network, error) {
	n := &Network{Version: roads.Version}
	strands := n.read(roads)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	middle := 0.0
	if !roads.Bound.IsEmpty() {
		middle = roads.Bound.Center()[1]
	}
	chains, same := node(strands, planeAt(middle))
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	n.join(strands, chains, same)
	n.components()
	n.near = newEdgeGrid(n)
	return n, nil
}

// read takes the lines and what routing wants to know of them from the layer.
func (n *Network) read(roads *geo.Layer) []strand {
	text := func(name string, i int) string {
		if c := roads.Column(name); c != nil && c.Field.Type == geo.String {
			s, _ := c.Value(i).(string)
			return s
		}
		return ""
	}
	number := func(name string, i int) float64 {
		if c := roads.Column(name); c != nil && (c.Field.Type == geo.Number || c.Field.Type == geo.Integer) {
			f, _ := c.Float(i)
			return f
		}
		return 0
	}
	flag := func(name string, i int) bool {
		if c := roads.Column(name); c != nil && c.Field.Type == geo.Boolean {
			b, _ := c.Value(i).(bool)
			return b
		}
		return false
	}
	var strands []strand
	for i := range roads.Len() {
		road := Road{
			Feature: int32(i), Name: text("name", i), NameEN: text("name_en", i), Ref: text("ref", i), Class: text("class", i), Surface: text("surface", i),
			Condition: text("condition", i), MaxSpeed: number("maxspeed", i), Oneway: flag("oneway", i),
			Bridge: flag("bridge", i), Tunnel: flag("tunnel", i),
		}
		n.Roads = append(n.Roads, road)
		level := int8(max(min(number("layer", i), 9), -9))
		switch {
		case level != 0:
		case road.Bridge:
			level = 1
		case road.Tunnel:
			level = -1
		}
		for _, line := range lines(roads.Geometry(i)) {
			var vertices []vertex
			for _, p := range line {
				if v := vertexOf(p); len(vertices) == 0 || vertices[len(vertices)-1] != v {
					vertices = append(vertices, v)
				}
			}
			if len(vertices) > 1 {
				strands = append(strands, strand{int32(i), level, vertices})
			}
		}
	}
	return strands
}

func lines(g orb.Geometry) []orb.LineString {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}
	case orb.MultiLineString:
		return g
	}
	return nil
}

// join makes nodes of the vertices where pieces begin, end or meet, and edges of
// the pieces between them.
func (n *Network) join(strands []strand, chains [][]vertex, same joined) {
	uses := map[vertex]int{}
	for _, chain := range chains {
		for k, v := range chain {
			uses[same.of(v)]++
			if k == 0 || k == len(chain)-1 {
				uses[same.of(v)]++ // an end is a node
			}
		}
	}
	nodes := map[vertex]int32{}
	at := func(v vertex) int32 {
		v = same.of(v)
		i, ok := nodes[v]
		if !ok {
			i = int32(len(n.Nodes))
			nodes[v] = i
			n.Nodes = append(n.Nodes, v.point())
		}
		return i
	}
	for i, chain := range chains {
		from := 0
		for k := 1; k < len(chain); k++ {
			if k == len(chain)-1 || uses[same.of(chain[k])] > 1 {
				n.addEdge(strands[i].road, at(chain[from]), at(chain[k]), chain[from:k+1])
				from = k
			}
		}
	}
}

func (n *Network) addEdge(road, from, to int32, piece []vertex) {
	e := Edge{From: from, To: to, Road: road, start: int32(len(n.vertices))}
	n.vertices = append(n.vertices, piece...)
	e.end = int32(len(n.vertices))
	for k := 1; k < len(piece); k++ {
		e.Metres += Distance(piece[k-1].point(), piece[k].point())
	}
	n.Edges = append(n.Edges, e)
}

// components numbers the parts of the network that hang together, the longest
// first.
func (n *Network) components() {
	parent := make([]int32, len(n.Nodes))
	for i := range parent {
		parent[i] = int32(i)
	}
	find := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, e := range n.Edges {
		parent[find(e.From)] = find(e.To)
	}
	metres := map[int32]float64{}
	for _, e := range n.Edges {
		metres[find(e.From)] += e.Metres
	}
	roots := make([]int32, 0, len(metres))
	for r := range metres {
		roots = append(roots, r)
	}
	slices.SortFunc(roots, func(a, b int32) int { return cmp.Or(cmp.Compare(metres[b], metres[a]), cmp.Compare(a, b)) })
	number := map[int32]int32{}
	for i, r := range roots {
		number[r] = int32(i)
		n.sizes = append(n.sizes, metres[r])
	}
	n.component = make([]int32, len(n.Nodes))
	for i := range n.component {
		n.component[i] = number[find(int32(i))]
	}
}

// Components returns the metres of road of each part of the network that hangs
// together, the longest first.
func (n *Network) Components() []float64 { return slices.Clone(n.sizes) }

// Component returns the part that a node belongs to, and its metres of road.
func (n *Network) Component(node int32) (part int, metres float64) {
	c := n.component[node]
	return int(c), n.sizes[c]
}

// String tells how large the network is, for a log.
func (n *Network) String() string {
	total := 0.0
	for _, m := range n.sizes {
		total += m
	}
	return fmt.Sprintf("%d nodes, %d edges, %.0f km in %d parts", len(n.Nodes), len(n.Edges), math.Round(total/1000), len(n.sizes))
}
