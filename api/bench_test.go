package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
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

// BenchmarkItems is PERFORMANCE.md's row of GeoJSON of the 390 villages, when
// their real boundaries are at hand.
func BenchmarkItems(b *testing.B) {
	src := &fixed{}
	src.snapshot.Store(build(b, nil, realVillages(b)))
	h := New(testConfig(b, src))
	const url = "/api/collections/villages/items?limit=1000"
	tag := ask(h, "GET", url, "Accept-Encoding: gzip").Header().Get("ETag")
	for _, c := range []struct {
		name    string
		headers []string
		fresh   bool
	}{
		{"gzip/kept", []string{"Accept-Encoding: gzip"}, false},
		{"identity/kept", nil, false},
		{"not-modified", []string{"Accept-Encoding: gzip", "If-None-Match: " + tag}, false},
		{"gzip/made", []string{"Accept-Encoding: gzip"}, true},
		{"zstd/made", []string{"Accept-Encoding: zstd"}, true},
		{"identity/made", nil, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			size := 0
			for i := 0; b.Loop(); i++ {
				if c.fresh {
					b.StopTimer()
					h = New(testConfig(b, src))
					b.StartTimer()
				}
				size = ask(h, "GET", url, c.headers...).Body.Len()
			}
			b.ReportMetric(float64(size), "bytes")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
		})
	}
}

// BenchmarkItemsOverHTTP is the same through a server and 16 connections, with
// the clients on the same cores.
func BenchmarkItemsOverHTTP(b *testing.B) {
	src := &fixed{}
	src.snapshot.Store(build(b, nil, realVillages(b)))
	server := httptest.NewServer(New(testConfig(b, src)))
	defer server.Close()
	const connections = 16
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	for _, coding := range []string{"gzip", "identity"} {
		b.Run(coding, func(b *testing.B) {
			b.SetParallelism(max(1, connections/runtime.GOMAXPROCS(0)))
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					r, err := http.NewRequest(http.MethodGet, server.URL+"/api/collections/villages/items?limit=1000", nil)
					if err != nil {
						b.Error(err)
						return
					}
					r.Header.Set("Accept-Encoding", coding)
					res, err := client.Do(r)
					if err != nil {
						b.Error(err)
						return
					}
					_, _ = io.Copy(io.Discard, res.Body)
					res.Body.Close()
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
		})
	}
}
