package snap

import "slices"

// collect follows the ways that have the inside on their right. At each vertex
// it takes the sharpest turn, so that a cycle bounds one connected area, and
// where a cycle comes back to a vertex it is split, so that loops are simple.
func (t *tracer) collect(out []Pixel, loops []Loop) ([]Pixel, []Loop) {
	t.outer, t.holes = t.outer[:0], t.holes[:0]
	t.place = resize(t.place, len(t.verts))
	for i := range t.place {
		t.place[i] = -1
	}
	base := len(loops)
	for i := range t.ways {
		if t.ways[i].state == inside {
			out, loops = t.follow(int32(i), out, loops)
		}
	}
	if len(t.holes) == 0 {
		return out, loops
	}
	return out, t.house(out, loops, base)
}

// follow traces the cycle that begins with a way and appends its exterior and
// the holes that touch it. Holes of a cycle without exterior go to t.holes.
func (t *tracer) follow(start int32, out []Pixel, loops []Loop) ([]Pixel, []Loop) {
	t.cycle = t.cycle[:0]
	firstHole, exterior := len(t.holes), false
	for i := start; ; {
		t.ways[i].state = traced
		v := t.ways[i].from
		out, exterior, loops = t.visit(v, out, exterior, loops)
		i = t.next(i)
		if i == start {
			break
		}
	}
	out, exterior, loops = t.split(0, out, exterior, loops)
	if exterior {
		for _, h := range t.holes[firstHole:] {
			loops = append(loops, Loop{Pixels: out[h.from:h.to:h.to], Hole: true})
		}
		t.holes = t.holes[:firstHole]
	}
	return out, loops
}

// next returns the way after i along the same boundary: the one before the way
// back, clockwise, as the inside lies between the two.
func (t *tracer) next(i int32) int32 {
	v, k := t.ways[i].to, t.ways[i].back
	if k == t.first[v] {
		k = t.first[v+1]
	}
	return k - 1
}

// visit adds a vertex to the cycle, splitting off the loop it closes, if any.
func (t *tracer) visit(v int32, out []Pixel, exterior bool, loops []Loop) ([]Pixel, bool, []Loop) {
	if t.place[v] >= 0 {
		out, exterior, loops = t.split(t.place[v], out, exterior, loops)
	}
	t.place[v] = int32(len(t.cycle))
	t.cycle = append(t.cycle, v)
	return out, exterior, loops
}

// split takes the loop that begins at that position off the end of the cycle.
func (t *tracer) split(at int32, out []Pixel, exterior bool, loops []Loop) ([]Pixel, bool, []Loop) {
	from := int32(len(out))
	for _, v := range t.cycle[at:] {
		out = append(out, t.verts[v])
		t.place[v] = -1
	}
	t.cycle = t.cycle[:at]
	to := int32(len(out))
	if ring := out[from:to:to]; doubleArea(ring) > 0 {
		t.outer = append(t.outer, int32(len(loops)))
		return out, true, append(loops, Loop{Pixels: ring})
	}
	t.holes = append(t.holes, hole{from, to})
	return out, exterior, loops
}

// house puts each hole behind the smallest exterior that holds it.
func (t *tracer) house(out []Pixel, loops []Loop, base int) []Loop {
	homes := make(map[int32][]hole, len(t.holes))
	for _, h := range t.holes {
		ring := out[h.from:h.to]
		home, least := int32(-1), int64(0)
		for _, o := range t.outer {
			if size := doubleArea(loops[o].Pixels); (home < 0 || size < least) && holds(loops[o].Pixels, ring) {
				home, least = o, size
			}
		}
		homes[home] = append(homes[home], h)
	}
	placed := slices.Clone(loops[base:])
	loops = loops[:base]
	for i, l := range placed {
		loops = append(loops, l)
		if l.Hole {
			continue
		}
		for _, h := range homes[int32(base+i)] {
			loops = append(loops, Loop{Pixels: out[h.from:h.to:h.to], Hole: true})
		}
	}
	return loops
}

// holds reports whether the middle of the ring's first edge lies in the loop.
// No two loops share a part of an edge, so it never lies on it.
func holds(loop, ring []Pixel) bool {
	x, y := int64(ring[0].X()+ring[1].X()), int64(ring[0].Y()+ring[1].Y())
	odd := false
	p := loop[len(loop)-1]
	for _, q := range loop {
		px, py, qx, qy := 2*int64(p.X()), 2*int64(p.Y()), 2*int64(q.X()), 2*int64(q.Y())
		if (py <= y) != (qy <= y) {
			if c := (qx-px)*(y-py) - (qy-py)*(x-px); (c < 0) == (qy > py) {
				odd = !odd
			}
		}
		p = q
	}
	return odd
}
