package export

import (
	"bufio"
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// indexNode is how many children a node of the index has.
const indexNode = 16

// indexItem is a feature in the index, or a node above it.
type indexItem struct {
	box    orb.Bound
	offset uint64 // of a feature, in bytes from the first; of a node: the number of its first child
	size   uint32
	curve  uint32 // place on the Hilbert curve
}

// noBox is that of a feature without geometry: it meets nothing and widens nothing.
func noBox() orb.Bound {
	return orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
}

func widened(a, b orb.Bound) orb.Bound {
	return orb.Bound{
		Min: orb.Point{min(a.Min[0], b.Min[0]), min(a.Min[1], b.Min[1])},
		Max: orb.Point{max(a.Max[0], b.Max[0]), max(a.Max[1], b.Max[1])},
	}
}

// sortHilbert orders features along a Hilbert curve through their middles and
// returns the extent of all. They keep the offsets at which they were written.
func sortHilbert(items []indexItem) orb.Bound {
	extent := noBox()
	for _, item := range items {
		extent = widened(extent, item.box)
	}
	across := func(v, low, high float64) uint32 {
		if !(high > low) {
			return 0
		}
		return uint32(math.Floor(math.MaxUint16 * (v - low) / (high - low)))
	}
	for i := range items {
		b := items[i].box
		if b.Min[0] > b.Max[0] {
			continue
		}
		items[i].curve = hilbert(across((b.Min[0]+b.Max[0])/2, extent.Min[0], extent.Max[0]), across((b.Min[1]+b.Max[1])/2, extent.Min[1], extent.Max[1]))
	}
	slices.SortStableFunc(items, func(a, b indexItem) int { return int(int64(a.curve) - int64(b.curve)) })
	return extent
}

// hilbert is the distance along a Hilbert curve of order 16 (Hamilton and
// Rau-Chaplin, 2008; here by turning quadrants from the largest down).
func hilbert(x, y uint32) uint32 {
	var d uint32
	for s := uint32(1) << 15; s > 0; s >>= 1 {
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
				x, y = math.MaxUint16-x, math.MaxUint16-y
			}
			x, y = y, x
		}
	}
	return d
}

// writeIndex writes the packed R-tree over features in their final order: the
// root first, each level after the one above it.
func writeIndex(out *bufio.Writer, features []indexItem) error {
	if len(features) == 0 {
		return nil
	}
	leaves := make([]indexItem, len(features))
	offset := uint64(0)
	for i, f := range features {
		leaves[i] = indexItem{box: f.box, offset: offset}
		offset += uint64(f.size)
	}
	levels := [][]indexItem{leaves}
	for below := leaves; ; {
		level := make([]indexItem, 0, (len(below)+indexNode-1)/indexNode)
		for i := 0; i < len(below); i += indexNode {
			node := indexItem{box: noBox(), offset: uint64(i)}
			for _, child := range below[i:min(i+indexNode, len(below))] {
				node.box = widened(node.box, child.box)
			}
			level = append(level, node)
		}
		levels = append(levels, level)
		if below = level; len(level) == 1 {
			break
		}
	}
	slices.Reverse(levels)
	first := uint64(0) // number of the first node of the level
	var b []byte
	for i, level := range levels {
		first += uint64(len(level))
		for _, node := range level {
			b = b[:0]
			for _, v := range []float64{node.box.Min[0], node.box.Min[1], node.box.Max[0], node.box.Max[1]} {
				b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
			}
			if i < len(levels)-1 {
				node.offset += first // children are numbered from the root on
			}
			if _, err := out.Write(binary.LittleEndian.AppendUint64(b, node.offset)); err != nil {
				return err
			}
		}
	}
	return nil
}
