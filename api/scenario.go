package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

const (
	scenarioKind     = "scenario"
	maxPlannedTowers = 200
	maxPlanBody      = 256 << 10
	maxName          = 200 // characters
	maxPlans         = 2   // that are worked out at once
)

// plannedTower is a tower of a scenario. Of one that is moved, or changed where it
// stands, what is not given stays as it is.
type plannedTower struct {
	ID           string   `json:"id,omitempty"`
	Lon          *float64 `json:"lon,omitempty"`
	Lat          *float64 `json:"lat,omitempty"`
	HeightM      float64  `json:"height_m,omitempty"`      // 0: 40
	FrequencyMHz float64  `json:"frequency_mhz,omitempty"` // 0: usual for the technology
	Azimuth      *float64 `json:"azimuth,omitempty"`       // of a sector; none: all around
	Operators    []string `json:"operators,omitempty"`     // none: the scenario's operator, or all there are
}

// scenarioPlan is what a scenario consists of: the body of a request, and what is
// kept of it.
type scenarioPlan struct {
	Name        string            `json:"name"`
	Note        string            `json:"note,omitempty"`
	Technology  string            `json:"technology,omitempty"`
	Operator    string            `json:"operator,omitempty"`
	Evidence    string            `json:"evidence,omitempty"`
	Parameters  map[string]string `json:"parameters,omitempty"` // further ones of the question: preset, district, season, …
	Add         []plannedTower    `json:"add,omitempty"`
	Move        []plannedTower    `json:"move,omitempty"`
	Remove      []string          `json:"remove,omitempty"`
	Assumptions *towerCost        `json:"assumptions,omitempty"` // of costs
}

// readPlan reads a body of JSON into plan; a member that is not known is an error,
// as a misspelt one would be taken for nothing.
func readPlan(body []byte, plan any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	err := d.Decode(plan)
	if err == nil && d.More() {
		err = errors.New("there is more after the object")
	}
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kind):
		return faulty(kind.Field, "a %s cannot be read here", kind.Value)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return faulty(strings.Trim(name, `"`), "there is no such member")
	}
	return problem(BadBody, "the body is no JSON object that can be read: %v", err)
}

// faulty is a body of which a member is wrong: a 400, as it is for parameters.
func faulty(member, format string, args ...any) *Problem {
	reason := fmt.Sprintf(format, args...)
	p := problem(BadBody, "%s: %s", member, reason)
	p.Parameter = member
	p.Faults = []Fault{{Member: member, Reason: reason}}
	return p
}

// scenarioQuery is the question that the scenario answers, with its change.
func (s *service) scenarioQuery(ctx context.Context, snap *geo.Snapshot, plan *scenarioPlan) (*coverage.Query, error) {
	if plan.Name = strings.TrimSpace(plan.Name); len([]rune(plan.Name)) > maxName || len(plan.Note) > 10_000 {
		return nil, faulty("name", "a name has at most %d characters, a note 10,000", maxName)
	}
	if n := len(plan.Add) + len(plan.Move) + len(plan.Remove); n > maxPlannedTowers {
		return nil, faulty("add", "%d towers are more than the %d of a scenario", n, maxPlannedTowers)
	}
	if err := plan.Assumptions.check(); err != nil {
		return nil, err
	}
	values := url.Values{}
	for name, v := range plan.Parameters {
		if slices.Contains([]string{"by", "sort", "limit", "cursor", "technology", "operator", "evidence"}, name) {
			return nil, faulty("parameters."+name, "it is none of the further parameters of a scenario")
		}
		values.Set(name, v)
	}
	for name, v := range map[string]string{"technology": plan.Technology, "operator": plan.Operator, "evidence": plan.Evidence} {
		if v != "" {
			values.Set(name, v)
		}
	}
	q, err := coverage.ParseQuery(values)
	if err != nil {
		return nil, gapProblem(err)
	}
	if !slices.Contains(coverage.Technologies()[:4], q.Technology) {
		return nil, faulty("technology", "towers are planned for one of %s", strings.Join(coverage.Technologies()[:4], ", "))
	}
	if q.Evidence == "claimed" || q.Evidence == "measured" {
		return nil, faulty("evidence", "a tower that is not there is only modelled: want best or modelled")
	}
	q.Change, err = s.changeOf(ctx, snap, plan, q)
	return q, err
}

