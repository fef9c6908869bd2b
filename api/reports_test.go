package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// paper is Documents in memory, and Measurements that are only remembered.
type paper struct {
	mu   sync.Mutex
	docs map[string]Document
	made map[string]string
}

func newPaper() *paper { return &paper{docs: map[string]Document{}, made: map[string]string{}} }

func (p *paper) Document(_ context.Context, kind, id string) (Document, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d, ok := p.docs[kind+"/"+id]
	if !ok {
		return d, problem(UnknownDocument, "there is no %s %s", kind, id)
	}
	return d, nil
}

func (p *paper) Documents(_ context.Context, q DocumentQuery) ([]Document, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []Document
	for _, d := range p.docs {
		if d.Kind == q.Kind && d.ID > q.After {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b Document) int { return strings.Compare(a.ID, b.ID) })
	if q.Limit > 0 {
		all = all[:min(len(all), q.Limit)]
	}
	return all, nil
}

func (p *paper) PutDocument(_ context.Context, d Document, expected int64) (Document, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	old, there := p.docs[d.Kind+"/"+d.ID]
	switch {
	case expected == 0 && there:
		return d, problem(Conflict, "there already")
	case expected != old.Version:
		return d, problem(Stale, "changed")
	}
	d.Version = expected + 1
	p.docs[d.Kind+"/"+d.ID] = d
	return d, nil
}

func (p *paper) DeleteDocument(_ context.Context, kind, id string, _ int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.docs, kind+"/"+id)
	return nil
}

func (p *paper) Publish(_ context.Context, _ Identity, features []ReportFeature) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range features {
		if f.JSON == nil {
			delete(p.made, f.ID)
		} else {
			p.made[f.ID] = string(f.JSON)
		}
	}
	return true, nil
}

type tokens map[string]Role

func (t tokens) Identify(_ context.Context, token string) (Identity, error) {
	if role, ok := t[token]; ok {
		return Identity{"Sri", role}, nil
	}
	return Identity{}, ErrUnknownToken
}

// reporting is a service that takes reports, and its clock.
func reporting(t testing.TB) (*Handler, *paper, *time.Time) {
	t.Helper()
	p := newPaper()
	cfg := testConfig(t, visited(t))
	cfg.Documents, cfg.Measurements, cfg.Identities = p, p, tokens{"editor": RoleEditor, "planner": RolePlanner}
	h := New(cfg)
	now := time.Date(2026, 11, 26, 8, 20, 30, 0, time.UTC)
	h.service.reports.now = func() time.Time { return now }
	return h, p, &now
}

const (
	jsonBody = "Content-Type: application/json"
	formBody = "Content-Type: application/x-www-form-urlencoded"
	noSignal = `{"lon":112.55,"lat":-8.05,"operator":"telkomsel","technology":"4g","works":false,"device":"phone"}`
)

func peer(n int) string { return fmt.Sprintf("Peer: 192.0.2.%d:4000", n) }

