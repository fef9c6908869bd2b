package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/petadesa/petadesa/geo"
)

// holders are tokens and who holds them.
type holders map[string]Identity

func (h holders) Identify(_ context.Context, token string) (Identity, error) {
	if token == "away" {
		return Identity{}, errors.New("dial tcp: secret host")
	}
	who, ok := h[token]
	if !ok {
		return who, ErrUnknownToken
	}
	return who, nil
}

var somebody = holders{
	"t-viewer": {"Vi", RoleViewer}, "t-editor": {"Edi", RoleEditor}, "t-planner": {"Plani", RolePlanner}, "t-admin": {"Adi", RoleAdmin},
}

// guarded is a resource that needs the role of an editor to be written.
func guarded(t *testing.T, ids Identities) http.Handler {
	cfg := testConfig(t, world(t))
	cfg.Identities = ids
	s := &service{Config: cfg, attempts: newAttempts(attemptsEvery, attemptsAtOnce)}
	s.metrics = newMetrics(prometheus.NewRegistry(), s)
	return s.guard(s.resource("/x", methods{
		http.MethodPost: func(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
			who, err := s.require(r, RoleEditor)
			if err == nil {
				w.Header().Set("X-Who", who.Name)
			}
			return err
		},
	}))
}

func TestRequire(t *testing.T) {
	for _, c := range []scenario{
		{name: "no token", status: 401, want: []string{`WWW-Authenticate: Bearer realm="petadesa"`}, json: []string{`type = "urn:petadesa:problem:unauthorized"`}},
		{name: "unknown", headers: []string{"Authorization: Bearer nobody"}, status: 401, want: []string{"WWW-Authenticate: *"}},
		{name: "another scheme", headers: []string{"Authorization: Basic dDp0"}, status: 401},
		{name: "scheme alone", headers: []string{"Authorization: Bearer"}, status: 401},
		{name: "far too long", headers: []string{"Authorization: Bearer " + strings.Repeat("x", 5000)}, status: 401},
		{name: "viewer", headers: []string{"Authorization: Bearer t-viewer"}, status: 403, json: []string{`type = "urn:petadesa:problem:forbidden"`}},
		{name: "planner", headers: []string{"Authorization: Bearer t-planner"}, status: 403},
		{name: "editor", headers: []string{"Authorization: Bearer t-editor"}, want: []string{"X-Who: Edi"}},
		{name: "in lower case", headers: []string{"Authorization: bearer t-editor"}, want: []string{"X-Who: Edi"}},
		{name: "admin", headers: []string{"Authorization: Bearer t-admin"}, want: []string{"X-Who: Adi"}},
		{name: "away", headers: []string{"Authorization: Bearer away"}, status: 503, body: []string{"!secret"}},
		{name: "another method", method: http.MethodGet, status: 405, want: []string{"Allow: OPTIONS, POST"}},
		{name: "options", method: http.MethodOptions, want: []string{"Allow: OPTIONS, POST"}},
	} {
		if c.method == "" {
			c.method = http.MethodPost
		}
		c.url = "/x"
		t.Run(c.name, func(t *testing.T) { c.run(t, guarded(t, somebody)) })
	}
	scenario{url: "/x", method: http.MethodPost, headers: []string{"Authorization: Bearer t-admin"}, status: 403}.run(t, guarded(t, nil))
}

func TestUnknownTokensAreBounded(t *testing.T) {
	h := guarded(t, somebody)
	bad := func(peer string, status int) {
		t.Helper()
		scenario{url: "/x", method: http.MethodPost, headers: []string{"Authorization: Bearer guess", "Peer: " + peer}, status: status}.run(t, h)
	}
	for range attemptsAtOnce {
		bad("192.0.2.1:5", 401)
		bad("[2001:db8::1]:5", 401)
	}
	bad("192.0.2.1:6", 429)
	bad("[2001:db8::ffff]:5", 429)
	bad("192.0.2.2:5", 401)
	scenario{
		url: "/x", method: http.MethodPost, headers: []string{"Authorization: Bearer t-editor", "Peer: 192.0.2.1:5"}, status: 429,
		want: []string{"Retry-After: 6"}, json: []string{`type = "urn:petadesa:problem:too-many-attempts"`},
	}.run(t, h)
	// Without a token nothing is tried.
	scenario{url: "/x", method: http.MethodPost, headers: []string{"Peer: 192.0.2.1:5"}, status: 401}.run(t, h)
	// Behind a trusted proxy it is the client that counts, and a stranger cannot
	// say who it is.
	scenario{url: "/x", method: http.MethodPost, headers: []string{"Authorization: Bearer guess", "Peer: 10.0.0.1:5", "X-Forwarded-For: 192.0.2.77, 192.0.2.1"}, status: 429}.run(t, h)
	scenario{url: "/x", method: http.MethodPost, headers: []string{"Authorization: Bearer guess", "Peer: 10.0.0.1:5", "X-Forwarded-For: 192.0.2.3, 10.0.0.2"}, status: 401}.run(t, h)
	scenario{url: "/x", method: http.MethodPost, headers: []string{"Authorization: Bearer guess", "Peer: 192.0.2.1:5", "X-Forwarded-For: 192.0.2.4"}, status: 429}.run(t, h)
}

func TestAttemptsAreForgottenInOrder(t *testing.T) {
	s := &service{attempts: newAttempts(attemptsEvery, attemptsAtOnce)}
	for i := range 2 * attemptsClients {
		r, _ := http.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = "198." + strings.Join([]string{strconv.Itoa(i >> 16 & 255), strconv.Itoa(i >> 8 & 255), strconv.Itoa(i & 255)}, ".") + ":1"
		s.attempts.failed(s.client(r))
	}
	if n := len(s.attempts.byKey); n != attemptsClients || s.attempts.order.Len() != n {
		t.Errorf("%d addresses are remembered", n)
	}
}
