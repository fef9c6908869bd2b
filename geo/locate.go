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
// number of times. The node must be the leftmost of its part. It also returns
// the half-edge that the ray meets first, with what lies to the right of it on
// its left side; none when it meets nothing.
func (l *locator) around(n uint32) (label []int32, first uint32, met bool) {
	l.asks++
	x, y := l.x[n], l.y[n]
	row := int((y - l.bins.y0) / l.bins.cell)
	last := row*l.bins.nx + int((x-l.bins.x0)/l.bins.cell)
	var nearest, slope float64
	for _, i := range l.bins.edges[l.bins.start[row*l.bins.nx]:l.bins.start[last+1]] {
		if l.seen[i] == l.asks {
			continue
		}
		l.seen[i] = l.asks
		half := 2*i + 1 // runs from b to a: what is right of an edge from a up to b is on its left
		a, b := l.edges[i].a, l.edges[i].b
		if l.y[a] > l.y[b] {
			a, b, half = b, a, 2*i
		}
		dx, dy := l.x[b]-l.x[a], l.y[b]-l.y[a]
		if l.y[a] > y || y >= l.y[b] || dx*(y-l.y[a]) >= (x-l.x[a])*dy {
			continue
		}
		label = symmetricDifference(label, l.edges[i].features)
		s := float64(dx) / float64(dy)
		if at := float64(l.x[a]) + s*float64(y-l.y[a]); !met || at > nearest || at == nearest && s > slope {
			met, first, nearest, slope = true, half, at, s
		}
	}
	return label, first, met
}
