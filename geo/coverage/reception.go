package coverage

import (
	"context"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Reception is what is known of one operator's technology, or of several
// operators together, place by place. It never changes.
type Reception struct {
	Operator   string // a name, or any or all
	Technology string
	Version    string // of what it was computed from: the same version, the same answers

	grid *Grid
	best *States
	by   []evident // the better evidence first; one when only that was asked for
}

type evident struct {
	evidence string
	*States
}

// Receptions answers a query's operator (each: all there are), technology, evidence
// and threshold for any number of places. The rest of the query does not count.
func (e *Engine) Receptions(ctx context.Context, snap *geo.Snapshot, query *Query) ([]*Reception, error) {
	q := Query{
		Technology: query.Technology, Operator: query.Operator, Evidence: query.Evidence, Preset: query.Preset,
		MinDown: query.MinDown, MinUp: query.MinUp, MinRSRP: query.MinRSRP,
	}
	s, t, err := e.ready(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	states, err := s.states(ctx, &q, t)
	if err != nil {
		return nil, err
	}
	all := make([]*Reception, len(states))
	for i, st := range states {
		r := &Reception{Operator: st.operator, Technology: q.Technology, grid: s.Grid, best: st.States}
		r.Version = s.stateKey(st.operator, q.Technology, q.Evidence, t)
		kinds := []string{q.Evidence}
		if q.Evidence == "best" {
			kinds = []string{"measured", "modelled", "claimed"}
		}
		if t.RadiusM > 0 {
			kinds = []string{"modelled"}
		}
		if t.Class > 0 {
			kinds = []string{"claimed"}
		}
		for _, kind := range kinds {
			of := q
			of.Operator, of.Evidence = st.operator, kind
			one, err := s.states(ctx, &of, t)
			if err != nil {
				return nil, err
			}
			r.by = append(r.by, evident{kind, one[0].States})
		}
		all[i] = r
	}
	return all, nil
}

// At returns the state of a point in degrees and the evidence that it rests on:
// the best that says so by itself, "several" when it takes more than one, and
// nothing when the state is unknown.
func (r *Reception) At(p orb.Point) (state, evidence string) {
	x, y := position(p)
	return r.at(x, y)
}

func (r *Reception) at(x, y float64) (state, evidence string) {
	at, ok := r.grid.spotAt(x, y)
	if !ok {
		return StateUnknown, ""
	}
	state = r.best.at(at)
	if state == StateUnknown {
		return state, ""
	}
	for _, e := range r.by {
		if e.at(at) == state {
			return state, e.evidence
		}
	}
	return state, "several"
}

func (s *States) at(p spot) string {
	switch {
	case p.in(s.Covered):
		return StateCovered
	case p.in(s.Not):
		return StateNot
	default:
		return StateUnknown
	}
}

// Stretch is a part of a line along which nothing changes.
type Stretch struct {
	From, To float64 // metres along the line
	State    string
	Evidence string
}

// Along cuts a line in degrees where its state or the evidence of it changes, at
// the borders of the parts of cells: each stretch begins where the one before
// ends, and the last ends at the line's length as Distance measures it.
func (r *Reception) Along(line orb.LineString) []Stretch {
	var all []Stretch
	at := 0.0
	for i := 1; i < len(line); i++ {
		cutFine(line[i-1], line[i], func(x, y, metres float64) {
			state, evidence := r.at(x, y)
			if n := len(all); n > 0 && all[n-1].State == state && all[n-1].Evidence == evidence {
				all[n-1].To = at + metres
			} else {
				all = append(all, Stretch{at, at + metres, state, evidence})
			}
			at += metres
		})
	}
	return all
}

// Without returns the share of a line, 0 to 1, that is not known to be covered.
func (r *Reception) Without(line orb.LineString) float64 {
	total, without := 0.0, 0.0
	for i := 1; i < len(line); i++ {
		cutFine(line[i-1], line[i], func(x, y, metres float64) {
			total += metres
			if at, ok := r.grid.spotAt(x, y); !ok || !at.in(r.best.Covered) {
				without += metres
			}
		})
	}
	if total == 0 {
		return 0
	}
	return without / total
}

// cutFine is cut at the borders of the 8 × 8 parts of cells; positions are in
// cells.
func cutFine(a, b orb.Point, f func(x, y, metres float64)) {
	x0, y0 := position(a)
	x1, y1 := position(b)
	length := Distance(a, b)
	if !(length > 0) || length > 1e7 {
		return
	}
	cutGrid(x0*subRows, y0*subRows, x1*subRows, y1*subRows, length, func(x, y, metres float64) { f(x/subRows, y/subRows, metres) })
}
