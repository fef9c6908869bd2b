package snap

// bands walks a segment through bands of rows, each 1<<shift high, from one end
// to the other, and tells the columns it may touch in each. It errs by at most
// one column too many on either side, never by one too few.
type bands struct {
	band, last, step int32 // the present band, the last one, and which way
	left, right      int32 // all columns of the segment
	x, perBand       float64
	level            bool // all in one band
}

// newBands takes the columns and rows in which the segment is walked.
func newBands(g Grid, s segment, from, to Pixel, shift uint) bands {
	x0, y0, x1, y1 := from.X(), from.Y(), to.X(), to.Y()
	b := bands{band: y0 >> shift, last: y1 >> shift, step: 1, left: min(x0, x1), right: max(x0, x1)}
	if b.band == b.last {
		b.level = true
		return b
	}
	unit := 1 / float64(int64(1)<<g.Shift)
	slope := float64(s.q.x-s.p.x) / float64(s.q.y-s.p.y)
	edge := float64(b.band<<shift) - 0.5 // where the walk enters the first band
	if y1 < y0 {
		b.step = -1
		edge += float64(int32(1) << shift)
	}
	// Half a column more, as a column reaches that far to either side.
	b.x = float64(s.p.x)*unit + (edge-float64(s.p.y)*unit)*slope + 0.5
	b.perBand = slope * float64(b.step*(1<<shift))
	return b
}

// columns returns the first and the last column of the present band.
func (b *bands) columns() (first, last int32) {
	if b.level {
		return b.left, b.right
	}
	low, high := b.x, b.x+b.perBand
	if low > high {
		low, high = high, low
	}
	const slack = 1.0 / 64 // far more than rounding
	left, right := float64(b.left), float64(b.right)
	return int32(min(max(low-slack, left), right)), int32(max(min(high+slack, right), left))
}

// next moves to the next band and reports whether there is one.
func (b *bands) next() bool {
	if b.band == b.last {
		return false
	}
	b.band += b.step
	b.x += b.perBand
	return true
}
