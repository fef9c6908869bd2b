package api

import "net/http"

// appFiles is the map page and its files. What is not among them is a problem like
// any other.
func (s *service) appFiles(w http.ResponseWriter, r *http.Request) {
	inner := &missingWatch{ResponseWriter: w}
	s.App.ServeHTTP(inner, r)
	if inner.missing {
		s.fail(w, r, problem(NotFound, "there is nothing at %s", quoted(r.URL.Path)))
	}
}

// missingWatch keeps back a response that says "not found".
type missingWatch struct {
	http.ResponseWriter
	missing bool
}

func (m *missingWatch) WriteHeader(status int) {
	if m.missing = status == http.StatusNotFound; !m.missing {
		m.ResponseWriter.WriteHeader(status)
	}
}

func (m *missingWatch) Write(p []byte) (int, error) {
	if m.missing {
		return len(p), nil
	}
	return m.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (m *missingWatch) Unwrap() http.ResponseWriter { return m.ResponseWriter }
