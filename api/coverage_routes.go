package api

import (
	"net/http"

	"github.com/gorilla/mux"
)

// coverageRoutes are the addresses below /api/coverage.
func (s *service) coverageRoutes(r *mux.Router) {
	const root = "/api/coverage"
	for path, m := range map[string]methods{
		"/gaps":              {http.MethodGet: s.gaps},
		"/at":                {http.MethodGet: s.coverageAt},
		"/profile":           {http.MethodGet: s.profile},
		"/reconcile":         {http.MethodGet: s.reconcile},
		"/sites":             {http.MethodPost: s.postSites},
		"/priorities":        {http.MethodGet: s.priorities},
		"/scenarios":         {http.MethodGet: s.listScenarios, http.MethodPost: s.postScenario},
		"/scenarios/compare": {http.MethodGet: s.compareScenarios},
		"/scenarios/{scenario:[a-z0-9]{12}}": {
			http.MethodGet: s.getScenario, http.MethodPut: s.putScenario, http.MethodDelete: s.deleteScenario,
		},
		"/scenarios/{scenario:[a-z0-9]{12}}/fork": {http.MethodPost: s.forkScenario},
	} {
		r.Handle(root+path, s.resource(root+path, m))
	}
}
