package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// What citizens report, and an editor accepts, is in the answers about coverage
// within a second, on both stores.
func TestReportsReachTheAnswers(t *testing.T) {
	for kind, store := range stores(t) {
		t.Run(kind, func(t *testing.T) {
			base := serve(t, store, "--reporters-least", "1", "--trusted-proxies", "127.0.0.1/32")
			token := strings.TrimSpace(must(t, "--store", store, "token", "create", "--role", "editor", "--name", "Sri"))
			as := "Bearer " + token
			const place = `{"lon":112.57,"lat":-8.13,"operator":"%s","technology":"4g","works":false}`
			var accepted answer
			for i := range 5 {
				sent := change(t, "POST", base+"/api/reports", fmt.Sprintf(place, "Telkomsel"), "Content-Type", "application/json", "X-Forwarded-For", fmt.Sprintf("192.0.2.%d", i+1)).is(t, 201, "pending")
				at := base + "/api/reports/" + sent.doc.ID
				one := change(t, "GET", at, "", "Authorization", as).is(t, 200, "Telkomsel")
				accepted = change(t, "PUT", at, `{"decision":"accept"}`, "Content-Type", "application/json", "Authorization", as, "If-Match", one.header.Get("ETag")).is(t, 200, "accepted")
			}
			done := time.Now()
			var said struct {
				Published []string `json:"published"`
			}
			if err := json.Unmarshal(accepted.body, &said); err != nil || len(said.Published) != 1 || accepted.header.Get("Petadesa-Visible") != "now" {
				t.Fatalf("%s %v", accepted.body, accepted.header)
			}
			item := string(fetch(t, base+"/api/collections/measurements/items/"+said.Published[0]))
			for _, part := range []string{`"tests":5`, `"confirmed":true`, `"down_mbps":0`, `"citizen reports"`} {
				if !strings.Contains(item, part) {
					t.Errorf("no %s in %s", part, item)
				}
			}
			// The cell is known by measurement to have no signal of that operator.
			gaps := string(fetch(t, base+"/api/coverage/gaps?by=regency&technology=4g&operator=Telkomsel&evidence=measured"))
			t.Logf("%s: in the gaps %v after the decision", kind, time.Since(done).Round(time.Millisecond))
			var doc struct {
				Totals struct {
					Area struct{ Gap, Covered float64 } `json:"area_km2"`
				}
			}
			if err := json.Unmarshal([]byte(gaps), &doc); err != nil || doc.Totals.Area.Gap <= 0 || doc.Totals.Area.Gap > 0.01 {
				t.Errorf("measured gap %+v of a cell: %v", doc, err)
			}
			if history := must(t, "--store", store, "history"); !strings.Contains(history, "Sri") || !strings.Contains(history, "citizen reports") {
				t.Errorf("not in the history:\n%s", history)
			}
		})
	}
}