// changeOf makes the change of a scenario, and refuses towers that cannot be.
func (s *service) changeOf(ctx context.Context, snap *geo.Snapshot, plan *scenarioPlan, q *coverage.Query) (*coverage.Change, error) {
	there, err := s.Coverage.Towers(ctx, snap)
	if err != nil {
		return nil, gapProblem(err)
	}
	find := func(id string) int { return slices.IndexFunc(there, func(t coverage.Tower) bool { return t.ID == id }) }
	operators, err := s.sharers(ctx, snap, q)
	if err != nil {
		return nil, err
	}
	change := &coverage.Change{}
	for i, id := range plan.Remove {
		if find(id) < 0 {
			return nil, faulty(fmt.Sprintf("remove[%d]", i), "there is no tower %s", quoted(id))
		}
		change.Remove = append(change.Remove, id)
	}
	for i, m := range plan.Move {
		member := fmt.Sprintf("move[%d]", i)
		k := find(m.ID)
		switch {
		case k < 0:
			return nil, faulty(member+".id", "there is no tower %s", quoted(m.ID))
		case slices.Contains(change.Remove, m.ID):
			return nil, faulty(member+".id", "the tower %s is moved twice, or removed", quoted(m.ID))
		}
		t := there[k]
		t.Status, t.PositionErrorM = "active", 0
		if len(t.Technologies) == 0 {
			t.Technologies = []string{q.Technology}
		}
		if err := s.place(snap, &t, &m, member, q); err != nil {
			return nil, err
		}
		change.Remove, change.Add = append(change.Remove, m.ID), append(change.Add, t)
	}
	for i, a := range plan.Add {
		member := fmt.Sprintf("add[%d]", i)
		if a.Lon == nil || a.Lat == nil {
			return nil, faulty(member, "want lon and lat in degrees")
		}
		id := a.ID
		if id == "" {
			id = fmt.Sprintf("new-%d", i+1)
		}
		if len(id) > 100 || find(id) >= 0 || slices.ContainsFunc(change.Add, func(t coverage.Tower) bool { return t.ID == id }) {
			return nil, faulty(member+".id", "there is a tower %s already", quoted(id))
		}
		t := coverage.Tower{ID: id, HeightM: 40, Operators: operators, Technologies: []string{q.Technology}, Status: "proposed"}
		if err := s.place(snap, &t, &a, member, q); err != nil {
			return nil, err
		}
		change.Add = append(change.Add, t)
	}
	return change, nil
}

// sharers are the operators of a new tower: the one that is asked about, or all
// there are, as towers are shared.
func (s *service) sharers(ctx context.Context, snap *geo.Snapshot, q *coverage.Query) ([]string, error) {
	all, err := s.Coverage.OperatorsOf(ctx, snap, q.Technology)
	if err != nil {
		return nil, gapProblem(err)
	}
	if slices.Contains(all, q.Operator) {
		return []string{q.Operator}, nil
	}
	if len(all) == 0 {
		all = []string{"planned"}
	}
	return all, nil
}

// place puts what is given of a planned tower into t, and checks it.
func (s *service) place(snap *geo.Snapshot, t *coverage.Tower, p *plannedTower, member string, q *coverage.Query) error {
	if p.Lon != nil {
		t.At[0] = *p.Lon
	}
	if p.Lat != nil {
		t.At[1] = *p.Lat
	}
	if p.HeightM != 0 {
		t.HeightM = p.HeightM
	}
	if p.FrequencyMHz != 0 {
		t.FrequencyMHz = p.FrequencyMHz
	}
	if p.Azimuth != nil {
		if !(*p.Azimuth >= 0 && *p.Azimuth <= 360) {
			return faulty(member+".azimuth", "want 0 to 360 degrees")
		}
		t.Azimuth, t.Sector = *p.Azimuth, true
	}
	if len(p.Operators) > 20 {
		return faulty(member+".operators", "want at most 20")
	}
	if len(p.Operators) > 0 {
		t.Operators = p.Operators
	}
	var wrong *coverage.SiteError
	err := s.Coverage.CheckSite(snap, *t, q.Technology)
	if errors.As(err, &wrong) {
		return faulty(member+"."+wrong.Member, "%s", wrong.Reason)
	}
	return gapProblem(err)
}

