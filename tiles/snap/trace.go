package snap

import (
	"math/bits"
	"slices"
)

// tracer turns a set of edges, an even number of which end at every vertex and
// none of which cross, into the boundary of the area they enclose.
type tracer struct {
	ends  []uint64 // both directions of each edge, ascending
	verts []Pixel  // in ascending order
	first []int32  // the ways out of vertex v are first[v] to first[v+1], clockwise from west
	slots []int32  // hash table of vertices, plus one
	shift uint
	ways  []way
	queue []int32
	cycle []int32
	place []int32 // position of a vertex in the cycle being split, or -1
	outer []int32 // loops of the answer that are exteriors
	holes []hole
}

// way is one direction of an edge.
type way struct {
	from, to int32
	back     int32 // the same edge from the other end
	state    uint8
}

const (
	unknown uint8 = iota
	outside       // what lies to the right of the way
	inside
	traced // inside, and already part of a loop
)

type hole struct{ from, to int32 } // a part of the output

// loops appends the boundary loops of the area enclosed by edges (ascending,
// lesser pixel in the upper half) to out and loops.
func (t *tracer) loops(edges []uint64, out []Pixel, loops []Loop) ([]Pixel, []Loop) {
	t.link(edges)
	t.sides(edges)
	return t.collect(out, loops)
}

// link makes the ways and puts those out of each vertex in order.
func (t *tracer) link(edges []uint64) {
	t.ends = t.ends[:0]
	for _, e := range edges {
		t.ends = append(t.ends, e, e<<32|e>>32)
	}
	slices.Sort(t.ends)
	t.verts, t.first = t.verts[:0], t.first[:0]
	for i, e := range t.ends {
		if p := Pixel(e >> 32); len(t.verts) == 0 || t.verts[len(t.verts)-1] != p {
			t.verts, t.first = append(t.verts, p), append(t.first, int32(i))
		}
	}
	t.first = append(t.first, int32(len(t.ends)))
	t.number()
	t.ways = t.ways[:0]
	for v := range t.verts {
		for _, e := range t.ends[t.first[v]:t.first[v+1]] {
			t.ways = append(t.ways, way{from: int32(v), to: t.vertex(Pixel(e))})
		}
		if out := t.ways[t.first[v]:]; len(out) > 1 {
			slices.SortFunc(out, func(a, b way) int { return t.turn(int32(v), a.to, b.to) })
		}
	}
	for i := range t.ways {
		t.ways[i].back = t.find(t.ways[i].to, t.ways[i].from)
	}
}

// number makes the hash table of vertices.
func (t *tracer) number() {
	size := uint(bits.Len(uint(len(t.verts))) + 1)
	t.slots, t.shift = resize(t.slots, 1<<size), 32-size
	clear(t.slots)
	for v, p := range t.verts {
		h := t.hash(p)
		for t.slots[h] != 0 {
			h = (h + 1) & uint32(len(t.slots)-1)
		}
		t.slots[h] = int32(v + 1)
	}
}

func (t *tracer) hash(p Pixel) uint32 { return uint32(p) * 0x9e3779b1 >> t.shift }

// vertex returns the number of the vertex at p.
func (t *tracer) vertex(p Pixel) int32 {
	h := t.hash(p)
	for t.verts[t.slots[h]-1] != p {
		h = (h + 1) & uint32(len(t.slots)-1)
	}
	return t.slots[h] - 1
}

func (t *tracer) find(from, to int32) int32 {
	for i := t.first[from]; i < t.first[from+1]; i++ {
		if t.ways[i].to == to {
			return i
		}
	}
	return -1
}

// turn orders two ways out of a vertex clockwise (y down), beginning west.
func (t *tracer) turn(from, a, b int32) int {
	o := t.verts[from]
	ax, ay := int64(t.verts[a].X()-o.X()), int64(t.verts[a].Y()-o.Y())
	bx, by := int64(t.verts[b].X()-o.X()), int64(t.verts[b].Y()-o.Y())
	ha, hb := half(ax, ay), half(bx, by)
	if ha != hb {
		return ha - hb
	}
	switch c := ax*by - ay*bx; {
	case c > 0:
		return -1
	case c < 0:
		return 1
	}
	return 0
}

// half tells the directions from west over north up to east, 0, from the rest, 1.
func half(x, y int64) int {
	if y < 0 || (y == 0 && x < 0) {
		return 0
	}
	return 1
}

// sides finds for every way what lies to its right. Each connected piece is
// entered at its first vertex, which has nothing of the piece to its west:
// what lies there is told by counting the edges further west.
func (t *tracer) sides(edges []uint64) {
	for v := range t.verts {
		if t.ways[t.first[v]].state != unknown {
			continue
		}
		t.around(int32(v), t.first[v], crossedWest(edges, t.verts[v]))
		t.queue = append(t.queue[:0], int32(v))
		for len(t.queue) > 0 {
			u := t.queue[len(t.queue)-1]
			t.queue = t.queue[:len(t.queue)-1]
			for i := t.first[u]; i < t.first[u+1]; i++ {
				w := t.ways[i]
				if t.ways[w.back].state != unknown {
					continue
				}
				// The left of the way out is the right of the way back.
				t.around(w.to, w.back, w.state == inside)
				t.queue = append(t.queue, w.to)
			}
		}
	}
}

// around sets the states of all ways out of v, given whether the area to the
// left of way i, one of them, is inside.
func (t *tracer) around(v, i int32, left bool) {
	n := t.first[v+1] - t.first[v]
	for k := range n {
		left = !left
		state := outside
		if left {
			state = inside
		}
		t.ways[t.first[v]+(i-t.first[v]+k)%n].state = state
	}
}

// crossedWest reports whether an odd number of edges pass west of p.
func crossedWest(edges []uint64, p Pixel) bool {
	odd := false
	for _, e := range edges {
		a, b := Pixel(e>>32), Pixel(e)
		if a.X() >= p.X() {
			break // edges are in order of their lesser, western end
		}
		if (a.Y() <= p.Y()) == (b.Y() <= p.Y()) {
			continue
		}
		c := int64(b.X()-a.X())*int64(p.Y()-a.Y()) - int64(b.Y()-a.Y())*int64(p.X()-a.X())
		if (c < 0) == (b.Y() > a.Y()) {
			odd = !odd
		}
	}
	return odd
}
