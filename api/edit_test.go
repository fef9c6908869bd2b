package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo"
)

// desk is an Editor that judges preconditions by the snapshot and takes any
// body; what it was asked it remembers.
type desk struct {
	source *fixed
	asked  []Change
	who    []Identity
}

func (d *desk) Change(_ context.Context, who Identity, c Change) (Changed, error) {
	d.asked, d.who = append(d.asked, c), append(d.who, who)
	l := d.source.Snapshot().Layer(c.Collection)
	i, found := l.Find(c.Feature)
	switch {
	case strings.Contains(string(c.Body), "bad"):
		return Changed{}, &Problem{Kind: Unprocessable, Detail: "properties.name is bad", Faults: []Fault{{"properties.name", "is bad"}}}
	case strings.Contains(string(c.Body), "secret"):
		return Changed{}, fmt.Errorf("dial tcp: secret: %w", &Problem{Kind: Away, Detail: "the store takes no changes now"})
	case c.Verb == Create && found:
		return Changed{}, problem(Stale, "there is one already")
	case c.Verb == Create:
		r := geo.Record{ID: "new/é", Values: make([]any, len(l.Columns))}
		if c.Feature != "" {
			r.ID = c.Feature
		}
		return Changed{Feature: r.ID, JSON: geo.AppendRecordJSON(nil, &l.Collection, &r), Tag: geo.RecordTag(&l.Collection, &r), Visible: true}, nil
	case !found:
		return Changed{}, problem(UnknownFeature, "there is none")
	case !slices.Contains(c.Match, geo.FeatureTag(l, i)):
		return Changed{}, problem(Stale, "it was changed")
	case c.Verb == Remove:
		return Changed{Feature: c.Feature}, nil
	}
	return Changed{Feature: c.Feature, JSON: geo.AppendFeatureJSON(nil, l, i, nil), Tag: geo.FeatureTag(l, i)}, nil
}

const (
	asEditor = "Authorization: Bearer t-editor"
	ofJSON   = "Content-Type: application/geo+json"
	ofPatch  = "Content-Type: application/merge-patch+json; charset=utf-8"
	one      = items + "/35.07.01.2001"
	feature  = `{"type":"Feature","geometry":null,"properties":{}}`
)

func editing(t *testing.T) (http.Handler, *desk) {
	src := world(t)
	cfg := testConfig(t, src)
	d := &desk{source: src}
	cfg.Editor, cfg.Identities = d, somebody
	return New(cfg), d
}

