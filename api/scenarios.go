package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// scenarioDoc is a scenario with what it does to the data as they are now.
type scenarioDoc struct {
	ID         string `json:"id,omitempty"`
	Version    int64  `json:"version,omitempty"`
	Owner      string `json:"owner,omitempty"`
	Created    string `json:"created,omitempty"`
	Updated    string `json:"updated,omitempty"`
	Permalink  string `json:"permalink,omitempty"`
	ForkedFrom string `json:"forked_from,omitempty"`
	scenarioPlan
	Difference differenceDoc            `json:"difference"`
	Cost       costDoc                  `json:"cost"`
	Rows       []coverage.RowDifference `json:"rows"`
	Question   map[string]string        `json:"question"` // the effective parameters
	Threshold  coverage.Threshold       `json:"threshold"`
	Provenance coverage.Provenance      `json:"provenance"`
	Links      []link                   `json:"links,omitempty"`
}

// differenceDoc is the sums of a difference.
type differenceDoc struct {
	Before      coverage.Row `json:"before"`
	After       coverage.Row `json:"after"`
	Delta       coverage.Row `json:"delta"`
	CellsGained int          `json:"cells_gained"`
	CellsLost   int          `json:"cells_lost"`
}

// keptScenario is a scenario as it is kept.
type keptScenario struct {
	scenarioPlan
	ForkedFrom string `json:"forked_from,omitempty"`
}

// workOut tells what a scenario does.
func (s *service) workOut(ctx context.Context, snap *geo.Snapshot, plan *scenarioPlan) (*scenarioDoc, error) {
	q, err := s.scenarioQuery(ctx, snap, plan)
	if err != nil {
		return nil, err
	}
	leave, err := s.plan(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	d, err := s.Coverage.Difference(ctx, snap, q)
	if err != nil {
		return nil, gapProblem(err)
	}
	doc := &scenarioDoc{
		scenarioPlan: *plan, Difference: differenceDoc{d.Before, d.After, d.Delta, d.CellsGained, d.CellsLost},
		Cost: plan.Assumptions.of(len(plan.Add)+len(plan.Move), &d.Delta), Rows: d.Rows, Question: d.Parameters, Threshold: d.Threshold, Provenance: d.Provenance,
	}
	return doc, nil
}

// plan waits for a slot for planning, of which there are few: each takes all
// processors.
func (s *service) plan(ctx context.Context) (leave func(), err error) {
	timer := time.NewTimer(queueing)
	defer timer.Stop()
	select {
	case s.planning <- struct{}{}:
		return func() { <-s.planning }, nil
	case <-timer.C:
		return nil, problem(Busy, "%d plans are being worked out; try again", cap(s.planning))
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// postScenario is POST /api/coverage/scenarios: works out a scenario and keeps
// it; with save=false, which needs no token, it is not kept.
func (s *service) postScenario(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"save"})
	if err != nil {
		return err
	}
	save := true
	if _, ok := p["save"]; ok {
		if save, err = p.flag("save"); err != nil {
			return err
		}
	}
	var who Identity
	if save {
		if who, err = s.planner(r); err != nil {
			return err
		}
	}
	plan, err := readScenario(r, save)
	if err != nil {
		return err
	}
	doc, err := s.workOut(r.Context(), snap, plan)
	if err != nil {
		return err
	}
	if !save {
		return sendPlan(w, http.StatusOK, doc)
	}
	return s.keepNew(w, r, who, keptScenario{scenarioPlan: *plan}, doc)
}

// planner returns who sent the request, if documents can be kept and the role
// allows it.
func (s *service) planner(r *http.Request) (Identity, error) {
	if s.Documents == nil {
		return Identity{}, s.readOnly("this service keeps no scenarios: save=false works one out without keeping it")
	}
	return s.require(r, RolePlanner)
}

func readScenario(r *http.Request, named bool) (*scenarioPlan, error) {
	if media := mediaType(r); media != "application/json" {
		p := problem(UnsupportedMedia, "a body of type %s is not taken here; application/json is", quoted(media))
		p.Allowed = []string{"application/json"}
		return nil, p
	}
	body, err := readBody(r, maxPlanBody)
	if err != nil {
		return nil, err
	}
	plan := &scenarioPlan{}
	if err := readPlan(body, plan); err != nil {
		return nil, err
	}
	if named && strings.TrimSpace(plan.Name) == "" {
		return nil, faulty("name", "a scenario that is kept has a name")
	}
	return plan, nil
}

func sendPlan(w http.ResponseWriter, status int, doc any) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", asJSON.media)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // the client may be gone
	return nil
}

