package rasters

import (
	"context"
	"fmt"
	"math"

	"github.com/petadesa/petadesa/geo/lattice"
)

// Heights on land and a little below it; what is outside is not metres, or its
// bytes are swapped.
const minHeight, maxHeight = -500, 9000

const elevationMethod = "heights at the posts of 3 arc-seconds: the file's own where it has one there, else interpolated between four; whole metres"

// heights puts the heights of a file at the posts of the block within the window
// into values, where the file has any.
func (p *pixels) heights(ctx context.Context, b lattice.Block, w lattice.Window, values []float32) error {
	whole := b.Window()
	part := whole.Intersect(w)
	if part.Empty() {
		return nil
	}
	// Posts in the middles of pixels, counted from the first.
	xs, ys := make([]float64, part.Width), make([]float64, part.Height)
	for i := range xs {
		xs[i] = snap((lattice.Lon(float64(part.Col)+float64(i))-p.west)/p.stepX - 0.5)
	}
	for i := range ys {
		ys[i] = snap((lattice.Lat(float64(part.Row)+float64(i))-p.north)/p.stepY - 0.5)
	}
	x0, x1 := span(xs, p.width)
	y0, y1 := span(ys, p.height)
	if x0 > x1 || y0 > y1 {
		return nil
	}
	width := x1 - x0 + 1
	from := make([]float64, width*(y1-y0+1))
	if err := p.read(ctx, x0, y0, width, y1-y0+1, from); err != nil {
		return err
	}
	for i, v := range from {
		if v < minHeight || v > maxHeight { // NaN is neither
			return fmt.Errorf("height %g in column %d, row %d: want metres, %d to %d", v, x0+i%width+1, y0+i/width+1, minHeight, maxHeight)
		}
	}
	for j, y := range ys {
		for i, x := range xs {
			if x < float64(x0) || x > float64(x1) || y < float64(y0) || y > float64(y1) {
				continue
			}
			h := between(from, width, x-float64(x0), y-float64(y0))
			if h == h {
				values[whole.Index(lattice.Cell{Col: part.Col + int32(i), Row: part.Row + int32(j)})] = float32(math.Round(h))
			}
		}
	}
	return nil
}

// snap takes a place that is a sample's but for rounding for the sample's.
func snap(x float64) float64 {
	if r := math.Round(x); math.Abs(x-r) < 0.01 {
		return r
	}
	return x
}

// span returns the first and last of n pixels that the places lie between; the
// first is greater when there is none.
func span(places []float64, n int) (first, last int) {
	a, b := places[0], places[len(places)-1]
	return int(max(math.Floor(min(a, b)), 0)), int(min(math.Ceil(max(a, b)), float64(n-1)))
}

// between interpolates between the samples around a place; NaN when one that
// counts is missing.
func between(v []float64, width int, x, y float64) float64 {
	i, j := int(x), int(y)
	x, y = x-float64(i), y-float64(j)
	var sum float64
	for _, c := range [4]struct {
		at     int
		weight float64
	}{
		{j*width + i, (1 - x) * (1 - y)},
		{j*width + i + 1, x * (1 - y)},
		{(j+1)*width + i, (1 - x) * y},
		{(j+1)*width + i + 1, x * y},
	} {
		if c.weight > 0 {
			sum += c.weight * v[c.at]
		}
	}
	return sum
}
