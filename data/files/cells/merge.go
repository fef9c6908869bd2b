package cells

import (
	"cmp"
	"math"
	"slices"
)

// merge makes one of sites of an operator that have different technologies and
// are less than Together apart. The one of more samples keeps its id and place.
func merge(sites []Site) []Site {
	slices.SortFunc(sites, func(a, b Site) int { return cmp.Or(cmp.Compare(b.Samples, a.Samples), cmp.Compare(a.ID, b.ID)) })
	type square struct{ x, y int }
	const step = 0.005 // degrees: more than Together up to 55° from the equator, so neighbours are enough
	at := func(s *Site) square { return square{int(math.Floor(s.Lon / step)), int(math.Floor(s.Lat / step))} }
	kept := sites[:0:0]
	squares := map[square][]int{} // indices of kept
	for i := range sites {
		s := &sites[i]
		here := at(s)
		best, nearest := -1, Together
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, k := range squares[square{here.x + dx, here.y + dy}] {
					o := &kept[k]
					if o.Operator != s.Operator || o.radios&s.radios != 0 {
						continue
					}
					if d := distance(o.Lon, o.Lat, s.Lon, s.Lat); d < nearest {
						best, nearest = k, d
					}
				}
			}
		}
		if best < 0 {
			squares[here] = append(squares[here], len(kept))
			kept = append(kept, *s)
			continue
		}
		o := &kept[best]
		o.radios |= s.radios
		o.Cells += s.Cells
		o.Samples += s.Samples
		o.Updated = max(o.Updated, s.Updated)
	}
	for i := range kept {
		for r := GSM; r <= NR; r++ {
			if t := r.Technology(); kept[i].radios&(1<<r) != 0 && !slices.Contains(kept[i].Technologies, t) {
				kept[i].Technologies = append(kept[i].Technologies, t)
			}
		}
	}
	slices.SortFunc(kept, func(a, b Site) int { return cmp.Compare(a.ID, b.ID) })
	return kept
}
