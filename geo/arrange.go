package geo

import (
	"math"
	"slices"
)

// arrangement is the borders of many features cut into edges that meet only at
// their ends. Each edge knows the features whose inside changes across it: two
// of a border that neighbours share, one of a border drawn by one feature only
// (a loose edge).
type arrangement struct {
	x, y  []int64 // of the nodes
	edges []border
	place map[[2]int64]uint32 // of each node; made when a new one is asked for
}

type border struct {
	a, b     uint32 // a < b
	features []int32
}

func (e *border) loose() bool { return len(e.features) == 1 }

// newArrangement takes the rings of a shape, whose parts are all rings, as they
// are.
func newArrangement(s *Shape, at nodes) *arrangement {
	w := &arrangement{x: make([]int64, len(at.x)), y: make([]int64, len(at.x))}
	for n := range at.x {
		w.x[n], w.y[n] = int64(at.x[n]), int64(at.y[n])
	}
	type side struct {
		edge    uint64
		feature int32
	}
	sides := make([]side, 0, len(s.X))
	for f := range len(s.Feats) - 1 {
		for p := s.Feats[f]; p < s.Feats[f+1]; p++ {
			ring := at.of[s.Parts[p]:s.Parts[p+1]]
			for i, n := range ring {
				sides = append(sides, side{edge(n, ring[(i+1)%len(ring)]), int32(f)})
			}
		}
	}
	slices.SortFunc(sides, func(a, b side) int {
		if c := compareUints(a.edge, b.edge); c != 0 {
			return c
		}
		return int(a.feature) - int(b.feature)
	})
	features := make([]int32, 0, len(sides))
	for i := 0; i < len(sides); {
		first := len(features)
		j := i
		for ; j < len(sides) && sides[j].edge == sides[i].edge; j++ {
			if last := len(features) - 1; last >= first && features[last] == sides[j].feature {
				features = features[:last] // the feature is on both sides, or on none
			} else {
				features = append(features, sides[j].feature)
			}
		}
		if len(features) > first {
			w.edges = append(w.edges, border{uint32(sides[i].edge >> 32), uint32(sides[i].edge), features[first:len(features):len(features)]})
		}
		i = j
	}
	return w
}

// node returns the node at a place, a new one where there is none.
func (w *arrangement) node(x, y int64) uint32 {
	if w.place == nil {
		w.place = make(map[[2]int64]uint32, len(w.x))
		for n := range w.x {
			w.place[[2]int64{w.x[n], w.y[n]}] = uint32(n)
		}
	}
	n, ok := w.place[[2]int64{x, y}]
	if !ok {
		n = uint32(len(w.x))
		w.x, w.y = append(w.x, x), append(w.y, y)
		w.place[[2]int64{x, y}] = n
	}
	return n
}

// settle makes one edge of those with the same ends; a feature that is there
// twice has its inside on both sides, or on none, and goes.
func (w *arrangement) settle(edges []border) {
	slices.SortStableFunc(edges, func(e, f border) int {
		return compareUints(edge(e.a, e.b), edge(f.a, f.b))
	})
	w.edges = w.edges[:0]
	for i := 0; i < len(edges); {
		e := border{edges[i].a, edges[i].b, nil}
		j := i
		for ; j < len(edges) && edges[j].a == e.a && edges[j].b == e.b; j++ {
			e.features = symmetricDifference(e.features, edges[j].features)
		}
		if len(e.features) > 0 && e.a != e.b {
			w.edges = append(w.edges, e)
		}
		i = j
	}
}

