package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/petadesa/petadesa/geo"
)

// listScenarios is GET /api/coverage/scenarios, for planners.
func (s *service) listScenarios(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	if _, err := s.planner(r); err != nil {
		return err
	}
	p, err := parse(r, []string{"limit", "cursor", "owner"})
	if err != nil {
		return err
	}
	limit, err := p.limit(100, 1000)
	if err != nil {
		return err
	}
	after := ""
	if cursor, ok := p["cursor"]; ok {
		if after, err = parseCursor("scenarios", cursor); err != nil {
			return err
		}
	}
	found, err := s.Documents.Documents(r.Context(), DocumentQuery{Kind: scenarioKind, Owner: p["owner"], After: after, Limit: limit})
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	all := []object{}
	for i := range found {
		d := &found[i]
		var kept keptScenario
		if err := json.Unmarshal(d.Body, &kept); err != nil {
			return fmt.Errorf("scenario %s: %w", d.ID, err)
		}
		all = append(all, object{
			"id": d.ID, "name": kept.Name, "note": kept.Note, "technology": kept.Technology, "operator": kept.Operator,
			"added": len(kept.Add), "moved": len(kept.Move), "removed": len(kept.Remove), "forked_from": kept.ForkedFrom,
			"version": d.Version, "owner": d.Owner, "created": d.Created, "updated": d.Updated, "permalink": scenarioURL(base, d.ID),
		})
	}
	links := []link{{Href: base + "/api/coverage/scenarios", Rel: "self", Type: asJSON.media, Title: "Scenarios"}}
	if len(found) == limit {
		links = append(links, link{
			Href: withParameters(base+"/api/coverage/scenarios", p, "cursor", makeCursor("scenarios", found[len(found)-1].ID)), Rel: "next", Type: asJSON.media, Title: "Next page",
		})
	}
	w.Header().Set("Cache-Control", "no-store")
	return sendPlan(w, http.StatusOK, object{"scenarios": all, "links": links})
}
