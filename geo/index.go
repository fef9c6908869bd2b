package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// index is a packed static R-tree over the bounds of a layer's features: sorted
// along a Hilbert curve, then grouped bottom up, in flat slices (the idea is
// flatbush's; the curve makes neighbours on the map neighbours in memory).
type index struct {
	boxes  []orb.Bound // leaves first, then each level of nodes, the root last
	refs   []int32     // leaf: position of the feature; node: position of its first child
	levels []int       // end of each level in boxes
}

const nodeSize = 16

func newIndex(geometries []orb.Geometry) index {
	var x index
	all := emptyBound()
	for i, g := range geometries {
		if g == nil {
			continue
		}
		b := g.Bound()
		if b.IsEmpty() {
			continue
		}
		if len(x.boxes) == 0 {
			all = b
		}
		all = all.Union(b)
		x.boxes = append(x.boxes, b)
		x.refs = append(x.refs, int32(i))
	}
	if len(x.boxes) == 0 {
		return x
	}
	x.sortAlongCurve(all)
	x.levels = append(x.levels, len(x.boxes))
	for start, end := 0, len(x.boxes); end-start > 1; start, end = end, len(x.boxes) {
		for i := start; i < end; i += nodeSize {
			b := x.boxes[i]
			for _, c := range x.boxes[i+1 : min(i+nodeSize, end)] {
				b = b.Union(c)
			}
			x.boxes = append(x.boxes, b)
			x.refs = append(x.refs, int32(i))
		}
		x.levels = append(x.levels, len(x.boxes))
	}
	return x
}

func (x *index) sortAlongCurve(all orb.Bound) {
	type leaf struct {
		key uint32
		ref int32
		box orb.Bound
	}
	scale := func(v, low, high float64) uint32 {
		if high <= low {
			return 0
		}
		return uint32((v - low) / (high - low) * 0xffff)
	}
	leaves := make([]leaf, len(x.boxes))
	for i, b := range x.boxes {
		c := b.Center()
		leaves[i] = leaf{hilbert(scale(c[0], all.Min[0], all.Max[0]), scale(c[1], all.Min[1], all.Max[1])), x.refs[i], b}
	}
	slices.SortFunc(leaves, func(a, b leaf) int {
		if a.key != b.key {
			if a.key < b.key {
				return -1
			}
			return 1
		}
		return int(a.ref - b.ref)
	})
	for i, l := range leaves {
		x.boxes[i], x.refs[i] = l.box, l.ref
	}
}

// hilbert returns the position along a Hilbert curve of order 16 of a cell, 0
// to 65,535 each way.
func hilbert(x, y uint32) uint32 {
	var d uint32
	for s := uint32(1 << 15); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = 0xffff-x, 0xffff-y
			}
			x, y = y, x
		}
	}
	return d
}

// search appends the features whose bounds meet b, in no particular order.
func (x *index) search(b orb.Bound, dst []int32) []int32 {
	if len(x.boxes) == 0 {
		return dst
	}
	return x.descend(len(x.levels)-1, len(x.boxes)-1, b, dst)
}

func (x *index) descend(level, at int, b orb.Bound, dst []int32) []int32 {
	if !x.boxes[at].Intersects(b) {
		return dst
	}
	if level == 0 {
		return append(dst, x.refs[at])
	}
	first := int(x.refs[at])
	for c := first; c < min(first+nodeSize, x.levels[level-1]); c++ {
		dst = x.descend(level-1, c, b, dst)
	}
	return dst
}