// symmetricDifference of two sorted sets; it may return one of them.
func symmetricDifference(a, b []int32) []int32 {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	out := make([]int32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case b[0] < a[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// widest is the extent up to which products of two distances fit into 64 bits:
// a quarter of the world.
const widest = 1 << 30

// cut splits edges where loose ones cross or touch others, until none do, and
// reports how many splits that took. It gives up when the layer is no coverage
// but features on top of each other, with more crossings than edges, and on layers that span more than a quarter of the world.
func (w *arrangement) cut() (splits int, ok bool) {
	if len(w.edges) == 0 || slices.Max(w.x)-slices.Min(w.x) > widest || slices.Max(w.y)-slices.Min(w.y) > widest {
		return 0, false
	}
	limit := 2*len(w.edges) + 1000
	for range 8 { // rounding a crossing may move an edge onto a node near by
		at := make(map[int][]uint32)
		w.eachMeeting(func(e int, n uint32) {
			if !slices.Contains(at[e], n) {
				at[e] = append(at[e], n)
				splits++
			}
		}, func() bool { return splits > limit })
		if splits > limit {
			return splits, false
		}
		if len(at) == 0 {
			return splits, true
		}
		var edges []border
		for i, e := range w.edges {
			edges = w.splitEdge(edges, e, at[i])
		}
		w.settle(edges)
	}
	return splits, false
}

func (w *arrangement) splitEdge(dst []border, e border, at []uint32) []border {
	dx, dy := w.x[e.b]-w.x[e.a], w.y[e.b]-w.y[e.a]
	along := func(n uint32) int64 { return (w.x[n]-w.x[e.a])*dx + (w.y[n]-w.y[e.a])*dy }
	slices.SortFunc(at, func(m, n uint32) int {
		switch d := along(m) - along(n); {
		case d < 0:
			return -1
		case d > 0:
			return 1
		}
		return 0
	})
	from := e.a
	for _, n := range append(at, e.b) {
		if n != from {
			dst = append(dst, border{min(from, n), max(from, n), e.features})
		}
		from = n
	}
	return dst
}

// eachMeeting calls split with each edge and a node it must be split at.
func (w *arrangement) eachMeeting(split func(edge int, node uint32), stop func() bool) {
	bins := newBins(w)
	seen := make([]int32, len(w.edges))
	for i := range w.edges {
		if !w.edges[i].loose() {
			continue
		}
		bins.visit(w, i, func(cell int) {
			for _, j := range bins.edges[bins.start[cell]:bins.start[cell+1]] {
				if seen[j] == int32(i)+1 || int(j) == i || w.edges[j].loose() && int(j) < i {
					continue
				}
				seen[j] = int32(i) + 1
				w.meet(i, int(j), split)
			}
		})
		if stop() {
			return
		}
	}
}

func (w *arrangement) meet(i, j int, split func(int, uint32)) {
	e, f := w.edges[i], w.edges[j]
	touched := false
	for _, t := range [4]struct {
		edge int
		node uint32
	}{{i, f.a}, {i, f.b}, {j, e.a}, {j, e.b}} {
		if w.on(w.edges[t.edge], t.node) {
			split(t.edge, t.node)
			touched = true
		}
	}
	if touched || e.a == f.a || e.a == f.b || e.b == f.a || e.b == f.b {
		return
	}
	s1, s2 := w.side(e, f.a), w.side(e, f.b)
	s3, s4 := w.side(f, e.a), w.side(f, e.b)
	if (s1 < 0) == (s2 < 0) || (s3 < 0) == (s4 < 0) {
		return
	}
	t := float64(s3) / (float64(s3) - float64(s4))
	n := w.node(w.x[e.a]+int64(math.Round(t*float64(w.x[e.b]-w.x[e.a]))), w.y[e.a]+int64(math.Round(t*float64(w.y[e.b]-w.y[e.a]))))
	if n != e.a && n != e.b {
		split(i, n)
	}
	if n != f.a && n != f.b {
		split(j, n)
	}
}

// side tells on which side of an edge a node lies: twice the area of their
// triangle.
func (w *arrangement) side(e border, n uint32) int64 {
	return (w.x[e.b]-w.x[e.a])*(w.y[n]-w.y[e.a]) - (w.y[e.b]-w.y[e.a])*(w.x[n]-w.x[e.a])
}

// on reports whether a node lies on an edge between its ends, to a unit.
func (w *arrangement) on(e border, n uint32) bool {
	if n == e.a || n == e.b {
		return false
	}
	dx, dy := w.x[e.b]-w.x[e.a], w.y[e.b]-w.y[e.a]
	length2 := dx*dx + dy*dy
	along := (w.x[n]-w.x[e.a])*dx + (w.y[n]-w.y[e.a])*dy
	if along <= 0 || along >= length2 {
		return false
	}
	s := float64(w.side(e, n))
	return s*s <= float64(length2)
}

// bins sorts edges into square cells.
type bins struct {
	x0, y0, cell int64
	nx, ny       int
	start        []uint32
	edges        []uint32
}

func newBins(w *arrangement) *bins {
	minX, minY, maxX, maxY := slices.Min(w.x), slices.Min(w.y), slices.Max(w.x), slices.Max(w.y)
	side := math.Sqrt(float64(maxX-minX+1) * float64(maxY-minY+1) / float64(len(w.edges)+1))
	b := &bins{x0: minX, y0: minY, cell: int64(side) + 1}
	b.nx, b.ny = int((maxX-minX)/b.cell)+1, int((maxY-minY)/b.cell)+1
	b.start = make([]uint32, b.nx*b.ny+1)
	for i := range w.edges {
		b.visit(w, i, func(c int) { b.start[c+1]++ })
	}
	for c := 1; c < len(b.start); c++ {
		b.start[c] += b.start[c-1]
	}
	fill := slices.Clone(b.start)
	b.edges = make([]uint32, b.start[len(b.start)-1])
	for i := range w.edges {
		b.visit(w, i, func(c int) {
			b.edges[fill[c]] = uint32(i)
			fill[c]++
		})
	}
	return b
}

// visit calls f with each cell an edge passes.
func (b *bins) visit(w *arrangement, i int, f func(cell int)) {
	e := w.edges[i]
	tx := [3]float64{float64(w.x[e.a] - b.x0), float64(w.x[e.b] - b.x0), float64(w.x[e.b] - b.x0)}
	ty := [3]float64{float64(w.y[e.a] - b.y0), float64(w.y[e.b] - b.y0), float64(w.y[e.b] - b.y0)}
	cell := float64(b.cell)
	for row := max(0, int((min(ty[0], ty[1])-1)/cell)); row <= min(b.ny-1, int((max(ty[0], ty[1])+1)/cell)); row++ {
		low, high := span(tx, ty, float64(row)*cell-1, float64(row+1)*cell+1)
		for col := max(0, int(low/cell)); col <= min(b.nx-1, int(high/cell)); col++ {
			f(row*b.nx + col)
		}
	}
}
