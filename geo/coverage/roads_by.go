package coverage

import (
	"context"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// RoadsBy returns for each village, by its position, the metres of road by the
// value of a property of the roads; empty: they have none.
func (e *Engine) RoadsBy(ctx context.Context, snap *geo.Snapshot, property string) ([]map[string]float64, error) {
	s, err := e.scene(ctx, snap, nil)
	if err != nil {
		return nil, err
	}
	all := make([]map[string]float64, s.villages.Len())
	roads := snap.Layer("roads")
	if roads == nil {
		return all, nil
	}
	c := roads.Column(property)
	for i := range roads.Len() {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		value := ""
		if c != nil {
			value, _ = c.Value(i).(string)
		}
		eachLine(roads.Geometry(i), func(l orb.LineString) {
			for k := 1; k < len(l); k++ {
				cut(l[k-1], l[k], func(x, y, metres float64) {
					p, ok := s.Grid.spotAt(x, y)
					if !ok {
						return
					}
					v := s.owners.village(p)
					if v < 0 {
						return
					}
					if all[v] == nil {
						all[v] = map[string]float64{}
					}
					all[v][value] += metres
				})
			}
		})
	}
	return all, nil
}