func TestReports(t *testing.T) {
	h, _, _ := reporting(t)
	const at = "/api/reports"
	long := strings.Repeat("x", 5000)
	for i, c := range []scenario{
		{name: "JSON", method: "POST", url: at, headers: []string{jsonBody}, send: noSignal, status: 201, json: []string{`status = "pending"`, `village = "35.07.01.2001"`, `cell exists`}, body: []string{"!112.55"}},
		{name: "form", method: "POST", url: at, headers: []string{formBody}, send: "lon=112,55&lat=-8.05&operator=Alpha&works=true&down_mbps=12.5", status: 201, json: []string{`status = "pending"`}},
		{name: "the page", url: "/lapor", body: []string{`<html lang="id">`, "Laporkan sinyal", `type="image"`, "!<script"}, want: []string{"Content-Type: text/html; charset=utf-8"}},
		{name: "the page in English", url: "/lapor?lang=en", body: []string{"Report signal", `value="Telkomsel"`}},
		{name: "the picture pressed", url: "/lapor?lang=id&clon=0&clat=0&zoom=0&map.x=160&map.y=160", body: []string{`name="lon" inputmode="decimal" required value="112.`}},
		{name: "the picture", url: "/api/reports/map.svg?clon=112.6&clat=-8.05&zoom=2", want: []string{"Content-Type: image/svg+xml"}, body: []string{"<svg", "500 m", "</svg>", "!<script"}},
		{name: "the form of the page", method: "POST", url: "/lapor?lang=en", headers: []string{formBody}, send: "lon=112.55&lat=-8.05&operator=XL&works=false", status: 201, body: []string{"Thank you"}},
		{name: "choices", url: "/api/reports/choices", json: []string{`operators/0 = "Telkomsel"`, `technologies/4 = "unknown"`, `open = true`}},
		{name: "speed down", url: "/api/reports/speed?bytes=1000", want: []string{"Content-Length: 1000", "Cache-Control: no-store"}},
		{name: "speed up", method: "POST", url: "/api/reports/speed", send: long, json: []string{`bytes = 5000`}},
		{name: "cells", url: at + "/cells", json: []string{`type = "FeatureCollection"`, `features/# = 0`, `reporters_at_least = 3`}},

		{name: "no place", method: "POST", url: at, headers: []string{jsonBody}, send: `{"operator":"XL","works":true}`, status: 422, json: []string{`faults/0/member = "lon"`}},
		{name: "abroad", method: "POST", url: at, headers: []string{jsonBody}, send: `{"lon":12,"lat":50,"operator":"XL","works":true}`, status: 422, body: []string{"more than 3 km"}},
		{name: "in the sea", method: "POST", url: at, headers: []string{jsonBody}, send: `{"lon":112.55,"lat":-8.11,"operator":"XL","works":true}`, status: 422, body: []string{"in the sea"}},
		{name: "no longitude", method: "POST", url: at, headers: []string{jsonBody}, send: `{"lon":512,"lat":-8,"operator":"XL","works":true}`, status: 422},
		{name: "unknown operator", method: "POST", url: at, headers: []string{jsonBody}, send: `{"lon":112.55,"lat":-8.05,"operator":"Nobody","works":true}`, status: 422, body: []string{"Telkomsel", "other"}},
		{name: "unknown technology", method: "POST", url: at, headers: []string{jsonBody}, send: `{"lon":112.55,"lat":-8.05,"operator":"XL","technology":"6g","works":true}`, status: 422},
		{name: "too fast", method: "POST", url: at, headers: []string{jsonBody}, send: `{"lon":112.55,"lat":-8.05,"operator":"XL","works":true,"down_mbps":1e9}`, status: 422, json: []string{`faults/0/member = "down_mbps"`}},
		{name: "no signal, but a speed", method: "POST", url: at, headers: []string{jsonBody}, send: `{"lon":112.55,"lat":-8.05,"operator":"XL","works":false,"down_mbps":3}`, status: 422},
		{name: "a name", method: "POST", url: at, headers: []string{jsonBody}, send: `{"name":"Budi","lon":112.55,"lat":-8.05,"operator":"XL","works":true}`, status: 400, body: []string{"name"}},
		{name: "no JSON", method: "POST", url: at, headers: []string{jsonBody}, send: `{`, status: 400},
		{name: "more than a report", method: "POST", url: at, headers: []string{jsonBody}, send: noSignal + noSignal, status: 400},
		{name: "too long", method: "POST", url: at, headers: []string{jsonBody}, send: `{"operator":"` + long + `"}`, status: 413},
		{name: "another type", method: "POST", url: at, headers: []string{"Content-Type: text/xml"}, send: "<x/>", status: 415},
		{name: "form with a name", method: "POST", url: at, headers: []string{formBody}, send: "nama=Budi&lon=112.55&lat=-8.05&operator=XL&works=true", status: 422, json: []string{`faults/0/member = "nama"`}},
		{name: "form without a number", method: "POST", url: at, headers: []string{formBody}, send: "lon=east&lat=-8.05&operator=XL&works=perhaps", status: 422, json: []string{`faults/0/member = "lon"`, `faults/1/member = "works"`}},
		{name: "parameter", method: "POST", url: at + "?x=1", headers: []string{jsonBody}, send: noSignal, status: 400},
		{name: "too many bytes", url: "/api/reports/speed?bytes=2097153", status: 400, json: []string{`parameter = "bytes"`}},
		{name: "no bytes", url: "/api/reports/speed?bytes=0", status: 400},
		{name: "press beside the picture", url: "/lapor?map.x=9000&map.y=1", status: 400},
		{name: "zoom", url: "/api/reports/map.svg?zoom=9", status: 400},
		{name: "list without a token", url: at, status: 401},
		{name: "list as a planner", url: at, headers: []string{"Authorization: Bearer planner"}, status: 403},
		{name: "list of a state that is none", url: at + "?status=new", headers: []string{"Authorization: Bearer editor"}, status: 400, json: []string{`allowed/0 = "pending"`}},
		{name: "list", url: at + "?status=pending&limit=1", headers: []string{"Authorization: Bearer editor"}, json: []string{`reports/# = 1`, `links/1/rel = "next"`, `reports/0/hour = "2026-11-26T08:00:00Z"`}, body: []string{"!192.0.2", "!112.55,"}},
		{name: "no such report", url: at + "/nothing", headers: []string{"Authorization: Bearer editor"}, status: 404},
		{name: "method", method: "DELETE", url: at, status: 405},
	} {
		c.headers = append([]string{peer(i + 1)}, c.headers...)
		t.Run(c.name, func(t *testing.T) {
			if strings.HasPrefix(c.url, "/lapor") && c.status >= 400 {
				c.status = 400
			}
			c.run(t, h)
		})
	}
	w := sendTo(h, "POST", "/lapor?lang=en", `lon=1&lat=2&operator=XL&works=true`, formBody, peer(99))
	if w.Code != 422 || !strings.Contains(w.Body.String(), `role="alert"`) || !strings.Contains(w.Body.String(), `value="2"`) {
		t.Errorf("%d %s", w.Code, clip(w.Body.String()))
	}
}

