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

// once reports whether the rings visit no pixel twice and none can lie inside
// another. As rounded segments meet only in pixels that both visit, such rings
// are simple, and each is an exterior.
func (a *Arrangement) once(from, to int32) bool {
	if to-from > 1 && !a.aside(from, to) {
		return false
	}
	chain := a.chain[a.chained[from]:a.chained[to]]
	for i, p := range chain {
		if !a.seen.add(p) {
			a.seen.remove(chain[:i])
			return false
		}
	}
	a.seen.remove(chain)
	for r := from; r < to; r++ {
		if n := a.chained[r+1] - a.chained[r]; n == 1 || n == 2 {
			return false
		}
	}
	return true
}

// aside reports whether no ring's bounds meet another's, for few enough rings
// that looking at all pairs is cheap.
func (a *Arrangement) aside(from, to int32) bool {
	if to-from > 16 {
		return false
	}
	a.bounds = a.bounds[:0]
	for r := from; r < to; r++ {
		ring := a.chain[a.chained[r]:a.chained[r+1]]
		if len(ring) == 0 {
			continue
		}
		b := [4]int32{ring[0].X(), ring[0].Y(), ring[0].X(), ring[0].Y()}
		for _, p := range ring[1:] {
			b[0], b[2] = min(b[0], p.X()), max(b[2], p.X())
			b[1], b[3] = min(b[1], p.Y()), max(b[3], p.Y())
		}
		for _, c := range a.bounds {
			if b[0] <= c[2] && c[0] <= b[2] && b[1] <= c[3] && c[1] <= b[3] {
				return false
			}
		}
		a.bounds = append(a.bounds, b)
	}
	return true
}

// keep keeps rings as they are, but clockwise.
func (a *Arrangement) keep(from, to int32) {
	for r := from; r < to; r++ {
		chain := a.chain[a.chained[r]:a.chained[r+1]]
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
		ring := a.chain[a.chained[r]:a.chained[r+1]]
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
	var used []Pixel
	use := func(ps []Pixel) {
		for _, p := range ps {
			a.seen.add(p)
		}
		used = append(used, ps...)
	}
	for i := range a.polygons {
		if len(a.polygons[i].bounds) > 0 {
			from, to := a.ringsOf(i)
			use(a.chain[a.chained[from]:a.chained[to]])
		}
	}
	for _, i := range a.small {
		first := a.nodes[a.rings[a.polygons[i].rings]].at
		if square, ok := a.freeSquare(first); ok {
			start := len(a.out)
			a.out = append(a.out, square[:]...)
			a.loops = append(a.loops, Loop{Pixels: a.out[start:len(a.out):len(a.out)]})
			a.polygons[i].bounds = a.loops[len(a.loops)-1 : len(a.loops) : len(a.loops)]
			use(square[:])
		}
	}
	a.seen.remove(used)
}

// freeSquare returns a square with p as one corner, none of which is in use.
func (a *Arrangement) freeSquare(p Pixel) (square [4]Pixel, ok bool) {
	for _, d := range [4][2]int32{{0, 0}, {-1, 0}, {0, -1}, {-1, -1}} {
		x, y := p.X()+d[0], p.Y()+d[1]
		if x < 0 || y < 0 || x+1 >= a.grid.Size || y+1 >= a.grid.Size {
			continue
		}
		square = [4]Pixel{At(x, y), At(x+1, y), At(x+1, y+1), At(x, y+1)}
		if !slices.ContainsFunc(square[:], a.seen.has) {
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
