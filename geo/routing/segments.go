package routing

import (
	"cmp"
	"math"
	"slices"
)

// A strand is one line of a road, as vertices without repeats.
type strand struct {
	road     int32 // position of the feature
	level    int8  // roads of different levels do not meet where they cross
	vertices []vertex
}

// segment i of a strand goes from its vertex i to the next.
type segment struct{ strand, at int32 }

// segments is all segments of the strands in the cells of a grid, for finding
// those that are near.
type segments struct {
	strands []strand
	size    int32 // of a cell, in vertex units
	cells   map[[2]int32][]segment
}

const cellMetres = 60

func newSegments(strands []strand, p plane) *segments {
	s := &segments{strands: strands, size: int32(cellMetres / max(p.x, p.y)), cells: map[[2]int32][]segment{}}
	for i, st := range strands {
		for at := range len(st.vertices) - 1 {
			s.visit(st.vertices[at], st.vertices[at+1], 0, func(c [2]int32) {
				s.cells[c] = append(s.cells[c], segment{int32(i), int32(at)})
			})
		}
	}
	return s
}

func (s *segments) ends(g segment) (vertex, vertex) {
	v := s.strands[g.strand].vertices
	return v[g.at], v[g.at+1]
}

// visit names the cells that a segment passes through, widened by reach on all
// sides.
func (s *segments) visit(a, b vertex, reach int32, each func([2]int32)) {
	floor := func(v int32) int32 { return int32(math.Floor(float64(v) / float64(s.size))) }
	if a.x > b.x {
		a, b = b, a
	}
	for cx := floor(a.x - reach); cx <= floor(b.x+reach); cx++ {
		// The part of the segment within this column of cells, and so the rows.
		low, high := a.y, b.y
		if a.x != b.x {
			slope := float64(b.y-a.y) / float64(b.x-a.x)
			left := max(float64(cx)*float64(s.size)-float64(reach), float64(a.x))
			right := min(float64(cx+1)*float64(s.size)+float64(reach), float64(b.x))
			low, high = a.y+int32(slope*(left-float64(a.x))), a.y+int32(slope*(right-float64(a.x)))
		}
		if low > high {
			low, high = high, low
		}
		for cy := floor(low - reach - 1); cy <= floor(high+reach+1); cy++ {
			each([2]int32{cx, cy})
		}
	}
}

// near returns the segments in the cells around the segment from a to b, each
// once, in order.
func (s *segments) near(a, b vertex, reach int32, found []segment) []segment {
	found = found[:0]
	s.visit(a, b, reach, func(c [2]int32) { found = append(found, s.cells[c]...) })
	slices.SortFunc(found, func(a, b segment) int { return cmp.Or(cmp.Compare(a.strand, b.strand), cmp.Compare(a.at, b.at)) })
	return slices.Compact(found)
}