func TestEdits(t *testing.T) {
	h, _ := editing(t)
	registerDecoders()
	definition := loadDefinition(t, h)
	tag := func(headers ...string) string {
		return "If-Match: " + ask(h, "GET", one, headers...).Header().Get("ETag")
	}
	plain, packed := tag(), tag("Accept-Encoding: gzip")
	if plain == packed || !strings.HasSuffix(packed, `-gzip"`) {
		t.Errorf("the same validator for two representations: %s, %s", plain, packed)
	}
	const problems = "urn:petadesa:problem:"
	const post, put, patch, remove = http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	for _, c := range []scenario{
		{name: "create", method: post, url: items, send: feature, headers: []string{asEditor, ofJSON}, status: 201, want: []string{
			"Location: http://map.test:8080/api/collections/villages/items/new%2F%C3%A9", "Content-Location: *", "Petadesa-Visible: now", "ETag: *", "Content-Type: application/geo+json", "Cache-Control: no-store",
		}, json: []string{`id = "new/é"`, `links/[rel=self]/href exists`}},
		{name: "create as JSON", method: post, url: items, send: feature, headers: []string{asEditor, "Content-Type: application/json"}, status: 201},
		{name: "create in longitude and latitude", method: post, url: items, send: feature, headers: []string{asEditor, ofJSON, "Content-Crs: <" + crs84 + ">"}, status: 201},
		{name: "create in another reference system", method: post, url: items, send: feature, headers: []string{asEditor, ofJSON, "Content-Crs: <http://www.opengis.net/def/crs/EPSG/0/4326>"}, status: 415},
		{name: "create without a token", method: post, url: items, send: feature, headers: []string{ofJSON}, status: 401, want: []string{"WWW-Authenticate: *"}},
		{name: "create as a viewer", method: post, url: items, send: feature, headers: []string{"Authorization: Bearer t-viewer", ofJSON}, status: 403},
		{name: "create as a planner", method: post, url: items, send: feature, headers: []string{"Authorization: Bearer t-planner", ofJSON}, status: 403},
		{name: "create as admin", method: post, url: items, send: feature, headers: []string{"Authorization: Bearer t-admin", ofJSON}, status: 201},
		{name: "create with a parameter", method: post, url: items + "?f=json", send: feature, headers: []string{asEditor, ofJSON}, status: 400},
		{name: "create text", method: post, url: items, send: feature, headers: []string{asEditor, "Content-Type: text/plain"}, status: 415, json: []string{`allowed/0 = "application/geo+json"`}},
		{name: "create without a type", method: post, url: items, send: feature, headers: []string{asEditor}, status: 415},
		{name: "create what is bad", method: post, url: items, send: "bad", headers: []string{asEditor, ofJSON}, status: 422, json: []string{`faults = [{"member":"properties.name","reason":"is bad"}]`}},
		{name: "create while the store is away", method: post, url: items, send: "secret", headers: []string{asEditor, ofJSON}, status: 503, body: []string{"!dial"}},
		{name: "create too much", method: post, url: items, send: strings.Repeat(" ", maxFeature+1), headers: []string{asEditor, ofJSON}, status: 413, json: []string{`type = "` + problems + `body-too-large"`}},
		{name: "create far too much", method: post, url: items, send: strings.Repeat(" ", maxBody+1), headers: []string{asEditor, ofJSON}, status: 413},
		{name: "create nowhere", method: post, url: "/api/collections/nowhere/items", send: feature, headers: []string{asEditor, ofJSON}, status: 404},
		{name: "create what is derived", method: post, url: "/api/collections/districts/items", send: feature, headers: []string{asEditor, ofJSON}, status: 405, want: []string{"Allow: GET, HEAD, OPTIONS"}, body: []string{"worked out"}},

		{name: "replace", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, plain}, want: []string{"ETag: " + strings.TrimPrefix(plain, "If-Match: "), "Petadesa-Visible: soon", "Location: "}, json: []string{`id = "35.07.01.2001"`}},
		{name: "replace by the tag of the compressed", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, packed}},
		{name: "replace by one of several tags", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, `If-Match: "x", ` + plain[len("If-Match: "):]}},
		{name: "replace what changed", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, `If-Match: "000-1"`}, status: 412, json: []string{`type = "` + problems + `precondition-failed"`}},
		{name: "replace by a weak tag", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, "If-Match: W/" + plain[len("If-Match: "):]}, status: 412},
		{name: "replace by no tag", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON}, status: 428, json: []string{`type = "` + problems + `precondition-required"`}},
		{name: "replace by any tag", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, "If-Match: *"}, status: 428},
		{name: "replace by nonsense", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, "If-Match: x"}, status: 400, json: []string{`parameter = "If-Match"`}},
		{name: "replace what is not there", method: put, url: items + "/99", send: feature, headers: []string{asEditor, ofJSON, plain}, status: 404},
		{name: "make one of an id", method: put, url: items + "/99", send: feature, headers: []string{asEditor, ofJSON, "If-None-Match: *"}, status: 201, want: []string{"Location: http://map.test:8080/api/collections/villages/items/99"}},
		{name: "make one that is there", method: put, url: one, send: feature, headers: []string{asEditor, ofJSON, "If-None-Match: *"}, status: 412},

		{name: "change", method: patch, url: one, send: "{}", headers: []string{asEditor, ofPatch, plain}},
		{name: "change with a feature", method: patch, url: one, send: feature, headers: []string{asEditor, ofJSON, plain}, status: 415, json: []string{`allowed = ["application/merge-patch+json"]`}},
		{name: "change by no tag", method: patch, url: one, send: "{}", headers: []string{asEditor, ofPatch}, status: 428},
		{name: "change what changed", method: patch, url: one, send: "{}", headers: []string{asEditor, ofPatch, `If-Match: "1-2-3"`}, status: 412},
		{name: "change without a token", method: patch, url: one, send: "{}", headers: []string{ofPatch, plain}, status: 401},

		{name: "delete", method: remove, url: one, headers: []string{asEditor, plain}, status: 204, want: []string{"Petadesa-Visible: soon", "Content-Type: ", "ETag: "}},
		{name: "delete by no tag", method: remove, url: one, headers: []string{asEditor}, status: 428},
		{name: "delete what changed", method: remove, url: one, headers: []string{asEditor, `If-Match: ""`}, status: 412},
		{name: "delete what is not there", method: remove, url: items + "/99", headers: []string{asEditor, plain}, status: 404},
		{name: "delete without the role", method: remove, url: one, headers: []string{"Authorization: Bearer t-viewer", plain}, status: 403},
		{name: "delete what is derived", method: remove, url: "/api/collections/districts/items/35.07.01", headers: []string{asEditor, plain}, status: 405},

		{name: "query", method: post, url: items + "?limit=1", send: `{"op":"=","args":[{"property":"district"},"Pagak"]}`, headers: []string{"Content-Type: application/cql2+json"}, json: []string{
			`numberMatched = 2`, `numberReturned = 1`, `links/[rel=next]/href exists`,
		}},
		{name: "query what is derived", method: post, url: "/api/collections/districts/items", send: `{"op":"=","args":[{"property":"name"},"Pagak"]}`, headers: []string{"Content-Type: application/query-cql-json"}, json: []string{`numberMatched = 1`}},
		{name: "query by nonsense", method: post, url: items, send: `{"op":"="`, headers: []string{"Content-Type: application/cql2+json"}, status: 400, json: []string{`parameter = "filter"`}},
		{name: "query twice", method: post, url: items + "?filter=urban", send: `true`, headers: []string{"Content-Type: application/cql2+json"}, status: 400},
		{name: "query too long", method: post, url: items, send: `"` + strings.Repeat("é", maxQuery/4) + `"`, headers: []string{"Content-Type: application/cql2+json"}, status: 413},
	} {
		t.Run(c.name, func(t *testing.T) { definition.check(t, c.method, c.url, c.run(t, h)) })
	}
}

