package coverage

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// Difference is what a change of towers does.
type Difference struct {
	Before      Row               `json:"before"`
	After       Row               `json:"after"`
	Delta       Row               `json:"delta"` // after less before
	CellsGained int               `json:"cells_gained"`
	CellsLost   int               `json:"cells_lost"`
	Parameters  map[string]string `json:"parameters"`
	Threshold   Threshold         `json:"threshold"`
	Provenance  Provenance        `json:"provenance"`
	Rows        []RowDifference   `json:"rows"` // of what is changed only, what gains most people first
}

// RowDifference is what a change does to a village or district.
type RowDifference struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	District string `json:"district"`
	Before   Row    `json:"before"`
	After    Row    `json:"after"`
	Delta    Row    `json:"delta"`
}

// Difference answers a query as it is and with the query's Change.
func (e *Engine) Difference(ctx context.Context, snap *geo.Snapshot, query *Query) (*Difference, error) {
	q := *query
	if q.By == "cell" {
		return nil, &ParamError{Parameter: "by", Value: q.By, Reason: "changes are told by larger units", Allowed: []string{"village", "district", "regency"}}
	}
	if q.Operator == "each" {
		return nil, &ParamError{Parameter: "operator", Value: q.Operator, Reason: "changes are told of one question", Allowed: []string{"any", "all"}}
	}
	q.Limit, q.Sort, q.Cursor = math.MaxInt32, "code", ""
	s, t, err := e.ready(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	chosen, err := s.choose(&q)
	if err != nil {
		return nil, err
	}
	if q.Change == nil {
		s.change = &Change{}
	}
	w, err := s.whatIf(ctx, &q, t)
	if err != nil {
		return nil, err
	}
	now := *s
	now.change = nil
	rows, sums := [2][]Row{}, [2]*Row{}
	for i, of := range []struct {
		*scene
		*tally
	}{{&now, w.before}, {s, w.after}} {
		all, err := of.villageRows(ctx, &q, q.Operator, chosen, of.tally)
		if err != nil {
			return nil, err
		}
		rows[i], sums[i] = s.summed(all, &q)
	}
	d := &Difference{
		Before: *sums[0], After: *sums[1], Delta: sums[1].Minus(sums[0]), Parameters: map[string]string{}, Threshold: *t, Rows: []RowDifference{},
	}
	for name, v := range q.Values() {
		if name != "sort" {
			d.Parameters[name] = v[0]
		}
	}
	for i := range rows[1] { // both in the order of the villages
		b, a := &rows[0][i], &rows[1][i]
		if delta := a.Minus(b); delta != (Row{Operator: a.Operator}) {
			d.Rows = append(d.Rows, RowDifference{a.Code, a.Name, a.District, *b, *a, delta})
		}
	}
	slices.SortStableFunc(d.Rows, func(a, b RowDifference) int {
		return cmp.Or(cmp.Compare(a.Delta.People.Gap, b.Delta.People.Gap), cmp.Compare(a.Code, b.Code))
	})
	d.CellsGained, d.CellsLost = w.cells()
	d.Provenance, err = s.provenance(ctx, &q)
	return d, err
}

// Minus returns the amounts of r less those of o, without names and distances.
func (r *Row) Minus(o *Row) Row {
	return Row{
		Operator: r.Operator,
		People: PeopleCounts{
			Total: r.People.Total - o.People.Total, Covered: r.People.Covered - o.People.Covered, Gap: r.People.Gap - o.People.Gap,
			Unknown: r.People.Unknown - o.People.Unknown, GapLow: r.People.GapLow - o.People.GapLow, GapHigh: r.People.GapHigh - o.People.GapHigh,
		},
		Area: AreaCounts{
			Total: r.Area.Total - o.Area.Total, Covered: r.Area.Covered - o.Area.Covered, Gap: r.Area.Gap - o.Area.Gap, Unknown: r.Area.Unknown - o.Area.Unknown,
		},
		Places: PlaceCounts{
			Total: r.Places.Total - o.Places.Total, Covered: r.Places.Covered - o.Places.Covered, Gap: r.Places.Gap - o.Places.Gap, Unknown: r.Places.Unknown - o.Places.Unknown,
		},
		Road: RoadCounts{
			Total: r.Road.Total - o.Road.Total, Covered: r.Road.Covered - o.Road.Covered, Gap: r.Road.Gap - o.Road.Gap, Unknown: r.Road.Unknown - o.Road.Unknown,
		},
	}
}
