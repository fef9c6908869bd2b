package api

import (
	"net/http"

	"github.com/gorilla/mux"
)

// coverageRoutes are the addresses below /api/coverage.
func (s *service) coverageRoutes(r *mux.Router) {
	const root = "/api/coverage"
	for path, m := range map[string]methods{
		"/gaps": {http.MethodGet: s.gaps},
	} {
		r.Handle(root+path, s.resource(root+path, m))
	}
}
