package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkWarmTile is what the service costs around a tile that is in the
// cache: the whole handler, without a network.
func BenchmarkWarmTile(b *testing.B) {
	h := New(testConfig(b, world(b)))
	r := httptest.NewRequest(http.MethodGet, "http://map.test:8080/tiles/villages,destinations/10/832/534.mvt", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	w := &discard{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
	if w.status != http.StatusOK {
		b.Fatal(w.status)
	}
}

// discard is a response writer that keeps the status only.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
