package pull

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const overpass = "/overpass-api.de/api/interpreter"

// osmXML is a road through the made-up regency, a beach in it, and a waterfall
// beyond its border.
func osmXML() string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="made up">
 <node id="1" lat="-8.295" lon="112.505"/><node id="2" lat="-8.285" lon="112.515"/>
 <node id="3" lat="-8.2951" lon="112.5051"><tag k="natural" v="beach"/><tag k="name" v="Pantai Rekaan"/></node>
 <node id="4" lat="-8.2" lon="112.9"><tag k="waterway" v="waterfall"/><tag k="name" v="Coban Jauh"/></node>
 <way id="9"><nd ref="1"/><nd ref="2"/><tag k="highway" v="tertiary"/><tag k="name" v="Jalan Rekaan"/></way>
</osm>
`
}

func TestOpenStreetMap(t *testing.T) {
	w := newWorld(t, made)
	var asked string
	w.handle(overpass, func(rw http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(raw))
		asked = form.Get("data")
		io.WriteString(rw, osmXML())
	})
	j := newJob(t, w)
	j.selection.Skip = []string{"elevation", "population"}
	m, err := j.run(t)
	if err != nil || len(m.Failed) > 0 {
		t.Fatal(err, m)
	}
	if !strings.Contains(asked, `way["highway"](poly:"-8.30000 112.50000 -8.30000 112.53000 -8.26000 112.53000 -8.26000 112.50000");`) || strings.Contains(asked, "{") {
		t.Errorf("asked %s", asked)
	}
	roads, rows := j.table(t, "roads")
	if r := rows["w9"]; len(rows) != 1 || r["class"] != "regency" || r["name"] != "Jalan Rekaan" || roads.License != "ODbL 1.0" || !strings.Contains(roads.Attribution, "OpenStreetMap") {
		t.Errorf("%v, %+v", rows, roads)
	}
	_, places := j.table(t, "destinations")
	if p := places["n3"]; len(places) != 1 || p["category"] != "beach" || p["village_code"] != "99.01.01.2001" || p["source_date"] != "2026-07-01" {
		t.Errorf("%v", places)
	}
}

// What the server of a busy service answers with 200, and where nothing can be
// had: roads are left out, the villages stay.
func TestOpenStreetMapFails(t *testing.T) {
	for name, test := range map[string]struct {
		answer string
		want   string
	}{
		"a remark":      {"<osm><remark> runtime error: Query timed out </remark></osm>", "the server says: runtime error: Query timed out"},
		"a page":        {"<html><title>Overpass is busy</title>", `"Overpass is busy"`},
		"cut":           {"<osm><node id=\"1\" ", "it was cut"},
		"something":     {"<gpx/>", "not OSM XML"},
		"an empty area": {"<osm></osm>", "there are no features"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, made)
			w.handle(overpass, func(rw http.ResponseWriter, r *http.Request) { io.WriteString(rw, test.answer) })
			w.handle("/download.geofabrik.de/", func(rw http.ResponseWriter, r *http.Request) { io.WriteString(rw, "no PBF") })
			j := newJob(t, w)
			j.selection.Skip = []string{"elevation", "population"}
			m, err := j.run(t)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(m.Failed, j.told); !strings.Contains(got, test.want) || len(m.Failed) != 1 {
				t.Errorf("%s, want %q", got, test.want)
			}
			if _, rows := j.table(t, "villages"); len(rows) != 12 {
				t.Errorf("%d villages", len(rows))
			}
		})
	}
}

// Roads alone lie where the villages of the store are.
func TestRoadsAlone(t *testing.T) {
	w := newWorld(t, made)
	w.handle(overpass, func(rw http.ResponseWriter, r *http.Request) { io.WriteString(rw, osmXML()) })
	j := newJob(t, w)
	j.selection = Selection{Code: "99.01", Only: []string{"roads"}}
	if _, err := j.run(t); err == nil || !strings.Contains(err.Error(), "pull them too") {
		t.Errorf("error %v", err)
	}
	j.selection = Selection{Code: "99.01", Only: []string{"villages"}}
	if _, err := j.run(t); err != nil {
		t.Fatal(err)
	}
	j.selection = Selection{Code: "99.01", Only: []string{"roads"}}
	if m, err := j.run(t); err != nil || m.Features != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	if tables, _ := j.store.Load(t.Context(), "destinations"); len(tables) > 0 {
		t.Error("destinations are stored, too")
	}
}
