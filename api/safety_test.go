package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

var safety = []scenario{
	{
		name: "headers", url: "/", want: []string{
			"X-Content-Type-Options: nosniff", "Referrer-Policy: strict-origin-when-cross-origin", "X-Request-Id: *", "Access-Control-Allow-Origin: *",
			"Content-Security-Policy: default-src 'self'; img-src 'self' data: blob: https://*.tile.example.org; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
		},
	},
	{name: "given request id", url: "/healthz", headers: []string{"X-Request-Id: trace-1.a_B"}, want: []string{"X-Request-Id: trace-1.a_B"}},
	{name: "panic", url: "/panic", status: 500, json: []string{`type = "urn:petadesa:problem:internal"`}},
	{name: "too long", url: "/api?f=" + strings.Repeat("x", 17_000), status: 414},
	{name: "too many parameters", url: items + "?" + manyParameters(), status: 400, json: []string{`type = "urn:petadesa:problem:bad-query"`}},
	{name: "POST", method: http.MethodPost, url: items, status: 405, want: []string{"Allow: GET, HEAD, OPTIONS"}},
	{name: "DELETE a tile", method: http.MethodDelete, url: "/tiles/villages/10/832/534.mvt", status: 405},
	{name: "PUT the page", method: http.MethodPut, url: "/", status: 405},
	{name: "OPTIONS", method: http.MethodOptions, url: items, want: []string{"Allow: GET, HEAD, OPTIONS"}},
	{name: "preflight", method: http.MethodOptions, url: items, headers: []string{"Origin: https://a.test", "Access-Control-Request-Method: GET"}, status: 204, want: []string{"Access-Control-Allow-Methods: GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE", "Access-Control-Allow-Headers: Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id", "Access-Control-Allow-Origin: *"}},
	{name: "HEAD", method: http.MethodHead, url: items, want: []string{"Content-Type: application/geo+json", "ETag: *", "OGC-NumberMatched: 4"}},
	{name: "HEAD of an error", method: http.MethodHead, url: items + "?limit=0", status: 400},
	{name: "forwarded by a stranger", url: "/api", headers: []string{"Peer: 192.0.2.1:5", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.test"}, json: []string{`links/[rel=data]/href = "http://map.test:8080/api/collections"`}},
	{name: "forwarded by a proxy", url: "/api", headers: []string{"Peer: 10.1.2.3:5", "X-Forwarded-Proto: https", "X-Forwarded-Host: peta.test", "X-Forwarded-Prefix: /desa/"}, json: []string{`links/[rel=data]/href = "https://peta.test/desa/api/collections"`}},
	{name: "forwarded port", url: "/api", headers: []string{"Peer: 10.1.2.3:5", "X-Forwarded-Proto: https", "X-Forwarded-Host: peta.test", "X-Forwarded-Port: 8443"}, json: []string{`links/[rel=data]/href = "https://peta.test:8443/api/collections"`}},
	{name: "forwarded nonsense", url: "/api", headers: []string{"Peer: 10.1.2.3:5", "X-Forwarded-Proto: gopher", "X-Forwarded-Host: a\"><script>", "X-Forwarded-Prefix: /../x\""}, json: []string{`links/[rel=data]/href = "http://map.test:8080/api/collections"`}},
}

func manyParameters() string {
	var b strings.Builder
	for i := range 101 {
		b.WriteString("p" + strings.Repeat("x", i) + "=1&")
	}
	return b.String()
}

func TestRequestIDsAreBounded(t *testing.T) {
	h := New(testConfig(t, world(t)))
	for _, bad := range []string{strings.Repeat("a", 65), "a b", "a\"b", "<script>"} {
		if got := ask(h, "GET", "/healthz", "X-Request-Id: "+bad).Header().Get("X-Request-Id"); got == bad || len(got) != 16 {
			t.Errorf("id %q became %q", bad, got)
		}
	}
}

func TestBeforeTheFirstSnapshot(t *testing.T) {
	h := New(testConfig(t, &fixed{}))
	for _, c := range []scenario{
		{url: "/api", status: 503, want: []string{"Retry-After: 1"}, json: []string{`type = "urn:petadesa:problem:not-ready"`}},
		{url: "/tiles/villages/10/832/534.mvt", status: 503},
		{url: "/healthz"},
		{url: "/metrics", body: []string{"!petadesa_snapshot_info"}},
		{url: "/"},
	} {
		c.run(t, h)
	}
	if w := ask(h, "GET", "/readyz"); w.Code != 503 || !strings.Contains(w.Body.String(), `"starting"`) {
		t.Errorf("readyz: %d %s", w.Code, w.Body)
	}
}

func TestDegradedStillServes(t *testing.T) {
	src := world(t)
	src.state.Store(&State{Detail: "the database does not answer", Since: built})
	h := New(testConfig(t, src))
	scenario{url: "/readyz", json: []string{`status = "degraded"`, `store/ok = false`, `store/detail = "the database does not answer"`, `store/since = "2025-10-01T02:03:04Z"`}}.run(t, h)
	scenario{url: items, json: []string{`numberMatched = 4`}}.run(t, h)
}

func TestMetricsGoIntoTheGivenRegistry(t *testing.T) {
	cfg := testConfig(t, world(t))
	cfg.Metrics = prometheus.NewRegistry()
	h := New(cfg)
	ask(h, "GET", "/api/collections/nothing/items")
	ask(h, "BREW", "/wherever")
	body := ask(h, "GET", "/metrics").Body.String()
	for _, want := range []string{
		`petadesa_http_requests_total{method="GET",route="/api/collections/{collection}/items",status="404"} 1`,
		`petadesa_http_requests_total{method="other",route="/",status="405"} 1`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, clip(body))
		}
	}
}
