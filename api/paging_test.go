package api

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
)

type featurePage struct {
	Matched  *int `json:"numberMatched"`
	Returned int  `json:"numberReturned"`
	Features []struct {
		ID string `json:"id"`
	} `json:"features"`
	Links []link `json:"links"`
}

// TestPagesAreTheWhole follows next links with any limit, changing it on the
// way, with any ids and filters: all pages together are what matches, each once
// and in order.
func TestPagesAreTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z0-9/é ."<+%]{1,6}`), 0, 30, rapid.ID[string]).Draw(t, "ids")
		table := geo.Table{Collection: geo.Collection{ID: "things", Title: "Things", Geometry: geo.Point, MaxZoom: 14, Fields: texts("kind")}}
		want := []string{}
		boxed, filtered := rapid.Bool().Draw(t, "bbox"), rapid.Bool().Draw(t, "filter")
		for _, id := range ids {
			x, kind := rapid.Float64Range(-1, 1).Draw(t, "x"), rapid.SampledFrom([]string{"a", "b"}).Draw(t, "kind")
			table.Records = append(table.Records, geo.Record{ID: id, Geometry: orb.Point{x, 0}, Values: []any{kind}})
			if (!boxed || x >= 0) && (!filtered || kind == "a") {
				want = append(want, id)
			}
		}
		slices.Sort(want)
		src := &fixed{}
		src.snapshot.Store(build(t, nil, table))
		h := New(testConfig(t, src))

		next := "/api/collections/things/items?"
		if boxed {
			next += "bbox=0,-1,2,1&"
		}
		if filtered {
			next += "kind=a&"
		}
		got := []string{}
		for pages := 0; next != ""; pages++ {
			if pages > len(ids)+1 {
				t.Fatal("pages without end")
			}
			u, err := url.Parse(next)
			if err != nil {
				t.Fatal(err)
			}
			q := u.Query()
			limit := rapid.IntRange(1, 12).Draw(t, "limit")
			q.Set("limit", fmt.Sprint(limit))
			w := ask(h, "GET", u.Path+"?"+q.Encode())
			var p featurePage
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 200 {
				t.Fatalf("%d %v %s", w.Code, err, w.Body)
			}
			if p.Matched == nil || *p.Matched != len(want) || p.Returned != len(p.Features) || p.Returned > limit {
				t.Fatalf("counts %v, %d, %d features of %d", p.Matched, p.Returned, len(p.Features), len(want))
			}
			for _, f := range p.Features {
				got = append(got, f.ID)
			}
			next = ""
			if links := byRel(p.Links, "next"); len(links) > 0 {
				next = strings.TrimPrefix(links[0].Href, "http://map.test:8080")
			} else if len(got) != len(want) {
				t.Fatalf("no next after %d of %d", len(got), len(want))
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("pages hold %q, want %q", got, want)
		}
	})
}

func TestACursorOutlivesItsFeature(t *testing.T) {
	src := world(t)
	h := New(testConfig(t, src))
	cursor := makeCursor("villages", "35.07.01.2002")
	table := villageTable()
	table.Records = slices.Delete(table.Records, 1, 2)
	src.snapshot.Store(build(t, src.Snapshot(), table))
	scenario{url: items + "?cursor=" + cursor, json: []string{`features/0/id = "35.07.02.2001"`, `numberMatched = 3`, `numberReturned = 2`}}.run(t, h)
}

func TestCountingStopsAtItsBudget(t *testing.T) {
	table := geo.Table{Collection: geo.Collection{ID: "many", Title: "Many", Geometry: geo.None, MaxZoom: 14, Fields: texts("kind")}}
	for i := range countBudget + 10 {
		table.Records = append(table.Records, geo.Record{ID: fmt.Sprintf("%07d", i), Values: []any{"a"}})
	}
	src := &fixed{}
	src.snapshot.Store(build(t, nil, table))
	h := New(testConfig(t, src))
	const many = "/api/collections/many/items"
	scenario{url: many + "?limit=1", json: []string{fmt.Sprintf(`numberMatched = %d`, countBudget+10)}}.run(t, h)
	scenario{url: many + "?limit=1&kind=a", want: []string{"OGC-NumberMatched: "}, json: []string{`numberMatched absent`, `numberReturned = 1`, `links/[rel=next]/href exists`}}.run(t, h)
	scenario{url: many + "?limit=1&kind=a&cursor=" + makeCursor("many", fmt.Sprintf("%07d", countBudget+5)), json: []string{`numberMatched absent`, `features/0/id = "0200006"`}}.run(t, h)
}
