package coverage

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// stretch is a piece of a road within one cell.
type stretch struct {
	spot
	class  uint8  // position among the classes of lines
	length uint16 // decimetres
}

// wanted reports whether the stretch is of a class that counts; nil: all do.
func (s *stretch) wanted(classes []bool) bool {
	return classes == nil || int(s.class) < len(classes) && classes[s.class]
}

// lines are the roads, cut at the borders of cells, by village. A piece belongs
// to the village that its middle lies in.
type lines struct {
	classes   []string
	stretches []stretch
	from      []int32 // of village v: stretches[from[v]:from[v+1]]
}

// newLines cuts the roads. Lengths are rounded along each line, so that its
// pieces add up to its length.
func newLines(g *Ground, o *owners, roads *geo.Layer) *lines {
	n := g.villages.Len()
	l := &lines{from: make([]int32, n+1)}
	if roads == nil {
		return l
	}
	class := roads.Column("class")
	if class != nil && class.Field.Type == geo.String {
		l.classes = class.Words()
	} else {
		class = nil
	}
	type owned struct {
		stretch
		village int32
	}
	var all []owned
	for i := range roads.Len() {
		kind := uint8(math.MaxUint8)
		if class != nil && class.Has(i) && class.Word(i) < math.MaxUint8 {
			kind = uint8(class.Word(i))
		}
		eachLine(roads.Geometry(i), func(line orb.LineString) {
			var metres float64
			var given int64
			for k := 1; k < len(line); k++ {
				cut(line[k-1], line[k], func(x, y, part float64) {
					metres += part
					up := int64(math.Round(metres * 10))
					length := uint16(min(up-given, math.MaxUint16))
					given = up
					at, ok := g.Grid.spotAt(x, y)
					if !ok || length == 0 {
						return
					}
					if v := o.village(at); v >= 0 {
						all = append(all, owned{stretch{at, kind, length}, v})
					}
				})
			}
		})
	}
	for _, s := range all {
		l.from[s.village+1]++
	}
	for v := range n {
		l.from[v+1] += l.from[v]
	}
	l.stretches = make([]stretch, len(all))
	next := append([]int32(nil), l.from...)
	for _, s := range all {
		l.stretches[next[s.village]] = s.stretch
		next[s.village]++
	}
	return l
}

// Bytes returns how much memory the lines take.
func (l *lines) Bytes() int64 { return int64(12*len(l.stretches) + 4*len(l.from)) }

// eachLine calls f with each line of a geometry.
func eachLine(g orb.Geometry, f func(orb.LineString)) {
	switch g := g.(type) {
	case orb.LineString:
		f(g)
	case orb.MultiLineString:
		for _, l := range g {
			f(l)
		}
	case orb.Collection:
		for _, m := range g {
			eachLine(m, f)
		}
	}
}

// cut calls f for each piece of the segment from a to b, in degrees, that lies
// in one cell, with the position of its middle in cells and its length in m.
func cut(a, b orb.Point, f func(x, y, metres float64)) {
	x0, y0 := position(a)
	x1, y1 := position(b)
	length := Distance(a, b)
	if !(length > 0) || length > 1e7 {
		return
	}
	cutGrid(x0, y0, x1, y1, length, f)
}

// cutGrid is cut for a segment between positions on a grid of whole numbers.
func cutGrid(x0, y0, x1, y1, length float64, f func(x, y, metres float64)) {
	dx, dy := x1-x0, y1-y0
	// The next border that the segment meets each way, as a share of its length.
	nextX, stepX := crossing(x0, dx)
	nextY, stepY := crossing(y0, dy)
	for t := 0.0; t < 1; {
		to := min(nextX, nextY, 1)
		if to > t {
			mid := (t + to) / 2
			f(x0+dx*mid, y0+dy*mid, length*(to-t))
		}
		if nextX <= to {
			nextX += stepX
		}
		if nextY <= to {
			nextY += stepY
		}
		t = to
	}
}

// crossing returns where a coordinate that goes from v to v+d first meets a
// whole number after its start, and how much later the next, as shares of d.
func crossing(v, d float64) (first, step float64) {
	switch {
	case d > 0:
		return (math.Floor(v) + 1 - v) / d, 1 / d
	case d < 0:
		return (v - math.Ceil(v) + 1) / -d, -1 / d
	default:
		return math.Inf(1), math.Inf(1)
	}
}

// sum returns the length of the roads of village v whose class is wanted: in
// the corridor, known and covered.
func (l *lines) sum(v int, wanted []bool, in, known, covered *Set) (total, k, c Length) {
	for i := l.from[v]; i < l.from[v+1]; i++ {
		s := &l.stretches[i]
		if !s.wanted(wanted) || !s.in(in) {
			continue
		}
		n := Length(s.length)
		total += n
		if s.in(known) {
			k += n
			if s.in(covered) {
				c += n
			}
		}
	}
	return total, k, c
}
