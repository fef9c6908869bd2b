package coverage

import (
	"context"
	"math"
	"slices"

	"github.com/petadesa/petadesa/geo/lattice"
)

// stripe is what a footprint has of a row of cells, from the tower's own.
type stripe struct{ row, from, to int32 }

// discs gives each candidate what it would cover on a plain, or within the radius
// of a buffer. Towers in the middle of the cells of a row have the same footprint.
func (r *siteReach) discs(ctx context.Context, all []candidate) error {
	patterns := map[int32][]stripe{}
	for i := range all {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c := lattice.At(all[i].at[0], all[i].at[1])
		pattern, ok := patterns[c.Row]
		if !ok || all[i].feature != "" {
			var err error
			if pattern, err = r.disc(ctx, &all[i], c); err != nil {
				return err
			}
			if all[i].feature == "" {
				patterns[c.Row] = pattern
			}
		}
		all[i].cover = all[i].cover[:0]
		for _, p := range pattern {
			all[i].cover = r.demand.run(all[i].cover, c.Row+p.row, c.Col+p.from, c.Col+p.to)
		}
	}
	return nil
}

// disc is the footprint of a candidate in cell c.
func (r *siteReach) disc(ctx context.Context, at *candidate, c lattice.Cell) ([]stripe, error) {
	t := r.tower
	t.At = at.at
	var pattern []stripe
	if radius := r.threshold.RadiusM; radius > 0 {
		perLon, perLat := metresPerDegree(t.At[1])
		x, y := position(t.At)
		discRows(x, y, radius*lattice.PerDegree/perLon, radius*lattice.PerDegree/perLat, func(row, from, to int32) {
			pattern = append(pattern, stripe{row - c.Row, from - c.Col, to - c.Col})
		})
		return pattern, nil
	}
	// The flat signal reaches as far as that over terrain may: the model ends both
	// there.
	weakest := r.threshold.dbm()
	if f, ok := r.model.(interface{ Flat() bool }); ok && !f.Flat() {
		weakest = math.Floor(min(weakest, PresenceRSRP) - fadingMargin)
	}
	s, err := NewModel(nil).Signal(ctx, t, weakest-0.02) // what is rounded up to a level
	if err != nil {
		return nil, &ParamError{Parameter: "tower", Reason: err.Error()}
	}
	least := level(weakest)
	for y := range s.Height {
		values := s.Levels[int(y)*int(s.Width):][:s.Width]
		from := int32(slices.IndexFunc(values, func(v int16) bool { return v >= least }))
		if from < 0 {
			continue
		}
		to := from
		for to < s.Width && values[to] >= least {
			to++
		}
		pattern = append(pattern, stripe{s.Row + y - c.Row, s.Col + from - c.Col, s.Col + to - c.Col})
	}
	return pattern, nil
}
