package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// SitePlan is the body of POST /api/coverage/sites: where to build.
type SitePlan struct {
	Count        int                  `json:"count,omitempty"`
	BudgetIDR    float64              `json:"budget_idr,omitempty"` // instead of count
	Technology   string               `json:"technology,omitempty"`
	Operator     string               `json:"operator,omitempty"`
	Evidence     string               `json:"evidence,omitempty"`   // modelled, if not given
	Parameters   map[string]string    `json:"parameters,omitempty"` // further ones of the question: preset, district, season, …
	Candidates   *candidateRule       `json:"candidates,omitempty"`
	Weights      coverage.SiteWeights `json:"weights"`
	MinSpacingM  float64              `json:"min_spacing_m,omitempty"`
	HeightM      float64              `json:"height_m,omitempty"`      // 0: 40
	FrequencyMHz float64              `json:"frequency_mhz,omitempty"` // 0: usual for the technology
	Assumptions  *towerCost           `json:"assumptions,omitempty"`   // of costs
}

// candidateRule says where towers may stand.
type candidateRule struct {
	LatticeM float64            `json:"lattice_m,omitempty"`
	NearRoad float64            `json:"near_road,omitempty"` // m
	On       string             `json:"on,omitempty"`        // a collection of points
	Exclude  []geojson.Geometry `json:"exclude,omitempty"`   // polygons
	Except   string             `json:"except,omitempty"`    // a collection of polygons, in which none may stand
}

// SitesDoc is the answer.
type SitesDoc struct {
	*coverage.SiteAnswer
	Sites []siteDoc `json:"sites"`
	Cost  costDoc   `json:"cost"`
}

type siteDoc struct {
	coverage.ChosenSite
	CostPerPersonIDR *float64 `json:"cost_per_person_idr"`
}

// ReadSitePlan reads a body; what is wrong is a *Problem.
func ReadSitePlan(body []byte) (*SitePlan, error) {
	plan := &SitePlan{}
	return plan, readPlan(body, plan)
}

// query turns the plan into a question.
func (p *SitePlan) query(ctx context.Context, e *coverage.Engine, snap *geo.Snapshot) (*coverage.SiteQuery, error) {
	if err := p.Assumptions.check(); err != nil {
		return nil, err
	}
	cost := p.Assumptions.effective().CapexIDR
	switch {
	case p.Count != 0 && p.BudgetIDR != 0:
		return nil, faulty("budget_idr", "want count or budget_idr, not both")
	case p.BudgetIDR != 0 && !(p.BudgetIDR >= cost):
		return nil, faulty("budget_idr", "%.0f rupiah are less than one tower costs: %.0f", p.BudgetIDR, cost)
	case p.BudgetIDR != 0:
		p.Count = int(min(p.BudgetIDR/cost, coverage.MaxSites))
	}
	values := url.Values{"evidence": {"modelled"}}
	for name, v := range p.Parameters {
		if !slices.Contains(coverage.Parameters(), name) || slices.Contains([]string{"by", "sort", "limit", "cursor"}, name) {
			return nil, faulty("parameters."+name, "it is none of the further parameters of a plan")
		}
		values.Set(name, v)
	}
	for name, v := range map[string]string{"technology": p.Technology, "operator": p.Operator, "evidence": p.Evidence} {
		if v != "" {
			values.Set(name, v)
		}
	}
	q, err := coverage.ParseQuery(values)
	if err != nil {
		return nil, gapProblem(err)
	}
	rule := p.Candidates
	if rule == nil {
		rule = &candidateRule{LatticeM: 500}
	}
	operators, err := e.OperatorsOf(ctx, snap, q.Technology)
	if err != nil {
		return nil, gapProblem(err)
	}
	sq := &coverage.SiteQuery{
		Query: q, Count: p.Count, LatticeM: rule.LatticeM, NearRoad: rule.NearRoad, On: rule.On, Weights: p.Weights, MinSpacingM: p.MinSpacingM,
		Tower: coverage.Tower{HeightM: 40, FrequencyMHz: p.FrequencyMHz, Operators: operators, Technologies: []string{q.Technology}},
	}
	if p.HeightM != 0 {
		sq.Tower.HeightM = p.HeightM
	}
	if len(rule.Exclude) > 100 {
		return nil, faulty("candidates.exclude", "want at most 100 areas")
	}
	for i, g := range rule.Exclude {
		switch area := g.Geometry().(type) {
		case orb.Polygon:
			sq.Exclude = append(sq.Exclude, orb.MultiPolygon{area})
		case orb.MultiPolygon:
			sq.Exclude = append(sq.Exclude, area)
		default:
			return nil, faulty(fmt.Sprintf("candidates.exclude[%d]", i), "want a Polygon or MultiPolygon")
		}
	}
	if rule.Except != "" {
		l := snap.Layer(rule.Except)
		if l == nil || l.Collection.Geometry != geo.Polygon {
			return nil, faulty("candidates.except", "%s is no collection of polygons here", quoted(rule.Except))
		}
		for i := range l.Len() {
			if area, ok := l.Geometry(i).(orb.MultiPolygon); ok {
				sq.Exclude = append(sq.Exclude, area)
			}
		}
	}
	var wrong *coverage.SiteError
	t := sq.Tower
	if v := snap.Layer("villages"); v != nil && v.Len() > 0 && v.Geometry(0) != nil {
		t.At = anyPoint(v.Geometry(0)) // in the regency: height and frequency are checked
		if errors.As(e.CheckSite(snap, t, q.Technology), &wrong) {
			return nil, faulty(wrong.Member, "%s", wrong.Reason)
		}
	}
	return sq, nil
}

