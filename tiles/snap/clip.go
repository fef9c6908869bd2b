package snap

// node is where a ring enters a segment: the pixel of the entry, and the
// segment it then follows to the next node's pixel (an index, or border when it
// runs along a side of the box).
type node struct {
	at  Pixel
	seg int32
}

const border = -1

// The clipped ring is the image of the ring under the map that moves every
// point to the nearest one of the box. Inside the box nothing changes, what is
// outside turns into runs along the sides, and a point inside is surrounded
// exactly as often as before. Runs that go back over themselves cancel later,
// because edges are counted modulo 2.

// follow appends the part of the ring from p to q, without the pixel of q.
func (a *Arrangement) follow(p, q point) {
	if p == q {
		return
	}
	if d := max(abs(q.x-p.x), abs(q.y-p.y)); d > longest {
		m := point{(p.x + q.x) >> 1, (p.y + q.y) >> 1}
		a.follow(p, m)
		a.follow(m, q)
		return
	}
	far := a.grid.far()
	if p.x >= 0 && p.y >= 0 && q.x >= 0 && q.y >= 0 && p.x <= far && p.y <= far && q.x <= far && q.y <= far {
		a.enter(p, segment{p, q})
		return
	}
	a.clip(p, q, far)
}

// clip splits the way from p to q at the sides of the box.
func (a *Arrangement) clip(p, q point, far int64) {
	if (p.x < 0 && q.x < 0) || (p.x > far && q.x > far) || (p.y < 0 && q.y < 0) || (p.y > far && q.y > far) {
		a.run(p)
		return
	}
	s := segment{p, q}
	in, out := p, q
	if side := min(max(p.x, 0), far); side != p.x {
		in = point{side, s.yBetween(side)}
		a.run(p)
	}
	if side := min(max(q.x, 0), far); side != q.x {
		out = point{side, s.yBetween(side)}
	}
	switch {
	case (in.y < 0 && out.y < 0) || (in.y > far && out.y > far):
		a.run(in)
	default:
		entry, exit := in, out
		if side := min(max(in.y, 0), far); side != in.y {
			a.run(in)
			entry = point{s.xBetween(side), side}
		}
		if side := min(max(out.y, 0), far); side != out.y {
			exit = point{s.xBetween(side), side}
		}
		a.enter(entry, s)
		if exit != out {
			a.run(exit)
		}
	}
	if out != q {
		a.run(out)
	}
}

// yBetween is yAt for an x that may be one of the ends.
func (s segment) yBetween(x int64) int64 {
	if x == s.q.x {
		return s.q.y
	}
	return s.yAt(x)
}

func (s segment) xBetween(y int64) int64 {
	if y == s.q.y {
		return s.q.x
	}
	return s.xAt(y)
}

// enter appends a node that follows the segment from p on.
func (a *Arrangement) enter(p point, s segment) {
	at := a.grid.pixel(a.grid.clamp(p))
	if n := len(a.nodes); n > a.ringStart && a.nodes[n-1].seg == border && a.nodes[n-1].at == at {
		a.nodes = a.nodes[:n-1]
	}
	a.nodes = append(a.nodes, node{at, int32(len(a.segs))})
	a.segs = append(a.segs, s)
}

// run appends a node that runs along the box, beginning at the place of the box
// nearest to p. Of several runs along one side only the ends are kept.
func (a *Arrangement) run(p point) {
	at := a.grid.pixel(a.grid.clamp(p))
	a.clipped = true
	n := len(a.nodes)
	if n > a.ringStart && a.nodes[n-1].seg == border {
		last := a.nodes[n-1].at
		if last == at {
			return
		}
		if n-1 > a.ringStart && a.nodes[n-2].seg == border && a.sameSide(a.nodes[n-2].at, last, at) {
			n--
			a.nodes = a.nodes[:n]
		}
	}
	a.nodes = append(a.nodes, node{at, border})
}

func (a *Arrangement) sameSide(p, q, r Pixel) bool {
	end := a.grid.Size - 1
	x, y := p.X(), p.Y()
	return (x == q.X() && x == r.X() && (x == 0 || x == end)) || (y == q.Y() && y == r.Y() && (y == 0 || y == end))
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}
