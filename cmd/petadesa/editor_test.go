package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/tiles/mvt"
)

// answer is what a server said to a change.
type answer struct {
	status int
	header http.Header
	body   []byte
	doc    struct {
		ID         string
		Properties map[string]any
		Detail     string
		Faults     []struct{ Member, Reason string }
	}
}

// change sends a request; headers are name and value by turns.
func change(t *testing.T, method, url, body string, headers ...string) (a answer) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return a
	}
	defer res.Body.Close()
	a.status, a.header = res.StatusCode, res.Header
	if a.body, err = io.ReadAll(res.Body); err != nil {
		t.Error(err)
	}
	_ = json.Unmarshal(a.body, &a.doc) // a deletion has none
	return a
}

func (a answer) is(t *testing.T, status int, says ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	for _, text := range says {
		if !strings.Contains(string(a.body), text) {
			t.Errorf("no %q in %s", text, a.body)
		}
	}
	return a
}

const (
	beach  = `{"type":"Feature","geometry":{"type":"Point","coordinates":[112.42,-8.35]},"properties":{"name":"Pantai Uji","category":"beach","price_idr_min":0}}`
	merge  = "application/merge-patch+json"
	geoRFC = "application/geo+json"
)

// stores are the places of a new store of each kind.
func stores(t *testing.T) map[string]string {
	return map[string]string{"GeoPackage": filepath.Join(t.TempDir(), "store.gpkg"), "PostGIS": pgtest.New(t).Database(t)}
}

func TestEditsReachEveryServer(t *testing.T) {
	for kind, store := range stores(t) {
		t.Run(kind, func(t *testing.T) {
			one := serve(t, store)
			other := serve(t, store)
			token := strings.TrimSpace(must(t, "--store", store, "token", "create", "--role", "editor", "--name", "Sri"))
			as := "Bearer " + token
			const items = "/api/collections/destinations/items"

			change(t, "POST", one+items, beach, "Content-Type", geoRFC).is(t, 401)
			made := change(t, "POST", one+items, beach, "Content-Type", geoRFC, "Authorization", as).is(t, 201, "Pantai Uji", "edit by Sri")
			committed := time.Now()
			if made.header.Get("Petadesa-Visible") != "now" {
				t.Errorf("visible %q", made.header.Get("Petadesa-Visible"))
			}
			here := made.header.Get("Location")
			if got := change(t, "GET", here, "", "Accept-Encoding", "identity").is(t, 200); got.header.Get("ETag") != made.header.Get("ETag") || string(got.body) != string(made.body) {
				t.Errorf("%s %s, then %s %s", made.header.Get("ETag"), made.body, got.header.Get("ETag"), got.body)
			}
			there := other + items + "/" + made.doc.ID
			// z14 at 112.42, -8.35, on the other server.
			await(t, "the tile of the other server", func() bool {
				status, _, tile := ask(t, other+"/tiles/destinations/14/13308/8573.mvt")
				decoded, err := mvt.Decode(tile)
				return status == 200 && err == nil && len(decoded.Layers) == 1 && strings.Contains(fmt.Sprint(decoded.Layers[0]), "Pantai Uji")
			})
			t.Logf("%s: on the other server's tiles %v after the answer", kind, time.Since(committed).Round(time.Millisecond))

			tag := made.header.Get("ETag")
			patched := change(t, "PATCH", there, `{"properties":{"price_idr_min":15000,"name_en":"Test Beach"}}`, "Content-Type", merge, "Authorization", as, "If-Match", tag).is(t, 200, "15000")
			change(t, "PATCH", here, `{"properties":{"price_idr_min":1}}`, "Content-Type", merge, "Authorization", as, "If-Match", tag).is(t, 412)
			change(t, "PUT", here, beach, "Content-Type", geoRFC, "Authorization", as, "If-Match", patched.header.Get("ETag")).is(t, 200, `"name_en":null`)
			list := must(t, "--store", store, "history", "destinations", made.doc.ID)
			for _, want := range []string{"Sri", "insert", "merge", "replace", `price_idr_min 0 → 15000`} {
				if !strings.Contains(list, want) {
					t.Errorf("no %q in\n%s", want, list)
				}
			}
			number := strings.Fields(strings.Split(list, "\n")[1])[0]
			must(t, "--store", store, "undo", number)
			await(t, "what was undone", func() bool {
				return change(t, "GET", there, "").doc.Properties["name_en"] == "Test Beach" && change(t, "GET", here, "").doc.Properties["name_en"] == "Test Beach"
			})
			now := change(t, "GET", here, "").header.Get("ETag")
			change(t, "DELETE", there, "", "Authorization", as, "If-Match", now).is(t, 204)
			change(t, "GET", there, "").is(t, 404)
			change(t, "DELETE", there, "", "Authorization", as, "If-Match", now).is(t, 404)

			must(t, "--store", store, "token", "revoke", "Sri")
			change(t, "POST", one+items, beach, "Content-Type", geoRFC, "Authorization", as).is(t, 401, "revoked")
			change(t, "POST", other+items, beach, "Content-Type", geoRFC, "Authorization", as).is(t, 401)
		})
	}
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s does not come", what)
		}
	}
}

