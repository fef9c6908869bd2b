package api

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawer is Documents in memory.
type drawer struct {
	mu  sync.Mutex
	all map[string]Document
}

var _ Documents = (*drawer)(nil)

func (d *drawer) Document(_ context.Context, kind, id string) (Document, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	doc, ok := d.all[kind+"/"+id]
	if !ok {
		return doc, problem(UnknownDocument, "there is no %s %s", kind, quoted(id))
	}
	return doc, nil
}

func (d *drawer) Documents(_ context.Context, q DocumentQuery) ([]Document, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var page []Document
	for _, doc := range d.all {
		if doc.Kind == q.Kind && doc.ID > q.After && (q.Owner == "" || q.Owner == doc.Owner) {
			page = append(page, doc)
		}
	}
	slices.SortFunc(page, func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	return page[:min(len(page), cmp.Or(q.Limit, 100))], nil
}

func (d *drawer) PutDocument(_ context.Context, doc Document, expected int64) (Document, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := doc.Kind + "/" + doc.ID
	if d.all[key].Version != expected {
		return doc, problem(Stale, "changed")
	}
	doc.Version, doc.Created, doc.Updated = expected+1, built, built.Add(time.Duration(expected)*time.Hour)
	d.all[key] = doc
	return doc, nil
}

func (d *drawer) DeleteDocument(_ context.Context, kind, id string, expected int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if doc := d.all[kind+"/"+id]; doc.Version == 0 || expected != 0 && doc.Version != expected {
		return problem(Stale, "changed")
	}
	delete(d.all, kind+"/"+id)
	return nil
}

// plannersDesk is a service of the bundled regency that keeps documents.
func plannersDesk(t testing.TB) *Handler {
	cfg := testConfig(t, regency(t))
	cfg.Identities, cfg.Documents = somebody, &drawer{all: map[string]Document{}}
	return New(cfg)
}

const (
	scenarios  = "/api/coverage/scenarios"
	asPlanner  = "Authorization: Bearer t-planner"
	asJSONBody = "Content-Type: application/json"
	// on a slope of the Semeru, where the bundle has a gap
	oneTower = `{"name":"Semeru","technology":"4g","add":[{"lon":112.93,"lat":-8.17,"height_m":60,"frequency_mhz":900}]}`
)

func TestPlannedScenarios(t *testing.T) {
	h := plannersDesk(t)
	json1 := []string{asPlanner, asJSONBody}
	post := func(name, body string, status int, checks ...string) scenario {
		return scenario{name: name, method: "POST", url: scenarios, send: body, headers: json1, status: status, json: checks}
	}
	add := func(tower string) string { return `{"name":"x","add":[` + tower + `]}` }
	for _, c := range []scenario{
		post("saved", oneTower, 201, `id exists`, `difference/before/people/gap exists`, `difference/delta/people/gap exists`, `cost/towers = 1`, `cost/capex_idr = 1050000000`, `question/technology = "4g"`, `version = 1`, `links/0/rel = "self"`),
		{name: "tried out without a token", method: "POST", url: scenarios + "?save=false", send: oneTower, headers: []string{asJSONBody}, json: []string{`id absent`, `difference/cells_gained exists`, `rows exists`}},
		{name: "no token", method: "POST", url: scenarios, send: oneTower, headers: []string{asJSONBody}, status: 401},
		{name: "editors do not plan", method: "POST", url: scenarios, send: oneTower, headers: []string{asJSONBody, "Authorization: Bearer t-editor"}, status: 403},
		{name: "not JSON by its type", method: "POST", url: scenarios, send: oneTower, headers: []string{asPlanner, "Content-Type: text/plain"}, status: 415},
		{name: "list", url: scenarios, headers: []string{asPlanner}, json: []string{`scenarios/# = 1`, `scenarios/0/name = "Semeru"`, `scenarios/0/owner = "Plani"`}},
		{name: "list without a token", url: scenarios, status: 401},
		post("no JSON", `{"name":`, 400, `type = "urn:petadesa:problem:bad-body"`),
		post("misspelt", `{"name":"x","ad":[]}`, 400, `faults/0/member = "ad"`),
		post("no name", `{"add":[]}`, 400, `faults/0/member = "name"`),
		post("height above 300 m", add(`{"lon":112.6,"lat":-8.1,"height_m":301}`), 400, `faults/0/member = "add[0].height_m"`),
		post("negative height", add(`{"lon":112.6,"lat":-8.1,"height_m":-3}`), 400, `faults/0/member = "add[0].height_m"`),
		post("frequency outside of the model", add(`{"lon":112.6,"lat":-8.1,"frequency_mhz":26000}`), 400, `faults/0/member = "add[0].frequency_mhz"`),
		post("in the sea", add(`{"lon":112.6,"lat":-8.5}`), 400, `faults/0/member = "add[0].lon"`),
		post("abroad", add(`{"lon":103.8,"lat":1.3}`), 400, `faults/0/member = "add[0].lon"`),
		post("nowhere", add(`{"lon":1126,"lat":-8.1}`), 400, `faults/0/member = "add[0].lon"`),
		post("without a place", add(`{"height_m":30}`), 400, `faults/0/member = "add[0]"`),
		post("azimuth", add(`{"lon":112.6,"lat":-8.1,"azimuth":400}`), 400, `faults/0/member = "add[0].azimuth"`),
		post("text for a number", add(`{"lon":"112.6","lat":-8.1}`), 400, `type = "urn:petadesa:problem:bad-body"`),
		post("a tower that is not there", `{"name":"x","remove":["nothing"]}`, 400, `faults/0/member = "remove[0]"`),
		post("moves a tower that is not there", `{"name":"x","move":[{"id":"nothing","lon":112.6,"lat":-8.1}]}`, 400, `faults/0/member = "move[0].id"`),
		post("technology", `{"name":"x","technology":"6g"}`, 400, `allowed exists`),
		post("fibre has no towers", `{"name":"x","technology":"fibre"}`, 400, `faults/0/member = "technology"`),
		post("evidence", `{"name":"x","evidence":"claimed"}`, 400, `faults/0/member = "evidence"`),
		post("cost", `{"name":"x","assumptions":{"capex_idr":-1}}`, 400, `faults/0/member = "assumptions.capex_idr"`),
		post("too many towers", `{"name":"x","remove":[`+strings.Repeat(`"a",`, 200)+`"a"]}`, 400, `faults/0/member = "add"`),
		{name: "too large", method: "POST", url: scenarios, send: `{"name":"` + strings.Repeat("x", maxPlanBody) + `"}`, headers: json1, status: 413},
		{name: "unknown parameter", method: "POST", url: scenarios + "?dry=1", send: oneTower, headers: json1, status: 400},
		{name: "no such scenario", url: scenarios + "/aaaaaaaaaaaa", status: 404, json: []string{`type = "urn:petadesa:problem:unknown-document"`}},
		{name: "compares one", url: scenarios + "/compare?ids=aaaaaaaaaaaa", status: 400},
		{name: "compares what is not there", url: scenarios + "/compare?ids=aaaaaaaaaaaa,bbbbbbbbbbbb", status: 404},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}

// A scenario is saved, seen, changed by who saw its last version, forked,
// compared, exported and deleted.
func TestScenarioFromBeginToEnd(t *testing.T) {
	h := plannersDesk(t)
	var doc struct{ ID, Permalink string }
	saved := scenario{method: "POST", url: scenarios, send: oneTower, headers: []string{asPlanner, asJSONBody}, status: 201, want: []string{`ETag: "1"`, "Location: *"}}.run(t, h)
	if err := json.Unmarshal(saved.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	one := scenarios + "/" + doc.ID
	seen := scenario{url: one, json: []string{`name = "Semeru"`, `cost/towers = 1`}}.run(t, h)
	etag := seen.Header().Get("ETag")
	scenario{url: one, headers: []string{"If-None-Match: " + etag}, status: 304}.run(t, h)
	changed := strings.Replace(oneTower, "Semeru", "Lain", 1)
	put := func(status int, headers ...string) {
		t.Helper()
		scenario{method: "PUT", url: one, send: changed, headers: append(headers, asJSONBody), status: status}.run(t, h)
	}
	put(401)
	put(428, asPlanner)
	put(412, asPlanner, `If-Match: "7"`)
	put(200, asPlanner, "If-Match: "+etag)
	put(412, asPlanner, "If-Match: "+etag)
	forked := scenario{method: "POST", url: one + "/fork", send: `{"name":"Cabang"}`, headers: []string{"Authorization: Bearer t-admin"}, status: 201, json: []string{`name = "Cabang"`, `owner = "Adi"`, fmt.Sprintf(`forked_from = %q`, doc.ID)}}.run(t, h)
	var fork struct{ ID string }
	if err := json.Unmarshal(forked.Body.Bytes(), &fork); err != nil {
		t.Fatal(err)
	}
	scenario{url: scenarios + "/compare?ids=" + doc.ID + "," + fork.ID, json: []string{
		`scenarios/# = 2`, `scenarios/1/name = "Cabang"`, `same_question = true`, `rows/0/deltas/` + fork.ID + `/people/gap exists`,
	}}.run(t, h)
	scenario{url: one + "?f=csv", want: []string{"Content-Type: text/csv; charset=utf-8"}, body: []string{"people_gap_before", "people_gap_delta", "35.07."}}.run(t, h)
	scenario{url: one + "?f=geojson", json: []string{`features/0/properties/action = "add"`, `features/0/geometry/type = "Point"`}}.run(t, h)
	scenario{method: "DELETE", url: one, headers: []string{asPlanner}, status: 428}.run(t, h)
	scenario{method: "DELETE", url: one, headers: []string{asPlanner, `If-Match: "2"`}, status: 204}.run(t, h)
	scenario{url: one, status: 404}.run(t, h)
}

// More towers never leave more people without signal, whoever is asked about.
func TestATowerNeverRaisesAGap(t *testing.T) {
	h := plannersDesk(t)
	left := 10
	rapid.Check(t, func(t *rapid.T) {
		if left--; left < 0 {
			return
		}
		plan := fmt.Sprintf(`{"technology":%q,"operator":%q,"evidence":%q,"parameters":{"min_rsrp":"%d"},"add":[{"lon":%v,"lat":%v,"height_m":%d}]}`,
			rapid.SampledFrom([]string{"2g", "4g"}).Draw(t, "technology"), rapid.SampledFrom([]string{"any", "all", "2", "Telkomsel"}).Draw(t, "operator"),
			rapid.SampledFrom([]string{"best", "modelled"}).Draw(t, "evidence"), rapid.IntRange(-115, -75).Draw(t, "rsrp"),
			rapid.Float64Range(112.5, 112.9).Draw(t, "lon"), rapid.Float64Range(-8.2, -7.9).Draw(t, "lat"), rapid.IntRange(10, 100).Draw(t, "height"))
		w := sendTo(h, "POST", scenarios+"?save=false", plan, asJSONBody)
		var doc struct {
			Difference struct {
				Delta struct {
					People, Area struct{ Gap, Unknown float64 }
				}
				CellsLost int `json:"cells_lost"`
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || w.Code != 200 {
			t.Fatalf("%s: %d %s", plan, w.Code, w.Body)
		}
		if d := doc.Difference; d.Delta.People.Gap > 0 || d.CellsLost > 0 || d.Delta.People.Unknown > 0 {
			t.Fatalf("%s: %+v", plan, d)
		}
	})
}