func (s *service) keepNew(w http.ResponseWriter, r *http.Request, who Identity, kept keptScenario, doc *scenarioDoc) error {
	body, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	saved, err := s.Documents.PutDocument(r.Context(), Document{Kind: scenarioKind, ID: strings.ToLower(rand.Text()[:12]), Body: body, Owner: who.Name}, 0)
	if err != nil {
		return err
	}
	s.describeScenario(doc, &saved, kept.ForkedFrom, s.baseURL(r))
	h := w.Header()
	h.Set("Location", doc.Permalink)
	h.Set("ETag", scenarioTag(&saved))
	return sendPlan(w, http.StatusCreated, doc)
}

func scenarioTag(d *Document) string { return `"` + strconv.FormatInt(d.Version, 10) + `"` }

func scenarioURL(base, id string) string { return base + "/api/coverage/scenarios/" + id }

// describeScenario fills in what is known of a scenario that is kept.
func (s *service) describeScenario(doc *scenarioDoc, d *Document, fork, base string) {
	doc.ID, doc.Version, doc.Owner, doc.ForkedFrom = d.ID, d.Version, d.Owner, fork
	doc.Created, doc.Updated = d.Created.UTC().Format(time.RFC3339), d.Updated.UTC().Format(time.RFC3339)
	doc.Permalink = scenarioURL(base, d.ID)
	doc.Links = []link{
		{Href: doc.Permalink, Rel: "self", Type: asJSON.media, Title: doc.Name},
		{Href: doc.Permalink + "?f=csv", Rel: "csv", Type: asTable.media, Title: "The villages that are changed"},
		{Href: doc.Permalink + "?f=geojson", Rel: "geojson", Type: typeGeoJSON, Title: "The towers"},
		{Href: base + "/api/coverage/scenarios", Rel: "collection", Type: asJSON.media, Title: "All scenarios"},
	}
}

// keptScenario reads the scenario that an address names.
func (s *service) keptScenario(ctx context.Context, id string) (Document, keptScenario, error) {
	var kept keptScenario
	if s.Documents == nil {
		return Document{}, kept, problem(UnknownDocument, "there is no scenario %s", quoted(id))
	}
	d, err := s.Documents.Document(ctx, scenarioKind, id)
	if err != nil {
		return d, kept, err
	}
	return d, kept, json.Unmarshal(d.Body, &kept)
}

// getScenario is GET /api/coverage/scenarios/{scenario}: who knows its address
// may see it.
func (s *service) getScenario(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asTable, asFeatures)
	if err != nil {
		return err
	}
	d, kept, err := s.scenarioOf(r)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	return s.respond(w, r, answer{
		media: sent.media, tag: strconv.FormatInt(d.Version, 10), identity: []string{"scenario", s.Version, snap.Version, base, d.ID, d.Updated.String(), sent.name},
		prepare: func() (func(io.Writer) error, error) {
			doc, err := s.workOut(r.Context(), snap, &kept.scenarioPlan)
			if err != nil {
				return nil, err
			}
			s.describeScenario(doc, &d, kept.ForkedFrom, base)
			switch sent.name {
			case asTable.name:
				return func(out io.Writer) error { return writeScenarioTable(out, doc) }, nil
			case asFeatures.name:
				return func(out io.Writer) error { return s.writeScenarioTowers(r.Context(), out, snap, doc) }, nil
			}
			return func(out io.Writer) error { return writeJSON(out, doc) }, nil
		},
	})
}

func (s *service) scenarioOf(r *http.Request) (Document, keptScenario, error) {
	id, err := pathValue(r, "scenario")
	if err != nil {
		return Document{}, keptScenario{}, err
	}
	return s.keptScenario(r.Context(), id)
}
