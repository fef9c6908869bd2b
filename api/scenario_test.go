package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// scenario is one request and what must come of it. All HTTP tests are rows of
// tables of these.
type scenario struct {
	name    string
	method  string // empty: GET
	url     string
	headers []string // "Name: value"; "Peer: address" is where it comes from
	send    string   // the body of the request
	status  int      // 0: 200
	want    []string // headers: "Name: value", "Name: *" for any, "Name: " for none
	json    []string // "path.to.0.member = value as JSON", "path exists", "path absent"
	body    []string // texts in the body; "!text" for not
}

func (c scenario) run(t *testing.T, h http.Handler) *httptest.ResponseRecorder {
	t.Helper()
	method, status := c.method, c.status
	if method == "" {
		method = http.MethodGet
	}
	if status == 0 {
		status = http.StatusOK
	}
	w := sendTo(h, method, c.url, c.send, c.headers...)
	if w.Code != status {
		t.Fatalf("%s %s: status %d, want %d\n%s", method, c.url, w.Code, status, clip(w.Body.String()))
	}
	for _, line := range c.want {
		name, value, _ := cutHeader(line)
		got := strings.Join(w.Header().Values(name), ", ")
		if value == "*" && got != "" {
			continue
		}
		if got != value {
			t.Errorf("%s %s: header %s is %q, want %q", method, c.url, name, got, value)
		}
	}
	for _, text := range c.body {
		if rest, not := strings.CutPrefix(text, "!"); not == strings.Contains(w.Body.String(), rest) {
			t.Errorf("%s %s: body and %q:\n%s", method, c.url, text, clip(w.Body.String()))
		}
	}
	if status >= 400 && method != http.MethodHead {
		checkProblem(t, c.url, w)
	}
	if len(c.json) > 0 {
		var doc any
		if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
			t.Fatalf("%s %s: %v\n%s", method, c.url, err, clip(w.Body.String()))
		}
		for _, check := range c.json {
			checkJSON(t, c.url, doc, check)
		}
	}
	return w
}

// checkProblem checks what holds for every error.
func checkProblem(t *testing.T, url string, w *httptest.ResponseRecorder) {
	t.Helper()
	if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("%s: an error of type %q", url, got)
	}
	var p problemJSON
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	if !strings.HasPrefix(p.Type, "urn:petadesa:problem:") || p.Title == "" || p.Status != w.Code || p.Detail == "" || p.RequestID != w.Header().Get("X-Request-Id") {
		t.Errorf("%s: incomplete problem %+v", url, p)
	}
	for _, leak := range []string{"goroutine", ".go:", "SELECT ", "runtime error", "secret"} {
		if strings.Contains(w.Body.String(), leak) {
			t.Errorf("%s: the problem tells %q", url, leak)
		}
	}
}

func checkJSON(t *testing.T, url string, doc any, check string) {
	t.Helper()
	if path, ok := strings.CutSuffix(check, " exists"); ok {
		if _, found := at(doc, path); !found {
			t.Errorf("%s: no %s", url, path)
		}
		return
	}
	if path, ok := strings.CutSuffix(check, " absent"); ok {
		if v, found := at(doc, path); found {
			t.Errorf("%s: %s is there: %v", url, path, v)
		}
		return
	}
	path, want, ok := strings.Cut(check, " = ")
	if !ok {
		t.Fatalf("a check that is none: %q", check)
	}
	v, _ := at(doc, path)
	got, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var canonical any
	if err := json.Unmarshal([]byte(want), &canonical); err != nil {
		t.Fatalf("check %q: %v", check, err)
	}
	if w, _ := json.Marshal(canonical); string(got) != string(w) {
		t.Errorf("%s: %s is %s, want %s", url, path, clip(string(got)), want)
	}
}

// at finds a member by its path: names and positions set apart by "/", "#" for
// the number of members, "[rel=next]" for the first whose member has the value.
func at(doc any, path string) (any, bool) {
	for path != "" {
		var part string
		if strings.HasPrefix(path, "[") {
			part, path, _ = strings.Cut(path, "]")
			path = strings.TrimPrefix(path, "/")
		} else {
			part, path, _ = strings.Cut(path, "/")
		}
		switch v := doc.(type) {
		case map[string]any:
			if part == "#" {
				doc = len(v)
				continue
			}
			next, ok := v[part]
			if !ok {
				return nil, false
			}
			doc = next
		case []any:
			if part == "#" {
				doc = len(v)
				continue
			}
			if name, value, ok := strings.Cut(strings.Trim(part, "[]"), "="); ok {
				found := false
				for _, m := range v {
					if o, ok := m.(map[string]any); ok && fmt.Sprint(o[name]) == value {
						doc, found = o, true
						break
					}
				}
				if !found {
					return nil, false
				}
				continue
			}
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(v) {
				return nil, false
			}
			doc = v[i]
		default:
			return nil, false
		}
	}
	return doc, true
}

func cutHeader(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, ":")
	return name, strings.TrimPrefix(value, " "), ok
}

func clip(s string) string {
	if len(s) > 1500 {
		return s[:1500] + "…"
	}
	return s
}
