package api

import (
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/coverage/priority"
)

// criterion is a number of a village that a ranking may count.
type criterion struct {
	name   string
	usual  float64 // weight
	of     func(r *coverage.Row) float64
	column string
}

func criteria() []criterion {
	long := func(l *coverage.Length) float64 {
		if l == nil {
			return math.NaN()
		}
		return l.Float()
	}
	return []criterion{
		{"gap", 0.40, func(r *coverage.Row) float64 { return r.People.Gap.Float() }, "people_gap"},
		{"places", 0.15, func(r *coverage.Row) float64 { return float64(r.Places.Gap) }, "places_gap"},
		{"road_km", 0.10, func(r *coverage.Row) float64 { return r.Road.Gap.Float() }, "road_km_gap"},
		{"tower_km", 0.10, func(r *coverage.Row) float64 { return long(r.NearestTower) }, "nearest_tower_km"},
		{"fibre_km", 0.10, func(r *coverage.Row) float64 { return long(r.NearestFibre) }, "nearest_fibre_km"},
		{"official", 0.15, func(r *coverage.Row) float64 {
			if r.Official != nil && r.Official.Status == "blank" {
				return 1
			}
			return 0
		}, "official_status"},
	}
}

type rankedDoc struct {
	Rank       int                 `json:"rank"`
	Code       string              `json:"code"`
	Name       string              `json:"name"`
	District   string              `json:"district"`
	Score      float64             `json:"score"`
	WeightUsed float64             `json:"weight_used"`
	Stability  float64             `json:"stability"` // share of draws of weights in which it stays among the first
	Values     map[string]*float64 `json:"values"`
	Scaled     map[string]*float64 `json:"scaled"`
	Missing    []string            `json:"missing"`
}

// priorities is GET /api/coverage/priorities: the rows of a question about gaps,
// ranked by the weights of weights=gap:0.4,places:0.2.
func (s *service) priorities(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	q, p, err := gapQuery(r, "weights", "top")
	if err != nil {
		return err
	}
	if q.By != "village" && q.By != "district" {
		return &Problem{Kind: BadParameter, Parameter: "by", Allowed: []string{"village", "district"}, Detail: "villages or districts are ranked"}
	}
	if q.Operator == "each" {
		return badParameter("operator", "one question is ranked: want any, all, a number or a name")
	}
	all := criteria()
	if err := readWeights(p["weights"], all); err != nil {
		return err
	}
	top := 20.0
	if err := p.number("top", &top); err != nil {
		return err
	}
	if top != math.Trunc(top) || top < 1 || top > 1000 {
		return badParameter("top", "top wants a whole number from 1 to 1000")
	}
	limit := q.Limit
	q.Limit, q.Cursor, q.Sort = math.MaxInt32, "", "code"
	return s.respond(w, r, answer{
		media: asJSON.media, identity: []string{"priorities", s.Version, snap.Version, q.Permalink(), p["weights"], p["top"], strconv.Itoa(limit)},
		prepare: func() (func(io.Writer) error, error) {
			a, err := s.Coverage.Gaps(r.Context(), snap, q)
			if err != nil {
				return nil, gapProblem(err)
			}
			doc, err := rank(a, all, int(top), limit)
			return func(out io.Writer) error { return writeJSON(out, doc) }, err
		},
	})
}

// readWeights reads gap:0.4,places:0.2 into the criteria; those not named count
// nothing. Without any they keep the usual ones.
func readWeights(text string, all []criterion) error {
	if text == "" {
		return nil
	}
	var names []string
	for i := range all {
		names = append(names, all[i].name)
		all[i].usual = 0
	}
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(part, ":")
		i := slices.Index(names, strings.TrimSpace(name))
		weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if i < 0 || err != nil || !(weight >= 0 && weight <= 1e6) {
			p := badParameter("weights", "weights %s: want a criterion, a colon and a weight of zero or more, as in gap:0.4,places:0.2", quoted(part))
			p.Allowed = names
			return p
		}
		all[i].usual = weight
	}
	return nil
}

func rank(a *coverage.Answer, all []criterion, top, limit int) (object, error) {
	var asked []priority.Criterion
	weights := map[string]float64{}
	for _, c := range all {
		asked = append(asked, priority.Criterion{Name: c.name, Weight: c.usual})
		weights[c.name] = c.usual
	}
	rows, byCode := make([]priority.Row, len(a.Rows)), map[string]*coverage.Row{}
	for i := range a.Rows {
		rows[i].Code, byCode[a.Rows[i].Code] = a.Rows[i].Code, &a.Rows[i]
		for _, c := range all {
			rows[i].Values = append(rows[i].Values, c.of(&a.Rows[i]))
		}
	}
	ranked, err := priority.Rank(asked, rows, priority.Options{Top: min(top, max(len(rows), 1))})
	if errors.Is(err, priority.ErrWeights) {
		return nil, badParameter("weights", "%v", err)
	}
	if err != nil {
		return nil, err
	}
	docs := []rankedDoc{}
	for _, one := range ranked[:min(limit, len(ranked))] {
		r := byCode[one.Code]
		d := rankedDoc{
			Rank: one.Rank, Code: one.Code, Name: r.Name, District: r.District, Score: one.Score, WeightUsed: one.WeightUsed, Stability: one.Stability,
			Values: map[string]*float64{}, Scaled: map[string]*float64{}, Missing: []string{},
		}
		for k, c := range all {
			d.Values[c.name], d.Scaled[c.name] = known(one.Values[k]), known(one.Scaled[k])
			if d.Values[c.name] == nil {
				d.Missing = append(d.Missing, c.name)
			}
		}
		docs = append(docs, d)
	}
	return object{
		"weights": weights, "top": top, "parameters": a.Parameters, "numberMatched": len(ranked), "numberReturned": len(docs),
		"provenance": a.Provenance, "rows": docs,
	}, nil
}

func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
