package snap

import "context"

// crossings bins segments into square cells so that only near ones are compared.
type crossings struct {
	start []int32 // cell c holds item[start[c]:start[c+1]]
	item  []int32
	fill  []int32
}

// markCrossings finds every pixel in which two segments cross. Segments
// that only touch do so at an end, whose pixel is hot already.
func (a *Arrangement) markCrossings(ctx context.Context) error {
	shift := cellShift(len(a.segs), a.grid.Size)
	across := (a.grid.Size-1)>>shift + 1
	c := &a.grider
	c.start = resize(c.start, int(across*across)+1)
	clear(c.start)
	a.bin(shift, across, func(cell, _ int32) { c.start[cell+1]++ })
	for i := 1; i < len(c.start); i++ {
		c.start[i] += c.start[i-1]
	}
	c.item = resize(c.item, int(c.start[len(c.start)-1]))
	c.fill = append(c.fill[:0], c.start...)
	a.bin(shift, across, func(cell, seg int32) {
		c.item[c.fill[cell]] = seg
		c.fill[cell]++
	})
	for cell := range c.fill[:len(c.fill)-1] {
		if cell&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		items := c.item[c.start[cell]:c.start[cell+1]]
		for i, s := range items {
			for _, t := range items[i+1:] {
				a.markCrossing(&a.segs[s], &a.segs[t])
			}
		}
	}
	return nil
}

// cellShift chooses cells so that there are about as many of them as segments,
// from 8 to 1024 pixels wide.
func cellShift(segments int, size int32) uint {
	shift := uint(10)
	for shift > 3 && int(size>>shift)*int(size>>shift)*2 < segments {
		shift--
	}
	return shift
}

// bin calls visit for each cell that each segment may touch.
func (a *Arrangement) bin(shift uint, across int32, visit func(cell, seg int32)) {
	for r := 0; r+1 < len(a.rings); r++ {
		nodes := a.nodes[a.rings[r]:a.rings[r+1]]
		for i, n := range nodes {
			next := nodes[0].at
			if i+1 < len(nodes) {
				next = nodes[i+1].at
			}
			if n.seg == border || n.at == next {
				continue
			}
			l := newLine(n.at, next)
			l.aim(a.grid, &a.segs[n.seg])
			for cy := l.top >> shift; cy <= l.bottom>>shift; cy++ {
				first, last := l.columns(cy<<shift, (cy+1)<<shift-1)
				for cx := first >> shift; cx <= last>>shift; cx++ {
					visit(cy*across+cx, n.seg)
				}
			}
		}
	}
}

func (a *Arrangement) markCrossing(s, t *segment) {
	if max(s.p.x, s.q.x) < min(t.p.x, t.q.x) || max(t.p.x, t.q.x) < min(s.p.x, s.q.x) ||
		max(s.p.y, s.q.y) < min(t.p.y, t.q.y) || max(t.p.y, t.q.y) < min(s.p.y, s.q.y) {
		return
	}
	if s.p == t.p || s.p == t.q || s.q == t.p || s.q == t.q {
		return
	}
	if !apart(cross(s.p, s.q, t.p), cross(s.p, s.q, t.q)) {
		return
	}
	d, e := cross(t.p, t.q, s.p), cross(t.p, t.q, s.q)
	if !apart(d, e) {
		return
	}
	n := uint64(abs(d))
	m := n + uint64(abs(e))
	at := point{along(s.p.x, s.q.x-s.p.x, n, m), along(s.p.y, s.q.y-s.p.y, n, m)}
	if far := a.grid.far(); at.x >= 0 && at.y >= 0 && at.x <= far && at.y <= far {
		a.crossed = append(a.crossed, a.grid.pixel(at))
	}
}

func apart(d, e int64) bool { return (d < 0 && e > 0) || (d > 0 && e < 0) }

func resize(s []int32, n int) []int32 {
	if n <= cap(s) {
		return s[:n]
	}
	return make([]int32, n, n+n/4)
}