// TestNoUpdateIsLost has many editors count up one feature through two servers:
// each reads, adds one, and says which version it read.
func TestNoUpdateIsLost(t *testing.T) {
	const editors = 50
	for kind, store := range stores(t) {
		t.Run(kind, func(t *testing.T) {
			servers := []string{serve(t, store), serve(t, store)}
			as := "Bearer " + strings.TrimSpace(must(t, "--store", store, "token", "create", "--role", "editor", "--name", "Many"))
			made := change(t, "POST", servers[0]+"/api/collections/destinations/items", beach, "Content-Type", geoRFC, "Authorization", as).is(t, 201)
			path := "/api/collections/destinations/items/" + made.doc.ID
			await(t, "the feature on both", func() bool { return change(t, "GET", servers[1]+path, "").status == 200 })
			var mu sync.Mutex
			saved, stale, busy := 0, 0, 0
			var wg sync.WaitGroup
			for i := range editors {
				wg.Go(func() {
					at := servers[i%2] + path
					for range 4 {
						seen := change(t, "GET", at, "")
						n, _ := seen.doc.Properties["price_idr_min"].(float64)
						a := change(t, "PATCH", at, fmt.Sprintf(`{"properties":{"price_idr_min":%d}}`, int(n)+1), "Content-Type", merge, "Authorization", as, "If-Match", seen.header.Get("ETag"))
						mu.Lock()
						switch a.status {
						case 200:
							saved++
						case 412:
							stale++
						case 503: // waited too long for its turn, on a slow machine: not stored, as the count will show
							busy++
						default:
							t.Errorf("%d %s", a.status, a.body)
						}
						mu.Unlock()
						if a.status == 200 {
							return
						}
					}
				})
			}
			wg.Wait()
			t.Logf("%s: %d editors: %d changes stored, %d refused as stale, %d given up as busy", kind, editors, saved, stale, busy)
			for _, server := range servers {
				await(t, "the count of what was stored", func() bool {
					return change(t, "GET", server+path, "").doc.Properties["price_idr_min"] == float64(saved)
				})
			}
			if saved == 0 {
				t.Error("nobody could change anything")
			}
			if n := strings.Count(must(t, "--store", store, "history", "destinations", made.doc.ID, "--limit", "1000"), " merge "); n != saved {
				t.Errorf("%d entries of the history for %d changes", n, saved)
			}
		})
	}
}

