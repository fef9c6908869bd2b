package api

import (
	"encoding/csv"
	"html"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

const siteDossier = "/dossier?lon=112.93&lat=-8.17&height_m=60&frequency_mhz=900&technology=4g"

func TestDossier(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	for _, c := range []scenario{
		{name: "paper", url: "/dossier?village=35.07.01.2001", body: []string{`<html lang="id">`, "Donomulyo", "<svg", "112.", "LS", "BT", "medan datar", "pantai", "!<script", "!Data contoh"}},
		{name: "English", url: "/dossier?village=35.07.01.2001&lang=en", body: []string{"Administrative codes", "35.07.01.2001", "beach", "flat terrain"}},
		{name: "CSV", url: "/dossier?village=35.07.01.2001&f=csv", body: []string{"section,item,value", "Kemendagri,35.07.01.2001"}},
		{name: "markup in a name", url: "/dossier?village=35.07.02.2001", body: []string{"!<script>alert"}},
		{name: "no such village", url: "/dossier?village=99", status: 400, json: []string{`parameter = "village"`}},
		{name: "no village", url: "/dossier", status: 400},
		{name: "technology", url: "/dossier?village=35.07.01.2001&technology=9g", status: 400, json: []string{`parameter = "technology"`}},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}

func TestDossierOfASite(t *testing.T) {
	h := plannersDesk(t)
	kept := httptest.NewRecorder()
	r := httptest.NewRequest("POST", scenarios, strings.NewReader(oneTower))
	r.Header.Set("Authorization", "Bearer t-planner")
	r.Header.Set("Content-Type", "application/json")
	h.ServeHTTP(kept, r)
	id := regexp.MustCompile(`"id":"([a-z0-9]{12})"`).FindStringSubmatch(kept.Body.String())
	if kept.Code != 201 || id == nil {
		t.Fatalf("%d %s", kept.Code, kept.Body)
	}
	bad := func(name, url, parameter string) scenario {
		return scenario{name: name, url: url, status: 400, json: []string{`parameter = "` + parameter + `"`}}
	}
	for _, c := range []scenario{
		{name: "paper", url: siteDossier, body: []string{"<svg", "Data contoh", "penduduk terlayani bertambah", "tinggi 60 m; 900 MHz", "Menara terdekat ke-3", "menara usulan → titik desa", "medan datar"}},
		{name: "English", url: siteDossier + "&lang=en", body: []string{"Sample data", "people gained", "proposed tower →", "flat terrain", "8°10′12.0″ S"}},
		{name: "of a scenario", url: "/dossier?tower=1&lang=en&scenario=" + id[1], body: []string{"people gained", "height 60 m; 900 MHz"}},
		bad("a tower that it has not", "/dossier?tower=2&scenario="+id[1], "tower"),
		{name: "no such scenario", url: "/dossier?tower=1&scenario=aaaaaaaaaaaa", status: 404},
		bad("height", "/dossier?lon=112.93&lat=-8.17&height_m=301", "height_m"),
		bad("no height", "/dossier?lon=112.93&lat=-8.17&height_m=0", "height_m"),
		bad("frequency", "/dossier?lon=112.93&lat=-8.17&frequency_mhz=60000", "frequency_mhz"),
		bad("the sea", "/dossier?lon=112.6&lat=-8.5", "lon"),
		bad("abroad", "/dossier?lon=115&lat=-8.5", "lon"),
		bad("no latitude", "/dossier?lon=112.6", "lon"),
		bad("technology", "/dossier?lon=112.93&lat=-8.17&technology=wifi", "technology"),
		bad("each operator", "/dossier?lon=112.93&lat=-8.17&operator=each", "operator"),
		bad("height without a site", "/dossier?village=35.07.13.2015&height_m=30", "height_m"),
		bad("two subjects", "/dossier?lon=112.93&lat=-8.17&village=35.07.13.2015", "village"),
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}

// TestDossierTableIsThePage compares the rows of the CSV with those of the page.
func TestDossierTableIsThePage(t *testing.T) {
	h := plannersDesk(t)
	get := func(url string) string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
		if w.Code != 200 {
			t.Fatalf("%s: %d %s", url, w.Code, w.Body)
		}
		return w.Body.String()
	}
	for _, url := range []string{"/dossier?village=35.07.06.2012", siteDossier, siteDossier + "&lang=en"} {
		var page [][2]string
		for _, m := range regexp.MustCompile(`<th scope="row">(.*?)</th><td>(.*?)</td>`).FindAllStringSubmatch(get(url), -1) {
			page = append(page, [2]string{html.UnescapeString(m[1]), html.UnescapeString(m[2])})
		}
		table, err := csv.NewReader(strings.NewReader(get(url + "&f=csv"))).ReadAll()
		if err != nil || len(table) != len(page)+1 || len(page) < 20 {
			t.Fatalf("%s: %d rows of CSV, %d of the page, %v", url, len(table)-1, len(page), err)
		}
		for i, row := range table[1:] {
			if [2]string{row[1], row[2]} != page[i] {
				t.Errorf("%s: CSV %q, page %q", url, row[1:], page[i])
			}
		}
	}
}
