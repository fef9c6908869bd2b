package coverage

import (
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
	after, err := e.Gaps(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	was := q
	was.Change = nil
	before, err := e.Gaps(ctx, snap, &was)
	if err != nil {
		return nil, err
	}
	d := &Difference{Before: before.Totals, After: after.Totals, Delta: after.Totals.Minus(&before.Totals), Parameters: after.Parameters, Threshold: after.Threshold, Provenance: after.Provenance, Rows: []RowDifference{}}
	delete(d.Parameters, "sort")
	old := map[string]*Row{}
	for i := range before.Rows {
		old[before.Rows[i].Code] = &before.Rows[i]
	}
	for i := range after.Rows {
		a := &after.Rows[i]
		b := old[a.Code]
		if b == nil {
			continue
		}
		if delta := a.Minus(b); delta != (Row{Operator: a.Operator}) {
			d.Rows = append(d.Rows, RowDifference{a.Code, a.Name, a.District, *b, *a, delta})
		}
	}
	slices.SortStableFunc(d.Rows, func(a, b RowDifference) int { return int(a.Delta.People.Gap - b.Delta.People.Gap) })
	d.CellsGained, d.CellsLost, err = e.cellsChanged(ctx, snap, &q)
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

// cellsChanged counts the cells of the land that are covered only after, and
// only before the change.
func (e *Engine) cellsChanged(ctx context.Context, snap *geo.Snapshot, q *Query) (gained, lost int, err error) {
	var covered [2]*Set
	for i, change := range []*Change{nil, q.Change} {
		asked := *q
		asked.Change = change
		s, t, err := e.ready(ctx, snap, &asked)
		if err != nil {
			return 0, 0, err
		}
		states, err := s.states(ctx, &asked, t)
		if err != nil {
			return 0, 0, err
		}
		covered[i] = And(states[0].Covered, s.Land)
	}
	count := func(s *Set) int { full, part := s.Count(); return full + part }
	return count(AndNot(covered[1], covered[0])), count(AndNot(covered[0], covered[1])), nil
}