func TestRefusedEditsSayWhy(t *testing.T) {
	store := filepath.Join(t.TempDir(), "store.gpkg")
	server := serve(t, store)
	as := "Bearer " + strings.TrimSpace(must(t, "--store", store, "token", "create", "--role", "admin", "--name", "Adi"))
	towers, villages := server+"/api/collections/towers/items", server+"/api/collections/villages/items"
	before := must(t, "--store", store, "history")
	point := func(properties string) string {
		return `{"type":"Feature","geometry":{"type":"Point","coordinates":[112.6,-8]},"properties":` + properties + `}`
	}
	for _, c := range []struct {
		url, body string
		status    int
		member    string
		says      string
	}{
		{towers, ``, 400, "", "not JSON"},
		{towers, `{"type":"Feature",`, 400, "", "line 1"},
		{towers, "{\"type\":\"Feature\",\n\"geometry\":x}", 400, "", "line 2"},
		{towers, `[]`, 422, "", "not an object"},
		{towers, `{"type":"FeatureCollection","features":[]}`, 422, "type", "not \"Feature\""},
		{towers, `{"type":"Feature","geometry":null,"properties":{}}`, 422, "geometry", "has a place"},
		{towers, `{"type":"Feature","geometry":{"type":"Point","coordinates":[-8,112.6]},"properties":{}}`, 422, "geometry", "latitude"},
		{towers, `{"type":"Feature","geometry":{"type":"Point","coordinates":[112.6]},"properties":{}}`, 422, "geometry", ""},
		{towers, `{"type":"Feature","geometry":{"type":"LineString","coordinates":[[112,-8],[113,-8]]},"properties":{}}`, 422, "geometry", "LineString"},
		{towers, point(`{"status":"broken"}`), 422, "properties.status", "want one of"},
		{towers, point(`{"height_m":"tall"}`), 422, "properties.height_m", "want a number"},
		{towers, point(`{"heigth_m":31}`), 422, "properties.heigth_m", "no property of towers"},
		{towers, point(`{"source":"a","source":"b"}`), 422, "properties.source", "twice"},
		{towers, point(`"none"`), 422, "properties", "not an object"},
		{towers, strings.Replace(point(`{}`), `{`, `{"id":{},`, 1), 422, "id", ""},
		{towers, strings.Replace(point(`{}`), `{`, `{"id":"`+strings.Repeat("x", 2000)+`",`, 1), 422, "id", "2000 bytes"},
		{villages, `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[112,-8],[112.1,-7.9],[112.1,-8],[112,-7.9],[112,-8]]]},"properties":{"code":"35.07.29.2999"}}`, 422, "geometry", "crosses"},
		{villages, `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[112,-8],[112.1,-8],[112.1,-7.9],[112,-8]]]},"properties":{"code":"35.07"}}`, 422, "properties.code", "Kemendagri"},
		{villages, `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[112,-8],[112.1,-8],[112.1,-7.9],[112,-8]]]},"properties":{}}`, 422, "properties.code", "missing"},
	} {
		a := change(t, "POST", c.url, c.body, "Content-Type", geoRFC, "Authorization", as)
		if a.status != c.status || !strings.Contains(a.doc.Detail, c.says) {
			t.Errorf("%.80s: %d %s, want %d %q", c.body, a.status, a.body, c.status, c.says)
		} else if a.status == 422 && (len(a.doc.Faults) == 0 || a.doc.Faults[0].Member != c.member || a.doc.Faults[0].Reason == "") {
			t.Errorf("%.80s: faults %+v, want one of %q", c.body, a.doc.Faults, c.member)
		}
	}
	got := change(t, "GET", towers+"?limit=2", "")
	var page struct{ Features []struct{ ID string } }
	if err := json.Unmarshal(got.body, &page); err != nil || len(page.Features) != 2 {
		t.Fatal(err, string(got.body))
	}
	first, second := page.Features[0].ID, page.Features[1].ID
	tag := change(t, "GET", towers+"/"+first, "").header.Get("ETag")
	for body, says := range map[string]string{
		`{`: "not JSON", `[]`: "not an object", `{"id":"` + second + `"}`: "cannot become that", `{"type":null}`: "type",
		`{"geometry":null}`: "has a place", `{"geometry":{"coordinates":[500,0]}}`: "geometry", `{"properties":{"nothing":1}}`: "no property",
		`{"properties":[]}`: "not an object",
	} {
		a := change(t, "PATCH", towers+"/"+first, body, "Content-Type", merge, "Authorization", as, "If-Match", tag)
		if a.status != 400 && a.status != 422 || !strings.Contains(a.doc.Detail, says) {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	change(t, "POST", towers, strings.Replace(point(`{}`), `{`, `{"id":"`+first+`",`, 1), "Content-Type", geoRFC, "Authorization", as).is(t, 409, "already")
	change(t, "PUT", towers+"/made-here", point(`{"height_m":"31m"}`), "Content-Type", geoRFC, "Authorization", as, "If-None-Match", "*").is(t, 201, `"height_m":31.0`)
	change(t, "PUT", towers+"/made-here", point(`{}`), "Content-Type", geoRFC, "Authorization", as, "If-None-Match", "*").is(t, 412)
	// A patch of nothing changes nothing, and is in no history.
	tag = change(t, "GET", towers+"/made-here", "").header.Get("ETag")
	change(t, "PATCH", towers+"/made-here", `{}`, "Content-Type", merge, "Authorization", as, "If-Match", tag).is(t, 200)
	after := must(t, "--store", store, "history")
	if n := strings.Count(after, "\n") - strings.Count(before, "\n"); n != 1 {
		t.Errorf("%d entries for one change:\n%s", n, after)
	}
}
