package snap

// line tells which columns a segment may touch in given rows, at most one too
// many on either side.
type line struct {
	left, right, top, bottom int32 // the pixels it is walked within
	leftward, upward         bool
	x, y, slope              float64 // a point of it, in pixels; columns per row
}

// newLine returns the line of a segment between two pixels. Its columns are
// asked for after aim.
func newLine(from, to Pixel) line {
	x0, y0, x1, y1 := from.X(), from.Y(), to.X(), to.Y()
	return line{left: min(x0, x1), right: max(x0, x1), top: min(y0, y1), bottom: max(y0, y1), leftward: x1 < x0, upward: y1 < y0}
}

func (l *line) aim(g Grid, s *segment) {
	if l.top != l.bottom {
		unit := 1 / float64(int64(1)<<g.Shift)
		l.x, l.y = float64(s.p.x)*unit, float64(s.p.y)*unit
		l.slope = float64(s.q.x-s.p.x) / float64(s.q.y-s.p.y)
	}
}

// columns returns the first and the last column that the segment may touch in
// the rows from top to bottom.
func (l *line) columns(top, bottom int32) (first, last int32) {
	if l.top >= top && l.bottom <= bottom {
		return l.left, l.right
	}
	// A row reaches half a pixel further on either side, and so does a column.
	// What is added beyond that is far more than rounding.
	const reach = 0.5 + 1.0/64
	a := l.x + (float64(top)-0.5-l.y)*l.slope
	b := l.x + (float64(bottom)+0.5-l.y)*l.slope
	if a > b {
		a, b = b, a
	}
	left, right := float64(l.left), float64(l.right)
	return int32(min(max(a+1-reach, left), right)), int32(max(min(b+reach, right), left))
}