// towerCost is what a tower is taken to cost, in rupiah.
type towerCost struct {
	CapexIDR  float64 `json:"capex_idr,omitempty"`  // of a tower; 0: 1.05 billion, the middle of 0.6 to 1.5 (APJII); 3.0 billion are told for 3T areas
	OpexShare float64 `json:"opex_share,omitempty"` // of that, each year; 0: 0.1125, the middle of 10 to 12.5 %
}

const (
	usualCapex = 1.05e9
	usualOpex  = 0.1125
)

func (c *towerCost) check() error {
	if c == nil {
		return nil
	}
	if c.CapexIDR != 0 && !(c.CapexIDR >= 1e6 && c.CapexIDR <= 1e12) {
		return faulty("assumptions.capex_idr", "want 1 million to 1 trillion rupiah")
	}
	if !(c.OpexShare >= 0 && c.OpexShare <= 1) {
		return faulty("assumptions.opex_share", "want 0 to 1")
	}
	return nil
}

func (c *towerCost) effective() towerCost {
	e := towerCost{usualCapex, usualOpex}
	if c != nil && c.CapexIDR != 0 {
		e.CapexIDR = c.CapexIDR
	}
	if c != nil && c.OpexShare != 0 {
		e.OpexShare = c.OpexShare
	}
	return e
}

// costDoc is the cost of towers, and what a billion rupiah gains.
type costDoc struct {
	Towers           int      `json:"towers"`
	CapexIDR         float64  `json:"capex_idr"`
	OpexIDRYear      float64  `json:"opex_idr_per_year"`
	PerPersonIDR     *float64 `json:"cost_per_person_idr"`
	PeoplePerBillion float64  `json:"people_per_billion_idr"`
	PlacesPerBillion float64  `json:"places_per_billion_idr"`
	RoadPerBillion   float64  `json:"road_km_per_billion_idr"`
	CapexPerTower    float64  `json:"capex_idr_per_tower"`
	OpexShare        float64  `json:"opex_share"`
	Source           string   `json:"source"`
}

func (c *towerCost) of(towers int, delta *coverage.Row) costDoc {
	e := c.effective()
	d := costDoc{Towers: towers, CapexIDR: float64(towers) * e.CapexIDR, CapexPerTower: e.CapexIDR, OpexShare: e.OpexShare}
	d.OpexIDRYear = d.CapexIDR * e.OpexShare
	d.Source = "given with the request"
	if c == nil || *c == (towerCost{}) {
		d.Source = "APJII: Rp 0.6–1.5 billion a tower, running costs of 10–12.5 % a year; the middle of both"
	}
	people := delta.People.Covered.Float()
	if d.CapexIDR > 0 {
		billions := d.CapexIDR / 1e9
		d.PeoplePerBillion, d.PlacesPerBillion, d.RoadPerBillion = people/billions, float64(delta.Places.Covered)/billions, delta.Road.Covered.Float()/billions
		if people > 0 {
			each := d.CapexIDR / people
			d.PerPersonIDR = &each
		}
	}
	return d
}

// points lists the towers of a change for a map.
func (p *scenarioPlan) points(change *coverage.Change, there []coverage.Tower) []plannedPoint {
	var all []plannedPoint
	for i, t := range change.Add {
		action := "add"
		if i < len(p.Move) {
			action = "move"
		}
		all = append(all, plannedPoint{action, t})
	}
	for _, id := range p.Remove {
		if k := slices.IndexFunc(there, func(t coverage.Tower) bool { return t.ID == id }); k >= 0 {
			all = append(all, plannedPoint{"remove", there[k]})
		}
	}
	return all
}

type plannedPoint struct {
	action string
	tower  coverage.Tower
}

func (p plannedPoint) record(technology string) geo.Record {
	return geo.Record{ID: p.tower.ID, Geometry: orb.Point(p.tower.At), Values: []any{
		p.action, strings.Join(p.tower.Operators, ";"), technology, p.tower.HeightM, p.tower.FrequencyMHz,
	}}
}
