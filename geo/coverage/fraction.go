package coverage

import (
	"math"

	"github.com/paulmach/orb"
)

// window is the area of a polygon in each cell of its bounds, as a fraction of
// the cell. Within a cell of 92 m the ellipsoid is flat to 1e-6, so that the
// fraction of the plane is that of the ground.
type window struct {
	col, row   int32 // of the north-west cell
	cols, rows int32
	share      []float64
}

// newWindow measures a polygon or multipolygon: each side adds the signed area
// between it and the east, cut at the borders of cells; a running sum along
// each row then is the area inside (as font rasterisers do, but not rounded).
// Holes are subtracted whichever way they turn.
func newWindow(g orb.MultiPolygon) *window {
	bound := g.Bound()
	west, south := position(bound.Min)
	east, north := position(bound.Max)
	w := &window{col: int32(math.Floor(west)), row: int32(math.Floor(north))}
	w.cols, w.rows = int32(math.Floor(east))-w.col+2, int32(math.Floor(south))-w.row+1
	w.share = make([]float64, int(w.cols)*int(w.rows))
	for _, p := range g {
		for i, r := range p {
			sign := 1.0
			if (r.Orientation() == orb.CCW) == (i > 0) {
				sign = -1
			}
			for k := range r {
				ax, ay := position(r[k])
				bx, by := position(r[(k+1)%len(r)])
				w.side(ax-float64(w.col), ay-float64(w.row), bx-float64(w.col), by-float64(w.row), sign)
			}
		}
	}
	for y := range w.rows {
		row := w.share[y*w.cols : (y+1)*w.cols]
		sum := 0.0
		for x := range row {
			sum += row[x]
			row[x] = snap(sum)
		}
	}
	return w
}

// snap removes what rounding left.
func snap(f float64) float64 {
	const noise = 1e-7
	switch {
	case f < noise:
		return 0
	case f > 1-noise:
		return 1
	}
	return f
}

// side adds one side, cut at rows.
func (w *window) side(x0, y0, x1, y1, sign float64) {
	if y0 == y1 {
		return
	}
	if y0 > y1 {
		x0, y0, x1, y1, sign = x1, y1, x0, y0, -sign
	}
	slope := (x1 - x0) / (y1 - y0)
	for y := y0; y < y1; {
		row := math.Floor(y)
		next := min(row+1, y1)
		w.strip(int(row), x0+slope*(y-y0), x0+slope*(next-y0), (next-y)*sign)
		y = next
	}
}

// strip adds a piece of a side within a row, from xa to xb, of signed height h,
// cut at columns. What goes from north to south on the west side of a ring that
// turns counter-clockwise encloses what is east of it.
func (w *window) strip(row int, xa, xb, h float64) {
	if row < 0 || row >= int(w.rows) {
		return
	}
	if xa > xb {
		xa, xb = xb, xa
	}
	acc := w.share[row*int(w.cols) : (row+1)*int(w.cols)]
	last := len(acc) - 2
	if xb-xa < 1e-12 {
		c := min(max(int(math.Floor(xa)), 0), last)
		east := float64(c+1) - (xa+xb)/2
		acc[c] += h * east
		acc[c+1] += h * (1 - east)
		return
	}
	for x := xa; x < xb; {
		col := math.Floor(x)
		next := min(col+1, xb)
		part := h * (next - x) / (xb - xa)
		c := min(max(int(col), 0), last)
		east := float64(c+1) - (x+next)/2
		acc[c] += part * east
		acc[c+1] += part * (1 - east)
		x = next
	}
}
