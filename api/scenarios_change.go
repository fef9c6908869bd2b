package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/petadesa/petadesa/geo"
)

// expected returns the version that If-Match names, which must be that of d.
func expected(r *http.Request, d *Document) error {
	tags, err := ifMatch(r)
	if err != nil {
		return err
	}
	for _, tag := range tags {
		if tag == strconv.FormatInt(d.Version, 10) {
			return nil
		}
	}
	return problem(Stale, "the scenario was changed since you saw it: it has version %d now", d.Version)
}

// putScenario is PUT /api/coverage/scenarios/{scenario}.
func (s *service) putScenario(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	if _, err := s.planner(r); err != nil {
		return err
	}
	if _, err := parse(r, nil); err != nil {
		return err
	}
	d, kept, err := s.scenarioOf(r)
	if err != nil {
		return err
	}
	if err := expected(r, &d); err != nil {
		return err
	}
	plan, err := readScenario(r, true)
	if err != nil {
		return err
	}
	doc, err := s.workOut(r.Context(), snap, plan)
	if err != nil {
		return err
	}
	kept.scenarioPlan = *plan
	if d.Body, err = json.Marshal(kept); err != nil {
		return err
	}
	saved, err := s.Documents.PutDocument(r.Context(), d, d.Version)
	if err != nil {
		return err
	}
	s.describeScenario(doc, &saved, kept.ForkedFrom, s.baseURL(r))
	w.Header().Set("ETag", scenarioTag(&saved))
	return sendPlan(w, http.StatusOK, doc)
}

// deleteScenario is DELETE /api/coverage/scenarios/{scenario}.
func (s *service) deleteScenario(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	if _, err := s.planner(r); err != nil {
		return err
	}
	d, _, err := s.scenarioOf(r)
	if err != nil {
		return err
	}
	if err := expected(r, &d); err != nil {
		return err
	}
	if err := s.Documents.DeleteDocument(r.Context(), scenarioKind, d.ID, d.Version); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// forkScenario is POST /api/coverage/scenarios/{scenario}/fork: a copy that is
// one's own, with another name if the body has one.
func (s *service) forkScenario(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	who, err := s.planner(r)
	if err != nil {
		return err
	}
	d, kept, err := s.scenarioOf(r)
	if err != nil {
		return err
	}
	body, err := readBody(r, maxPlanBody)
	if err != nil {
		return err
	}
	var named struct {
		Name string `json:"name"`
	}
	if len(body) > 0 {
		if err := readPlan(body, &named); err != nil {
			return err
		}
	}
	if kept.Name = kept.Name + " (2)"; named.Name != "" {
		kept.Name = named.Name
	}
	kept.ForkedFrom = d.ID
	doc, err := s.workOut(r.Context(), snap, &kept.scenarioPlan)
	if err != nil {
		return err
	}
	return s.keepNew(w, r, who, kept, doc)
}
