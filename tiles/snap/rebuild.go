package snap

import "slices"

// rebuild is the memory used to turn the rounded rings of one polygon into loops.
type rebuild struct {
	edges  []uint64 // undirected: lesser pixel in the upper half
	trace  tracer
	loops  []Loop
	bounds [][4]int32
	small  []int32 // polygons of which nothing is left although all of it is in the box
}

// rebuildAll makes the loops of every polygon.
func (a *Arrangement) rebuildAll() {
	a.out, a.loops, a.small = a.out[:0], a.loops[:0], a.small[:0]
	for i := range a.polygons {
		from, to := a.ringsOf(i)
		chain := a.chain[a.chained[from]:a.chained[to]]
		start := len(a.loops)
		switch {
		case len(chain) == 0:
		case a.once(from, to):
			a.keep(from, to)
		default:
			a.weave(from, to)
		}
		// The slice may move as it grows: earlier polygons keep their part of the old one.
		a.polygons[i].bounds = a.loops[start:len(a.loops):len(a.loops)]
		if start == len(a.loops) && to > from && !a.polygons[i].clipped {
			a.small = append(a.small, int32(i))
		}
	}
	a.keepSmall()
}

// once reports whether the rings visit no pixel twice and none lies inside
// another. As rounded segments meet only in pixels that both visit, such rings
// are simple, and each is an exterior.
func (a *Arrangement) once(from, to int32) bool {
	for r := from; r < to; r++ {
		if n := a.chained[r+1] - a.chained[r]; n == 1 || n == 2 {
			return false
		}
	}
	chain := a.chain[a.chained[from]:a.chained[to]]
	for i, p := range chain {
		if !a.hot.visit(p) {
			a.hot.leave(chain[:i])
			return false
		}
	}
	a.hot.leave(chain)
	return to-from == 1 || a.aside(from, to)
}

// aside reports whether no ring lies inside another, of rings that do not
// touch. It does not look at many.
func (a *Arrangement) aside(from, to int32) bool {
	if to-from > 16 {
		return false
	}
	a.bounds = a.bounds[:0]
	for r := from; r < to; r++ {
		a.bounds = append(a.bounds, boundsOf(a.ring(r)))
	}
	for i, b := range a.bounds {
		for k, c := range a.bounds {
			if i == k || !(c[0] <= b[0] && c[1] <= b[1] && b[2] <= c[2] && b[3] <= c[3]) {
				continue
			}
			inner, outer := a.ring(from+int32(i)), a.ring(from+int32(k))
			if len(inner) > 0 && len(outer) > 0 && holds(outer, inner) {
				return false
			}
		}
	}
	return true
}

// ring returns a rounded ring.
func (a *Arrangement) ring(r int32) []Pixel { return a.chain[a.chained[r]:a.chained[r+1]] }

// boundsOf returns the least column and row of the pixels and the greatest.
func boundsOf(ps []Pixel) (b [4]int32) {
	for i, p := range ps {
		x, y := p.X(), p.Y()
		if i == 0 {
			b = [4]int32{x, y, x, y}
		}
		b = [4]int32{min(b[0], x), min(b[1], y), max(b[2], x), max(b[3], y)}
	}
	return b
}

// keep keeps rings as they are, but clockwise.
func (a *Arrangement) keep(from, to int32) {
	for r := from; r < to; r++ {
		chain := a.ring(r)
		if len(chain) == 0 {
			continue
		}
		start := len(a.out)
		a.out = append(a.out, chain...)
		ring := a.out[start:len(a.out):len(a.out)]
		if doubleArea(ring) < 0 {
			slices.Reverse(ring)
		}
		a.loops = append(a.loops, Loop{Pixels: ring})
	}
}

// weave makes the loops of the polygon with those rings out of its edges.
func (a *Arrangement) weave(from, to int32) {
	a.edges = a.edges[:0]
	for r := from; r < to; r++ {
		ring := a.ring(r)
		for i, p := range ring {
			q := ring[0]
			if i+1 < len(ring) {
				q = ring[i+1]
			}
			if p != q {
				a.edges = append(a.edges, uint64(min(p, q))<<32|uint64(max(p, q)))
			}
		}
	}
	slices.Sort(a.edges)
	a.edges = cancelPairs(a.edges)
	if len(a.edges) == 0 {
		return
	}
	a.out, a.loops = a.trace.loops(a.edges, a.out, a.loops)
}

// cancelPairs keeps one of each run of equal edges that is odd, none of an even one.
func cancelPairs(edges []uint64) []uint64 {
	kept := edges[:0]
	for i := 0; i < len(edges); {
		j := i + 1
		for j < len(edges) && edges[j] == edges[i] {
			j++
		}
		if (j-i)%2 == 1 {
			kept = append(kept, edges[i])
		}
		i = j
	}
	return kept
}

// keepSmall gives polygons too small for the grid the shape of one grid square,
// where no other polygon drew a border through their pixel: then nothing else
// would show that something is there. Where one did, it has closed over them.
func (a *Arrangement) keepSmall() {
	if len(a.small) == 0 {
		return
	}
	for i := range a.polygons {
		if len(a.polygons[i].bounds) > 0 {
			from, to := a.ringsOf(i)
			for _, p := range a.chain[a.chained[from]:a.chained[to]] {
				a.hot.visit(p)
			}
		}
	}
	drawn := map[Pixel]bool{}
	for _, i := range a.small {
		first := a.nodes[a.rings[a.polygons[i].rings]].at
		if square, ok := a.freeSquare(first, drawn); ok {
			start := len(a.out)
			a.out = append(a.out, square[:]...)
			a.loops = append(a.loops, Loop{Pixels: a.out[start:len(a.out):len(a.out)]})
			a.polygons[i].bounds = a.loops[len(a.loops)-1 : len(a.loops) : len(a.loops)]
			for _, p := range square {
				drawn[p] = true
			}
		}
	}
	clear(a.hot.visited)
}

// freeSquare returns a square with p as one corner, none of which is in use.
func (a *Arrangement) freeSquare(p Pixel, drawn map[Pixel]bool) (square [4]Pixel, ok bool) {
	for _, d := range [4][2]int32{{0, 0}, {-1, 0}, {0, -1}, {-1, -1}} {
		x, y := p.X()+d[0], p.Y()+d[1]
		if x < 0 || y < 0 || x+1 >= a.grid.Size || y+1 >= a.grid.Size {
			continue
		}
		square = [4]Pixel{At(x, y), At(x+1, y), At(x+1, y+1), At(x, y+1)}
		if !slices.ContainsFunc(square[:], func(p Pixel) bool { return drawn[p] || a.hot.isVisited(p) }) {
			return square, true
		}
	}
	return square, false
}

// doubleArea returns twice the area of the loop, positive when it runs clockwise (y down).
func doubleArea(loop []Pixel) int64 {
	var sum int64
	p := loop[len(loop)-1]
	for _, q := range loop {
		sum += int64(p.X())*int64(q.Y()) - int64(q.X())*int64(p.Y())
		p = q
	}
	return sum
}
