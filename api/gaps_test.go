package api

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/mvt"
)

func TestGaps(t *testing.T) {
	h := New(testConfig(t, regency(t)))
	const at = "/api/coverage/gaps"
	for _, c := range []scenario{
		{name: "villages", url: at, json: []string{
			`by = "village"`, `numberMatched = 390`, `numberReturned = 390`, `parameters/technology = "4g"`, `parameters/limit = "1000"`,
			`permalink = "http://map.test:8080/api/coverage/gaps?by=village&technology=4g&operator=any&evidence=best&preset=bakti&poi=destinations&season=normal&sort=-people_gap&limit=1000"`,
			`links/0/rel = "self"`, `links/1/rel = "geojson"`, `links/2/rel = "csv"`, `links/3/rel = "xlsx"`, `links/4/rel = "tiles"`, `links/4/templated = true`,
			`provenance/collections/villages/version exists`, `totals/people/total = 2654448`, `rows/0/people/gap_high exists`, `rows/0/official exists`,
		}, want: []string{"OGC-NumberMatched: 390", "ETag: *", "Content-Type: application/json"}},
		{name: "a page links to the next", url: at + "?limit=3&operator=each&by=district", json: []string{`numberReturned = 3`, `links/1/rel = "next"`, `links/5 absent`}, want: []string{"Link: *"}},
		{name: "regency", url: at + "?by=regency", json: []string{`numberMatched = 1`, `rows/0/code = "35.07"`}},
		{name: "cells of a village", url: at + "?by=cell&village=35.07.06.2001&limit=5&min_rsrp=-80", json: []string{`by = "cell"`, `numberReturned = 5`}},
		{name: "CSV", url: at + "?f=csv", body: []string{"code,name,district,", "\r\n35.07."}, want: []string{"Content-Type: text/csv; charset=utf-8", `Content-Disposition: attachment; filename="gaps-village.csv"`}},
		{name: "GeoJSON by Accept", url: at + "?by=district", headers: []string{"Accept: application/geo+json"}, json: []string{`type = "FeatureCollection"`, `features/0/geometry/type exists`, `features/0/properties/people_gap exists`, `provenance/model exists`}},
		{name: "spreadsheet", url: at + "?f=xlsx&by=district", want: []string{"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, body: []string{"PK"}},
		{name: "nothing but the head", method: "HEAD", url: at, want: []string{"OGC-NumberMatched: 390"}},

		{name: "unknown parameter", url: at + "?oprator=any", status: 400, json: []string{`type = "urn:petadesa:problem:unknown-parameter"`, `parameter = "oprator"`, `allowed/0 = "by"`}},
		{name: "unknown value", url: at + "?by=hamlet", status: 400, json: []string{`parameter = "by"`, `allowed = ["village","district","regency","cell"]`}},
		{name: "unknown operator", url: at + "?operator=Nobody", status: 400, json: []string{`parameter = "operator"`, `allowed/0 = "any"`}},
		{name: "unknown district", url: at + "?district=99.99.99", status: 400, json: []string{`allowed/0 = "35.07.01"`}},
		{name: "unknown form", url: at + "?f=pdf", status: 400, json: []string{`allowed = ["json","geojson","csv","xlsx"]`}},
		{name: "radius 0", url: at + "?near_road=0", status: 400, json: []string{`parameter = "near_road"`}},
		{name: "twice", url: at + "?by=village&by=cell", status: 400, json: []string{`parameter = "by"`}},
		{name: "limit", url: at + "?limit=0", status: 400, json: []string{`parameter = "limit"`}},
		{name: "cursor of another question", url: at + "?cursor=AAAAAAAAAAAA", status: 400, json: []string{`type = "urn:petadesa:problem:bad-cursor"`}},
		{name: "filter", url: at + "?filter=population%20%3E", status: 400, json: []string{`parameter = "filter"`}},
		{name: "filter by a property that is none", url: at + "?filter=height%20%3E%201", status: 400, json: []string{`parameter = "filter"`}},
		{name: "method", method: "DELETE", url: at, status: 405},
		{name: "form by Accept", url: at, headers: []string{"Accept: image/png"}, status: 406},

		{name: "tiles of each operator", url: "/tiles/gaps/8/208/133.mvt?operator=each", status: 400, json: []string{`parameter = "operator"`}},
		{name: "tiles of a regency", url: "/tiles/gaps/8/208/133.mvt?by=regency", status: 400, json: []string{`parameter = "by"`}},
		{name: "tile of no address", url: "/tiles/gaps/2/9/9.mvt", status: 404},
		{name: "tile too deep", url: "/tiles/gaps/17/106500/68500.mvt", status: 404},
		{name: "tile of another kind", url: "/tiles/gaps/8/208/133.png", status: 404},
		{name: "tile with a property that is none", url: "/tiles/gaps/8/208/133.mvt?properties=height", status: 400},
		{name: "TileJSON", url: "/tiles/gaps.json?technology=2g", json: []string{`tilejson = "3.0.0"`, `vector_layers/0/id = "gaps"`, `vector_layers/0/fields/people_gap exists`, `vector_layers/0/fields/state exists`, `maxzoom = 16`}},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}

func TestGapsWithoutVillages(t *testing.T) {
	f := &fixed{}
	f.snapshot.Store(build(t, nil, destinationTable()))
	h := New(testConfig(t, f))
	scenario{url: "/api/coverage/gaps", status: 404, body: []string{"villages is empty"}}.run(t, h)
}

// A client that has the answer gets none; the same question in another order is
// the same answer.
func TestGapsAreNotSentAgain(t *testing.T) {
	h := New(testConfig(t, regency(t)))
	first := ask(h, "GET", "/api/coverage/gaps?by=district&technology=4g")
	etag := first.Header().Get("ETag")
	if w := ask(h, "GET", "/api/coverage/gaps?technology=4g&by=district&evidence=best", "If-None-Match: "+etag); w.Code != 304 {
		t.Errorf("status %d", w.Code)
	}
	tile := ask(h, "GET", "/tiles/gaps/8/208/133.mvt?technology=4g")
	if w := ask(h, "GET", "/tiles/gaps/8/208/133.mvt?technology=4g", "If-None-Match: "+tile.Header().Get("ETag")); w.Code != 304 {
		t.Errorf("tile: status %d", w.Code)
	}
	var doc struct{ Tiles []string }
	if err := json.Unmarshal(ask(h, "GET", "/tiles/gaps.json").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	address := strings.NewReplacer("http://map.test:8080", "", "{z}", "8", "{x}", "208", "{y}", "133").Replace(doc.Tiles[0])
	if w := ask(h, "GET", address); !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Body.Len() == 0 {
		t.Errorf("%s: %d, %q, %d bytes", address, w.Code, w.Header().Get("Cache-Control"), w.Body.Len())
	}
}

// Pages put together are the whole, in order.
func TestPagesOfGaps(t *testing.T) {
	h := New(testConfig(t, regency(t)))
	var codes []string
	for next := "/api/coverage/gaps?limit=100&sort=name"; next != ""; {
		var doc gapsPage
		if err := json.Unmarshal(ask(h, "GET", next).Body.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		next = ""
		for _, l := range doc.Links {
			if l.Rel == "next" {
				next = strings.TrimPrefix(l.Href, "http://map.test:8080")
			}
		}
		for _, r := range doc.Rows {
			codes = append(codes, r.Code)
		}
	}
	slices.Sort(codes)
	if len(slices.Compact(codes)) != 390 {
		t.Errorf("%d different villages", len(codes))
	}
}

type gapsPage struct {
	Rows  []struct{ Code string }
	Links []link
}

// What tiles show is what the table says.
func TestTilesOfGapsAreTheTable(t *testing.T) {
	h := New(testConfig(t, regency(t)))
	for _, by := range []string{"village", "district"} {
		q := url.Values{"by": {by}, "technology": {"4g"}, "min_rsrp": {"-95"}}
		rows, err := csv.NewReader(ask(h, "GET", "/api/coverage/gaps?f=csv&"+q.Encode()).Body).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]string{}
		for _, r := range rows[1:] {
			want[r[0]] = r
		}
		seen := map[string]bool{}
		west, east := "/tiles/gaps/8/207/133.mvt?"+q.Encode(), "/tiles/gaps/8/208/133.mvt?"+q.Encode()
		for _, f := range append(gapTileFeatures(t, h, west), gapTileFeatures(t, h, east)...) {
			row := want[f.Properties["code"].(string)]
			seen[row[0]] = true
			for k, name := range rows[0] {
				got := ""
				switch v := f.Properties[name].(type) {
				case nil:
				case float64:
					got = strconv.FormatFloat(v, 'f', -1, 64)
				default:
					got = fmt.Sprint(v)
				}
				if got != row[k] {
					t.Fatalf("%s %s: %s is %q on the map and %q in the table", by, row[0], name, got, row[k])
				}
			}
		}
		if len(seen) != len(want) {
			t.Errorf("%d of %d are on the map", len(seen), len(want))
		}
	}
}

// Cells are drawn from their zoom on, and have the states that the table counts.
func TestTilesOfCells(t *testing.T) {
	h := New(testConfig(t, regency(t)))
	states := map[string]int{}
	for _, f := range gapTileFeatures(t, h, "/tiles/gaps/10/833/535.mvt?technology=4g&min_rsrp=-85") {
		states[f.Properties["state"].(string)]++
		if f.Properties["cells"].(uint64) < 1 {
			t.Fatal("a run of no cells")
		}
	}
	if states[coverage.StateNot] == 0 || states[coverage.StateCovered] == 0 {
		t.Errorf("states %v", states)
	}
	if all := gapTileFeatures(t, h, "/tiles/gaps/10/833/535.mvt?by=village&properties=class"); len(all) == 0 || len(all[0].Properties) != 2 || all[0].Properties["class"] == nil {
		t.Errorf("villages %v", all)
	}
}

func gapTileFeatures(t *testing.T, h *Handler, address string) []mvt.Feature {
	t.Helper()
	w := ask(h, "GET", address)
	if w.Code != 200 || w.Header().Get("Content-Type") != tiles.VectorTile {
		t.Fatalf("%s: %d %s", address, w.Code, clip(w.Body.String()))
	}
	tile, err := mvt.Decode(w.Body.Bytes())
	if err != nil || len(tile.Layers) != 1 {
		t.Fatalf("%s: %v, %d layers", address, err, len(tile.Layers))
	}
	return tile.Layers[0].Features
}
