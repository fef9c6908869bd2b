package geo

// locator finds what a connected part of an arrangement lies in.
type locator struct {
	*arrangement
	bins *bins
	seen []uint32 // the number of the last question that met an edge
	asks uint32
}

func (w *arrangement) newLocator() *locator {
	return &locator{arrangement: w, bins: newBins(w), seen: make([]uint32, len(w.edges))}
}

// around returns the features that a node is inside of, not counting borders
// that it lies on: those whose borders a ray from it to the left crosses an odd
// number of times. The node must be the leftmost of its part.
func (l *locator) around(n uint32) []int32 {
	l.asks++
	x, y := l.x[n], l.y[n]
	row := int((y - l.bins.y0) / l.bins.cell)
	last := row*l.bins.nx + int((x-l.bins.x0)/l.bins.cell)
	var label []int32
	for _, i := range l.bins.edges[l.bins.start[row*l.bins.nx]:l.bins.start[last+1]] {
		if l.seen[i] == l.asks {
			continue
		}
		l.seen[i] = l.asks
		a, b := l.edges[i].a, l.edges[i].b
		if l.y[a] > l.y[b] {
			a, b = b, a
		}
		if l.y[a] <= y && y < l.y[b] && (l.x[b]-l.x[a])*(y-l.y[a]) < (x-l.x[a])*(l.y[b]-l.y[a]) {
			label = symmetricDifference(label, l.edges[i].features)
		}
	}
	return label
}
