package tiles

import (
	"cmp"
	"slices"
)

// drop leaves out the least important features of each layer, so that every
// layer shrinks by the same ratio and the tile, now size bytes, comes close to
// the budget. It returns how many it left out, at least one unless none is left.
func (c *cutter) drop(size, budget int) int {
	dropped := 0
	for i := range c.drawings {
		d := &c.drawings[i]
		order := make([]int32, 0, len(d.features))
		bytes := 0
		for k := range d.features {
			if f := &d.features[k]; !f.dropped {
				order = append(order, int32(k))
				bytes += f.weight()
			}
		}
		rank := importance(d.layer)
		least := func(a, b int32) int {
			f, g := &d.features[a], &d.features[b]
			if (f.index < 0) != (g.index < 0) { // clusters stand for many
				return cmp.Compare(g.index, f.index)
			}
			if f.index >= 0 {
				if by := cmp.Compare(rank(int(f.index)), rank(int(g.index))); by != 0 {
					return by
				}
			}
			return cmp.Compare(b, a)
		}
		slices.SortFunc(order, least)
		for excess := bytes - bytes*budget/size; excess > 0 && len(order) > 0; order = order[1:] {
			f := &d.features[order[0]]
			f.dropped = true
			excess -= f.weight()
			dropped++
		}
	}
	return dropped
}

// weight estimates the bytes of a feature: its geometry, and about as much as
// tags take.
func (f *feature) weight() int { return f.to - f.from + 32 }