func TestWhatMayBeDone(t *testing.T) {
	h, _ := editing(t)
	readOnly := New(testConfig(t, world(t)))
	const options = http.MethodOptions
	const look = "GET, HEAD, OPTIONS"
	for _, c := range []scenario{
		{name: "items", url: items, want: []string{"Allow: " + look + ", POST"}},
		{name: "item", url: one, want: []string{"Allow: " + look + ", PUT, PATCH, DELETE", "Accept-Patch: application/merge-patch+json"}},
		{name: "as an editor", url: items, headers: []string{asEditor}, want: []string{"Allow: " + look + ", POST"}},
		{name: "as a planner", url: items, headers: []string{"Authorization: Bearer t-planner"}, want: []string{"Allow: " + look}},
		{name: "as nobody", url: items, headers: []string{"Authorization: Bearer nobody"}, status: 401},
		{name: "what is derived", url: "/api/collections/districts/items", want: []string{"Allow: " + look}},
		{name: "the description", url: villages, want: []string{"Allow: " + look}},
		{name: "nowhere", url: "/api/collections/nowhere/items", status: 404},
		{name: "preflight", url: one, headers: []string{"Origin: https://a.test", "Access-Control-Request-Method: PATCH", "Access-Control-Request-Headers: authorization,if-match"}, status: 204, want: []string{"Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"}},
	} {
		c.method = options
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
	scenario{method: options, url: items, want: []string{"Allow: " + look}}.run(t, readOnly)
	scenario{method: http.MethodPost, url: items, send: feature, headers: []string{ofJSON}, status: 405, body: []string{"only be looked at"}}.run(t, readOnly)
	scenario{url: "/api/conformance", body: []string{"ogcapi-features-4/1.0/conf/create-replace-delete", "conf/optimistic-locking-etags"}}.run(t, h)
	scenario{url: "/api/conformance", body: []string{"!ogcapi-features-4"}}.run(t, readOnly)
	scenario{url: "/api/openapi", body: []string{`"villages.create"`, `"villages.update"`, `!"districts.create"`, `"districts.query"`}}.run(t, h)
	scenario{url: "/api/openapi", body: []string{`!"villages.create"`}}.run(t, readOnly)
}

func TestTheEditorIsAskedWhatTheClientWants(t *testing.T) {
	h, d := editing(t)
	sendTo(h, "POST", items, feature, asEditor, ofJSON)
	sendTo(h, "PATCH", items+"/a%2Fb", "{}", asEditor, ofPatch, `If-Match: "t1-r", W/"t2", "t3"`)
	if len(d.asked) != 2 {
		t.Fatalf("asked %+v", d.asked)
	}
	for i, want := range []Change{
		{Verb: Create, Collection: "villages", Body: []byte(feature)},
		{Verb: Merge, Collection: "villages", Feature: "a/b", Body: []byte("{}"), Match: []string{"t1", "t3"}},
	} {
		if got := d.asked[i]; fmt.Sprint(got) != fmt.Sprint(want) || d.who[i].Name != "Edi" {
			t.Errorf("asked %+v by %v, want %+v", got, d.who[i], want)
		}
	}
}

// FuzzIfMatch: whatever the header says, what comes of it was in it.
func FuzzIfMatch(f *testing.F) {
	f.Add(`"a-b", W/"c"`)
	f.Fuzz(func(t *testing.T, header string) {
		r := &http.Request{Header: http.Header{"If-Match": {header}}}
		tags, err := ifMatch(r)
		if (err == nil) != (tags != nil) {
			t.Fatalf("%q, %v", tags, err)
		}
		for _, tag := range tags {
			if !strings.Contains(header, `"`+tag) || strings.Contains(tag, "-") {
				t.Errorf("%q of %q", tag, header)
			}
		}
	})
}