func anyPoint(g orb.Geometry) orb.Point {
	switch g := g.(type) {
	case orb.Polygon:
		return g[0][0]
	case orb.MultiPolygon:
		return g[0][0][0]
	}
	return g.Bound().Center()
}

// PlanSites answers a plan, as POST /api/coverage/sites does. progress may be nil.
func PlanSites(ctx context.Context, e *coverage.Engine, snap *geo.Snapshot, plan *SitePlan, progress func(stage string, done, of int)) (*SitesDoc, error) {
	sq, err := plan.query(ctx, e, snap)
	if err != nil {
		return nil, err
	}
	a, err := e.Sites(ctx, snap, sq, progress)
	if err != nil {
		return nil, gapProblem(err)
	}
	doc := &SitesDoc{SiteAnswer: a, Sites: []siteDoc{}}
	each := plan.Assumptions.effective().CapexIDR
	var last coverage.Row
	for _, site := range a.Sites {
		one := siteDoc{ChosenSite: site}
		if people := site.Gain.People.Covered.Float(); people > 0 {
			cost := math.Round(each / people)
			one.CostPerPersonIDR = &cost
		}
		doc.Sites, last = append(doc.Sites, one), site.Cumulative
	}
	doc.Cost = plan.Assumptions.of(len(a.Sites), &last)
	return doc, nil
}

// postSites is POST /api/coverage/sites. With Accept: text/event-stream it tells
// how far it is, then the answer or the problem.
func (s *service) postSites(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	if _, err := parse(r, nil); err != nil {
		return err
	}
	if media := mediaType(r); media != "application/json" {
		return problem(UnsupportedMedia, "a body of type %s is not taken here; application/json is", quoted(media))
	}
	body, err := readBody(r, maxPlanBody)
	if err != nil {
		return err
	}
	plan, err := ReadSitePlan(body)
	if err != nil {
		return err
	}
	leave, err := s.plan(r.Context())
	if err != nil {
		return err
	}
	defer leave()
	out := http.NewResponseController(w)
	longer := func() { _ = out.SetWriteDeadline(time.Now().Add(patience)) } // not every writer has one
	if !strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		doc, err := PlanSites(r.Context(), s.Coverage, snap, plan, func(string, int, int) { longer() })
		if err != nil {
			return err
		}
		longer()
		return sendPlan(w, http.StatusOK, doc)
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	say := func(event string, data any) {
		longer()
		text, err := json.Marshal(data)
		if err == nil {
			_, _ = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, text) // a client that left ends the context
			_ = out.Flush()
		}
	}
	doc, err := PlanSites(r.Context(), s.Coverage, snap, plan, func(stage string, done, of int) {
		say("progress", object{"stage": stage, "done": done, "of": of})
	})
	var p *Problem
	switch {
	case err == nil:
		say("result", doc)
	case errors.As(err, &p):
		status, title := p.Kind.describe()
		say("problem", problemJSON{Type: p.Kind.urn(), Title: title, Status: status, Detail: p.Detail, Parameter: p.Parameter, Allowed: p.Allowed, Faults: p.Faults})
	case r.Context().Err() == nil:
		s.Log.Error("sites", "request", requestID(w), "error", err)
		say("problem", problemJSON{Type: Internal.urn(), Title: "Something went wrong on the server", Status: 500, Detail: "the sites could not be worked out"})
	}
	return nil
}
