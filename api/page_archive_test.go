package api

import (
	"strings"
	"testing"
)

func TestPageArchive(t *testing.T) {
	for _, bad := range []string{"", "tiles.pmtiles", "ftp://a.test/b", "https:///b", "https://u:p@a.test/b", "https://a.test; script-src *//b", "://"} {
		if a, err := ParsePageArchive(bad); err == nil {
			t.Errorf("%q gave %+v", bad, a)
		}
	}
	archive, err := ParsePageArchive("https://store.test:8443/maps/malang.pmtiles?k=v")
	if err != nil {
		t.Fatal(err)
	}
	cfg := testConfig(t, world(t))
	cfg.PageArchive, cfg.Title = archive, "Peta Malang"
	h := New(cfg)
	scenario{url: "/api/app.json", json: []string{`archive = "https://store.test:8443/maps/malang.pmtiles?k=v"`, `title = "Peta Malang"`, `sources = []`}}.run(t, h)
	policy := ask(h, "GET", "/").Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "; connect-src 'self' https://store.test:8443; ") {
		t.Error(policy)
	}
	scenario{url: "/api/app.json", json: []string{`archive = null`}}.run(t, New(testConfig(t, world(t))))
}

func TestSourcesForThePage(t *testing.T) {
	cfg := testConfig(t, world(t))
	cfg.Sources = testSources()
	scenario{url: "/api/app.json", json: []string{
		`sources/[id=photos]/tiles = "/tiles/photos/{z}/{x}/{y}.jpg?v=7"`, `sources/[id=photos]/title = "Photos from above"`,
		`sources/[id=a,b/c]/tiles = "/tiles/a%2Cb%2Fc/{z}/{x}/{y}.mvt"`, `sources/[id=a,b/c]/features = false`, `sources/[id=a,b/c]/maxzoom = 22`,
	}}.run(t, New(cfg))
}
