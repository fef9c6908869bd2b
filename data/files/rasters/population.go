package rasters

import (
	"context"
	"fmt"
	"math"

	"github.com/petadesa/petadesa/geo/lattice"
)

const populationMethod = "people of a pixel go to the cells it covers by shares of its area"

// maxPeople of a pixel: more than live on any square kilometre.
const maxPeople = 1e6

// share is a part of a pixel that lies in a cell.
type share struct {
	pixel, cell int // the cell counted from the first of the part
	part        float64
}

// people adds the people of a file to the cells of the block within the window.
func (p *pixels) people(ctx context.Context, b lattice.Block, w lattice.Window, values []float32) error {
	whole := b.Window()
	part := whole.Intersect(w)
	if part.Empty() {
		return nil
	}
	xs := shares((p.west+180)*lattice.PerDegree, p.stepX*lattice.PerDegree, p.width, float64(part.Col), int(part.Width))
	ys := shares((90-p.north)*lattice.PerDegree, -p.stepY*lattice.PerDegree, p.height, float64(part.Row), int(part.Height))
	if len(xs) == 0 || len(ys) == 0 {
		return nil
	}
	x0, x1 := ends(xs)
	y0, y1 := ends(ys)
	width := x1 - x0 + 1
	from := make([]float64, width*(y1-y0+1))
	if err := p.read(ctx, x0, y0, width, y1-y0+1, from); err != nil {
		return err
	}
	for i, v := range from {
		if v < 0 || v > maxPeople { // NaN is neither
			return fmt.Errorf("%g people in column %d, row %d: want 0 to %g, or the no-data value that the file names", v, x0+i%width+1, y0+i/width+1, float64(maxPeople))
		}
	}
	sums := make([]float64, part.Len())
	for i := range sums {
		sums[i] = math.NaN()
	}
	for _, y := range ys {
		for _, x := range xs {
			v := from[(y.pixel-y0)*width+x.pixel-x0]
			if math.IsNaN(v) {
				continue
			}
			at := &sums[y.cell*int(part.Width)+x.cell]
			if math.IsNaN(*at) {
				*at = 0
			}
			*at += v * x.part * y.part
		}
	}
	for i, v := range sums {
		if !math.IsNaN(v) {
			values[whole.Index(part.Cell(i))] = float32(v)
		}
	}
	return nil
}

// shares lists the parts of n pixels, of which the first begins at a place of the
// lattice and each is a step long (backwards if it is negative), that lie in so
// many cells from the first. Borders that coincide but for rounding do so.
func shares(start, step float64, n int, first float64, cells int) (list []share) {
	a, b := (first-start)/step, (first+float64(cells)-start)/step
	low, high := int(max(math.Floor(min(a, b))-1, 0)), int(min(math.Ceil(max(a, b))+1, float64(n)))
	for i := low; i < high; i++ {
		from, to := border(start+float64(i)*step), border(start+float64(i+1)*step)
		if from > to {
			from, to = to, from
		}
		for c := max(math.Floor(from), first); c < min(to, first+float64(cells)); c++ {
			if inside := min(to, c+1) - max(from, c); inside > 0 {
				list = append(list, share{i, int(c - first), inside / (to - from)})
			}
		}
	}
	return list
}

// border is the border of cells that a place is meant to be at, or the place.
func border(x float64) float64 {
	if r := math.Round(x); math.Abs(x-r) < 0.02 {
		return r
	}
	return x
}

func ends(list []share) (first, last int) {
	first, last = list[0].pixel, list[0].pixel
	for _, s := range list {
		first, last = min(first, s.pixel), max(last, s.pixel)
	}
	return first, last
}
