package geo

import (
	"maps"
	"math"
	"slices"
)

// faces is the areas that an arrangement divides the plane into. Half-edge 2i
// runs from edges[i].a to edges[i].b, 2i+1 back; each has the face on its left
// when x runs to the right and y upwards (in Shape units y runs down: on the map
// it is on the right).
type faces struct {
	*arrangement
	next  []uint32  // the half-edge that follows around the same face
	face  []int32   // of each half-edge
	label [][]int32 // of each face: the features it is inside of
	first []uint32  // of each face: one of its half-edges
	area  []float64 // of each face, in square units; negative: the outside of an island
	round []float64 // of each face: the length of its border
	width float64   // of a sliver, at most

	// islands are the parts that lie in a face without touching its border, each
	// by the face that is its outside.
	islands map[int32][]int32
}

func (f *faces) from(h uint32) uint32 {
	if h&1 == 0 {
		return f.edges[h>>1].a
	}
	return f.edges[h>>1].b
}

func newFaces(w *arrangement) *faces {
	f := &faces{arrangement: w, width: sliver}
	f.linkAround()
	f.trace()
	f.labelAll()
	return f
}

// linkAround finds what follows each half-edge: at its end, the first edge
// clockwise from the way back.
func (f *faces) linkAround() {
	halves := make([]uint32, 2*len(f.edges))
	for h := range halves {
		halves[h] = uint32(h)
	}
	slices.SortFunc(halves, func(g, h uint32) int {
		if a, b := f.from(g), f.from(h); a != b {
			return compareUints(uint64(a), uint64(b))
		}
		return f.compareAngles(g, h)
	})
	f.next = make([]uint32, len(halves))
	for i := 0; i < len(halves); {
		j := i
		for j < len(halves) && f.from(halves[j]) == f.from(halves[i]) {
			j++
		}
		for k := i; k < j; k++ { // halves[i:j] leave one node, by angle
			before := k - 1
			if before < i {
				before = j - 1
			}
			f.next[halves[k]^1] = halves[before]
		}
		i = j
	}
}

// compareAngles orders two half-edges that leave one node by direction.
func (f *faces) compareAngles(g, h uint32) int {
	gx, gy := f.direction(g)
	hx, hy := f.direction(h)
	gl, hl := gy < 0 || gy == 0 && gx < 0, hy < 0 || hy == 0 && hx < 0
	if gl != hl {
		if hl {
			return -1
		}
		return 1
	}
	switch c := gx*hy - gy*hx; {
	case c > 0:
		return -1
	case c < 0:
		return 1
	}
	return 0
}

func (f *faces) direction(h uint32) (dx, dy int64) {
	a, b := f.from(h), f.from(h^1)
	return f.x[b] - f.x[a], f.y[b] - f.y[a]
}

func (f *faces) trace() {
	f.face = make([]int32, len(f.next))
	for h := range f.face {
		f.face[h] = -1
	}
	for start := range f.next {
		if f.face[start] >= 0 {
			continue
		}
		id, area, round := int32(len(f.first)), 0.0, 0.0
		origin := f.from(uint32(start))
		for h := uint32(start); f.face[h] < 0; h = f.next[h] {
			f.face[h] = id
			a, b := f.from(h), f.from(h^1)
			ax, ay := float64(f.x[a]-f.x[origin]), float64(f.y[a]-f.y[origin])
			bx, by := float64(f.x[b]-f.x[origin]), float64(f.y[b]-f.y[origin])
			area += (ax*by - bx*ay) / 2
			round += math.Hypot(bx-ax, by-ay)
		}
		f.first = append(f.first, uint32(start))
		f.area, f.round = append(f.area, area), append(f.round, round)
	}
}

// labelAll walks from the outside of each connected part inwards; crossing an
// edge changes sides for its features.
func (f *faces) labelAll() {
	f.label = make([][]int32, len(f.first))
	known := make([]bool, len(f.first))
	byArea := make([]int, len(f.first))
	for i := range byArea {
		byArea[i] = i
	}
	slices.SortStableFunc(byArea, func(i, j int) int { return compareFloats(f.area[i], f.area[j]) })
	l := f.newLocator()
	around := make(map[int32]uint32) // the outside of an island → a half-edge of what is around it
	for _, outside := range byArea { // the outside of a part has its least area: a negative one
		if known[outside] {
			continue
		}
		known[outside] = true
		label, half, inside := l.around(f.leftmost(int32(outside)))
		f.label[outside] = label
		if inside {
			around[int32(outside)] = half
		}
		queue := []int32{int32(outside)}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			f.around(at, func(h uint32) {
				if to := f.face[h^1]; !known[to] {
					known[to] = true
					f.label[to] = symmetricDifference(f.label[at], f.edges[h>>1].features)
					queue = append(queue, to)
				}
			})
		}
	}
	f.settleIslands(around)
}

// settleIslands finds the face that each island lies in: what is right of the border
// that is next to it on the left may be the outside of another island there.
func (f *faces) settleIslands(around map[int32]uint32) {
	f.islands = make(map[int32][]int32)
	for _, outside := range slices.Sorted(maps.Keys(around)) {
		in := f.face[around[outside]]
		for half, island := around[in]; island; half, island = around[in] {
			in = f.face[half]
		}
		f.islands[in] = append(f.islands[in], outside)
	}
}

// claim makes a face, and what is around its islands, the inside of a feature.
func (f *faces) claim(face, feature int32) {
	f.label[face] = []int32{feature}
	for _, outside := range f.islands[face] {
		f.label[outside] = f.label[face]
	}
}

// leftmost returns the node of a face's border with the least x.
func (f *faces) leftmost(face int32) uint32 {
	best := f.from(f.first[face])
	f.around(face, func(h uint32) {
		if n := f.from(h); f.x[n] < f.x[best] {
			best = n
		}
	})
	return best
}

// around calls do with each half-edge of a face.
func (f *faces) around(face int32, do func(h uint32)) {
	start := f.first[face]
	for h := start; ; {
		do(h)
		if h = f.next[h]; h == start {
			return
		}
	}
}
