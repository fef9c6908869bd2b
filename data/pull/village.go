package pull

import (
	"context"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/petadesa/petadesa/geo"
)

// placeInVillages gives points that lack it the code of the village they lie in.
func (r *run) placeInVillages(ctx context.Context, t *geo.Table) error {
	field := t.Collection.FieldIndex("village_code")
	if field < 0 {
		return nil
	}
	tables, err := r.stage.Load(ctx, "villages")
	if err != nil || len(tables) == 0 {
		return err
	}
	villages := tables[0].Records
	bounds := make([]orb.Bound, len(villages))
	for i := range villages {
		if villages[i].Geometry != nil {
			bounds[i] = villages[i].Geometry.Bound()
		}
	}
	for _, rec := range t.Records {
		p, ok := rec.Geometry.(orb.Point)
		if !ok || rec.Values[field] != nil {
			continue
		}
		for i := range villages {
			if bounds[i].Contains(p) && holds(villages[i].Geometry, p) {
				rec.Values[field] = villages[i].ID
				break
			}
		}
	}
	return nil
}

func holds(area orb.Geometry, p orb.Point) bool {
	switch a := area.(type) {
	case orb.Polygon:
		return planar.PolygonContains(a, p)
	case orb.MultiPolygon:
		return planar.MultiPolygonContains(a, p)
	}
	return false
}
