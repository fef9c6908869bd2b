package coverage

import (
	"context"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Answer is what a query finds. Rows are one page; Totals are of all that
// matched, for any operator when each was asked for.
type Answer struct {
	By             string            `json:"by"`
	Parameters     map[string]string `json:"parameters"` // every parameter with its effective value
	Threshold      Threshold         `json:"threshold"`
	Permalink      string            `json:"permalink"` // the query string that asks the same
	Provenance     Provenance        `json:"provenance"`
	Totals         Row               `json:"totals"`
	NumberMatched  int               `json:"numberMatched"`
	NumberReturned int               `json:"numberReturned"`
	Next           string            `json:"next,omitempty"` // cursor of the next page
	Rows           []Row             `json:"rows"`
}

// Gaps answers a query about a snapshot. It fails with a *ParamError,
// ErrNoVillages, or ctx's error.
func (e *Engine) Gaps(ctx context.Context, snap *geo.Snapshot, query *Query) (*Answer, error) {
	q := *query
	s, t, err := e.ready(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	chosen, err := s.choose(&q)
	if err != nil {
		return nil, err
	}
	all, totals, err := s.rowsOf(ctx, &q, t, chosen)
	if err != nil {
		return nil, err
	}
	a := &Answer{By: q.By, Threshold: *t, Permalink: q.Permalink(), Parameters: map[string]string{}, Totals: *totals, NumberMatched: len(all)}
	for name, v := range q.Values() {
		a.Parameters[name] = v[0]
	}
	if a.Rows, a.Next, err = page(all, &q); err != nil {
		return nil, err
	}
	a.NumberReturned = len(a.Rows)
	if q.By == "cell" {
		s.finishCells(a.Rows, &q)
	}
	a.Provenance, err = s.provenance(ctx, &q)
	return a, err
}

// rowsOf returns all rows, in no order yet, and the totals.
func (s *scene) rowsOf(ctx context.Context, q *Query, t *Threshold, chosen []int) ([]Row, *Row, error) {
	if s.change != nil && q.By != "cell" && q.Operator != "each" {
		return s.whatIfRows(ctx, q, t, chosen)
	}
	states, err := s.states(ctx, q, t)
	if err != nil {
		return nil, nil, err
	}
	if q.By == "cell" {
		return s.cellRows(ctx, q, t, states, chosen)
	}
	var all []Row
	for _, st := range states {
		counts, err := s.tally(ctx, q, t, st)
		if err != nil {
			return nil, nil, err
		}
		rows, err := s.villageRows(ctx, q, st.operator, chosen, counts)
		if err != nil {
			return nil, nil, err
		}
		rows, sum := s.summed(rows, q)
		if q.Operator != "each" {
			return rows, sum, nil
		}
		all = append(all, rows...)
	}
	totals, err := s.totals(ctx, q, t, states, chosen)
	return all, totals, err
}

// summed groups rows of villages as the query asks, classifies them, and sums
// them up.
func (s *scene) summed(rows []Row, q *Query) ([]Row, *Row) {
	if q.By != "village" {
		rows = s.grouped(rows, q)
	}
	sum := &Row{Operator: q.Operator}
	for i := range rows {
		rows[i].classify()
		sum.add(&rows[i])
	}
	sum.classify()
	return rows, sum
}

// totals sums up the villages: of any operator when each was asked for.
func (s *scene) totals(ctx context.Context, q *Query, t *Threshold, states []named, chosen []int) (*Row, error) {
	if q.Operator == "each" {
		whole := *q
		whole.Operator = "any"
		var err error
		if states, err = s.states(ctx, &whole, t); err != nil {
			return nil, err
		}
		q = &whole
	}
	counts, err := s.tally(ctx, q, t, states[0])
	if err != nil {
		return nil, err
	}
	sum := &Row{Operator: q.Operator}
	for _, v := range chosen {
		sum.add(&counts.rows[v])
	}
	sum.classify()
	return sum, nil
}

// villageRows are the rows of the chosen villages, with their names and
// distances.
func (s *scene) villageRows(ctx context.Context, q *Query, operator string, chosen []int, counts *tally) ([]Row, error) {
	towers, err := s.nearestTowers(ctx, operator, q.Technology)
	if err != nil {
		return nil, err
	}
	fibres, err := s.nearestFibres(ctx)
	if err != nil {
		return nil, err
	}
	roads, err := s.nearestRoads(ctx)
	if err != nil {
		return nil, err
	}
	said, err := s.officials(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(chosen))
	for i, v := range chosen {
		r := &rows[i]
		*r = counts.rows[v]
		r.Code, r.Name, r.Operator = s.villages.ID(v), s.text("name", v), operator
		r.District, r.DistrictCode = s.text("district", v), s.text("district_code", v)
		r.NearestTower, r.NearestFibre, r.NearestRoad = towers.length(v), fibres.length(v), roads.length(v)
		r.Official = said.villages[v]
	}
	return rows, nil
}

func (s *scene) officials(ctx context.Context) (*officials, error) {
	return cached(ctx, s.engine.cache, s.key("officials", "villages", "blankspots"), func(context.Context) (*officials, error) {
		return newOfficials(s.Ground, s.owners, s.snap.Layer("blankspots")), nil
	})
}

// grouped sums rows of villages to districts or the regency.
func (s *scene) grouped(rows []Row, q *Query) []Row {
	said, _ := s.officials(context.Background()) // cached since villageRows
	at := map[string]int{}
	var all []Row
	for i := range rows {
		r := &rows[i]
		code, name := r.DistrictCode, r.District
		if q.By == "regency" {
			code, name = regencyOf(r.DistrictCode), ""
		}
		k, ok := at[code]
		if !ok {
			k = len(all)
			at[code] = k
			all = append(all, Row{Code: code, Name: name, Operator: r.Operator})
			if q.By == "district" {
				all[k].District, all[k].DistrictCode = name, code
				if said != nil {
					all[k].Official = said.districts[code]
				}
			}
		}
		all[k].add(r)
	}
	return all
}

// regencyOf returns the code of the regency that a district lies in: its first
// two numbers.
func regencyOf(district string) string {
	parts := strings.SplitN(district, ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}