func TestReportsAreBounded(t *testing.T) {
	h, p, now := reporting(t)
	send := func(from, hours int) int {
		*now = now.Add(time.Duration(hours) * time.Hour)
		return sendTo(h, "POST", "/api/reports", noSignal, jsonBody, peer(from)).Code
	}
	if got := []int{send(1, 0), send(1, 0), send(1, 1), send(2, 0)}; !slices.Equal(got, []int{201, 409, 201, 201}) {
		t.Errorf("twice in an hour, an hour later, and from elsewhere: %v", got)
	}
	for range reportsAtOnce {
		send(3, 0)
	}
	w := sendTo(h, "POST", "/api/reports", noSignal, jsonBody, peer(3))
	if w.Code != 429 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	salts := 0
	*now = now.Add(24 * time.Hour)
	if err := h.service.forgetSalts(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, d := range p.docs {
		if d.Kind == kindSalt {
			t.Errorf("the salt of %s is kept when its day is over", d.ID)
		}
	}
	send(4, 0)
	for id, d := range p.docs {
		if d.Kind == kindSalt {
			salts++
		} else if strings.Contains(id+string(d.Body), "192.0.2") || strings.Contains(string(d.Body), "-8.05") {
			t.Errorf("kept: %s %s", id, d.Body)
		}
	}
	if salts != 1 {
		t.Errorf("%d salts are kept", salts)
	}
}

// A report goes from a citizen by an editor to a measurement, and back.
func TestReportsBecomeMeasurements(t *testing.T) {
	h, p, now := reporting(t)
	editor := "Authorization: Bearer editor"
	var ids []string
	for i := range 3 {
		w := sendTo(h, "POST", "/api/reports", noSignal, jsonBody, peer(i+1))
		var got receipt
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 201 {
			t.Fatal(w.Code, w.Body)
		}
		ids = append(ids, got.ID)
		*now = now.Add(3 * time.Hour)
	}
	decide := func(id, body, match string, status int, checks ...string) string {
		return scenario{method: "PUT", url: "/api/reports/" + id, headers: []string{editor, jsonBody, match}, send: body, status: status, json: checks}.run(t, h).Header().Get("ETag")
	}
	decide(ids[0], `{"decision":"accept"}`, "X: y", 428)
	decide(ids[0], `{"decision":"accept"}`, `If-Match: "v9"`, 412)
	decide(ids[0], `{"decision":"perhaps"}`, `If-Match: "v1"`, 422)
	decide(ids[0], `{"decide":"accept"}`, `If-Match: "v1"`, 400)
	decide(ids[0], `{"decision":"accept","note":"`+strings.Repeat("x", 600)+`"}`, `If-Match: "v1"`, 422)
	decide(ids[0], `{"decision":"accept"}`, `If-Match: "v1"`, 200, `published = []`, `report/status = "accepted"`, `report/decisions/0/by = "Sri"`)
	decide(ids[1], `{"decision":"accept"}`, `If-Match: "v1"`, 200, `published = []`)
	tag := decide(ids[2], `{"decision":"accept"}`, `If-Match: "v1"`, 200, `published/# = 1`)
	if len(p.made) != 1 {
		t.Fatalf("%v", p.made)
	}
	for _, text := range p.made {
		for _, part := range []string{`"tests":3`, `"devices":3`, `"down_mbps":0`, `"confirmed":true`, `"period":"2026-11"`, `"operator":"Telkomsel"`, `"source":"citizen reports"`} {
			if !strings.Contains(text, part) {
				t.Errorf("no %s in %s", part, text)
			}
		}
	}
	scenario{url: "/api/reports/cells", json: []string{`features/# = 1`, `features/0/properties/no_signal = 3`, `features/0/properties/says = "no signal, confirmed"`}, body: []string{"!hour", "!reporter\""}}.run(t, h)
	decide(ids[2], `{"decision":"reject","note":"no"}`, "If-Match: "+tag, 200, `published = []`)
	if len(p.made) != 0 {
		t.Errorf("still there: %v", p.made)
	}
	scenario{url: "/api/reports/cells", json: []string{`features/# = 0`}}.run(t, h)
}

// What is counted has no limit; when the time is up the answer says so, and goes on.
func TestCellsAreCountedToTheEnd(t *testing.T) {
	h, p, _ := reporting(t)
	const cells = 700
	for c := range cells {
		for who := range 3 {
			cell := fmt.Sprintf("%d-%d", 351_000+c, 118_000)
			text := fmt.Sprintf(`{"cell":%q,"operator":"XL","technology":"4g","works":true,"hour":"2026-11-26T08:00:00Z","reporter":"%d","status":"accepted"}`, cell, who)
			id := fmt.Sprintf("%s.2026112608.%d", cell, who)
			p.docs[kindReport+"/"+id] = Document{Kind: kindReport, ID: id, Version: 1, Body: []byte(text)}
		}
	}
	all, next, err := h.service.countCells(t.Context(), "", time.Now().Add(time.Hour))
	if err != nil || next != "" {
		t.Fatal(next, err)
	}
	if len(all) == 0 {
		t.Fatal("nothing is counted")
	}
	var parts []object
	for after, pages := "", 0; ; pages++ {
		found, next, err := h.service.countCells(t.Context(), after, time.Time{}) // the time is up from the start
		if err != nil || pages > cells {
			t.Fatal(pages, err)
		}
		if parts = append(parts, found...); next == "" {
			break
		}
		after = next
	}
	if len(parts) != len(all) {
		t.Errorf("%d cells in pages, %d at once", len(parts), len(all))
	}
	scenario{url: "/api/reports/cells", json: []string{"truncated = false"}, body: []string{"counts as three"}}.run(t, h)
	scenario{url: "/api/reports/cells?cursor=" + strings.Repeat("x", 300), status: 400, json: []string{`parameter = "cursor"`}}.run(t, h)
}

func TestNoReportsWithoutAStore(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	if w := sendTo(h, "POST", "/api/reports", noSignal, jsonBody); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func FuzzReportBodies(f *testing.F) {
	for _, seed := range []string{noSignal, `{"lon":1e999}`, "lon=1&lat=2&operator=XL&works=true", "%zz", `{"works":null,"lat":-8}`} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	h, _, _ := reporting(f)
	snap := h.service.Source.Snapshot()
	f.Fuzz(func(t *testing.T, body string, form bool) {
		media := asJSON.media
		if form {
			media = typeForm
		}
		sub, err := readSubmission(media, []byte(body))
		if err != nil {
			return
		}
		r, faults := sub.Check(snap)
		if len(faults) == 0 && (r.Cell == "" || r.Village == "" || r.Operator == "" || !r.Works && r.Down != nil && *r.Down > 0) {
			t.Fatalf("%q is taken as %+v", body, r)
		}
	})
}
