package geo

import "math"

// grid finds the nodes of a graph that lie in a triangle.
type grid struct {
	x0, y0 float64
	cell   float64
	nx, ny int
	start  []uint32 // nodes of cell c are nodes[start[c]:start[c+1]]
	nodes  []uint32
}

// newGrid sorts the nodes that are left into about as many cells.
func newGrid(g *graph, gone []bool) grid {
	minX, minY, maxX, maxY, n := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1), 0
	for v := range g.x {
		if gone[v] {
			continue
		}
		n++
		minX, maxX = min(minX, float64(g.x[v])), max(maxX, float64(g.x[v]))
		minY, maxY = min(minY, float64(g.y[v])), max(maxY, float64(g.y[v]))
	}
	if n == 0 {
		return grid{cell: 1}
	}
	w, h := maxX-minX+1, maxY-minY+1
	cell := max(1, math.Sqrt(w*h/float64(n)), w/1e4, h/1e4)
	c := grid{x0: minX, y0: minY, cell: cell, nx: int(w/cell) + 1, ny: int(h/cell) + 1}
	c.start = make([]uint32, c.nx*c.ny+1)
	for v := range g.x {
		if !gone[v] {
			c.start[c.at(g, v)+1]++
		}
	}
	for i := 1; i < len(c.start); i++ {
		c.start[i] += c.start[i-1]
	}
	fill := make([]uint32, c.nx*c.ny)
	c.nodes = make([]uint32, n)
	for v := range g.x {
		if !gone[v] {
			i := c.at(g, v)
			c.nodes[c.start[i]+fill[i]] = uint32(v)
			fill[i]++
		}
	}
	return c
}

func (c *grid) at(g *graph, v int) int {
	return int((float64(g.y[v])-c.y0)/c.cell)*c.nx + int((float64(g.x[v])-c.x0)/c.cell)
}

// occupied reports whether a node that is left, other than the three corners,
// lies in the triangle or on its edge.
func (c *grid) occupied(g *graph, gone []bool, a, b, d uint32) bool {
	tx := [3]float64{float64(g.x[a]) - c.x0, float64(g.x[b]) - c.x0, float64(g.x[d]) - c.x0}
	ty := [3]float64{float64(g.y[a]) - c.y0, float64(g.y[b]) - c.y0, float64(g.y[d]) - c.y0}
	first, last := int(min(ty[0], ty[1], ty[2])/c.cell), int(max(ty[0], ty[1], ty[2])/c.cell)
	for row := first; row <= last; row++ {
		low, high := span(tx, ty, float64(row)*c.cell, float64(row+1)*c.cell)
		from, to := max(0, int(low/c.cell)), min(c.nx-1, int(high/c.cell))
		if from > to {
			continue
		}
		for _, v := range c.nodes[c.start[row*c.nx+from]:c.start[row*c.nx+to+1]] {
			if v != a && v != b && v != d && !gone[v] && g.within(v, a, b, d) {
				return true
			}
		}
	}
	return false
}

// span returns the range of x that a triangle takes in a strip of y, a little
// wider than it is.
func span(tx, ty [3]float64, low, high float64) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	take := func(x float64) { from, to = min(from, x-1), max(to, x+1) }
	for i := range 3 {
		j := (i + 1) % 3
		x0, y0, x1, y1 := tx[i], ty[i], tx[j], ty[j]
		if y0 > y1 {
			x0, y0, x1, y1 = x1, y1, x0, y0
		}
		if y1 < low || y0 > high {
			continue
		}
		at := func(y float64) float64 {
			if y1 == y0 {
				return x0
			}
			return x0 + (x1-x0)*(y-y0)/(y1-y0)
		}
		take(at(max(y0, low)))
		take(at(min(y1, high)))
		if y0 == y1 {
			take(x1)
		}
	}
	return from, to
}

func (g *graph) within(v, a, b, d uint32) bool {
	side := func(p, q uint32) float64 { return cross(g.x[p], g.y[p], g.x[q], g.y[q], g.x[v], g.y[v]) }
	s1, s2, s3 := side(a, b), side(b, d), side(d, a)
	return s1 >= 0 && s2 >= 0 && s3 >= 0 || s1 <= 0 && s2 <= 0 && s3 <= 0
}
