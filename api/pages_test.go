package api

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

var visitPages = []scenario{
	{url: "/wisata/pantai", want: []string{"Content-Type: text/html; charset=utf-8", "Vary: Accept, Accept-Encoding, Accept-Language", "ETag: *"}, body: []string{
		`<html lang="id">`, "<h1>Pantai &lt;Ngliyep&gt;</h1>", "!<Ngliyep>", "Pantai di Desa Donomulyo, Kecamatan Donomulyo.", "Sen–Jum 08:00–17:00; Sab,Min 06:00–18:00",
		"Rp10.000–15.000", "per 2024-05", "letak dipastikan beberapa sumber", "-8.07010, 112.55000", "Jalan terdekat untuk mobil: jalan desa",
		"Dari Donomulyo:", "Sinyal 4G ada di sepanjang jalan.", "Alpha", "klaim operator", "/wisata/coban?lang=id", "/desa/35.07.01.2001?lang=id", "Kopi",
		`property="og:title"`, `hreflang="en"`, `#map=15/-8.07010/112.55000&amp;at=destinations/pantai"`, `application/ld+json`, "https://example.org/ngliyep",
	}},
	{url: "/wisata/pantai?lang=en", body: []string{`<html lang="en">`, "<h1>Ngliyep Beach</h1>", "Beach in the village of Donomulyo", "Mon–Fri", "4G signal all the way", "&amp;lang=en"}},
	{url: "/wisata/pantai", headers: []string{"Accept-Language: fr, en-GB;q=0.8, id;q=0.5"}, body: []string{`<html lang="en">`}},
	{url: "/wisata/coban", body: []string{"setiap hari, 24 jam", "letak hanya titik di desa", "!javascript:alert", "Sinyal 4G terakhir"}},
	{url: "/wisata/candi", body: []string{"buka tiap hari", "seperti tertulis", "gratis"}},
	{url: "/wisata/sea", body: []string{"Rute belum dapat dihitung", "belum diketahui"}},
	{url: "/desa/35.07.01.2001", body: []string{"<h1>Donomulyo</h1>", "4.200", "12,50 km²", "65154", "1 produk, 1 destinasi, sinyal 4G ada, jalan baik.", "terlayani", "Sumber Manjing", "Kopi", "rusak", "2,2 km", `"@type":"Place"`}},
	{url: "/desa/35.07.02.2001?lang=en", body: []string{"&lt;script&gt;alert(1)", "!<script>alert", "No product yet", "not known", "Still missing: a product"}},
	{url: "/embed?anything=1", want: []string{"Content-Security-Policy: *"}, body: []string{"<title>map</title>"}},
	{url: "/api/visit.css", body: []string{"@media print"}},
}

func TestVisitPages(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	for _, c := range visitPages {
		t.Run(c.url, func(t *testing.T) {
			w := c.run(t, h)
			if strings.HasPrefix(c.url, "/wisata") && w.Body.Len() > 8<<10 {
				t.Errorf("%d bytes", w.Body.Len())
			}
		})
	}
	if w := ask(New(testConfig(t, world(t))), "GET", "/wisata/pantai-ngliyep"); w.Code != 200 || !strings.Contains(w.Body.String(), "Rute belum") {
		t.Errorf("without roads: %d %s", w.Code, w.Body)
	}
}

func TestMissingPagesAreInBothLanguages(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	for _, url := range []string{"/wisata/none", "/desa/none", "/desa/%F0%9F%98%80", "/wisata/%3Cscript%3E", "/desa/a/b", "/wisata/'%20OR%201=1--"} {
		w := ask(h, "GET", url)
		body := w.Body.String()
		if w.Code != 404 || !strings.Contains(body, `lang="en">There is no such page`) || !strings.Contains(body, `lang="id">Halaman ini tidak ada`) || strings.Contains(body, "<script>") {
			t.Errorf("%s: %d %s", url, w.Code, body)
		}
	}
}

func TestThingsOfPagesAreJSON(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	data := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)
	for url, kind := range map[string]string{"/wisata/pantai": "TouristAttraction", "/desa/35.07.02.2001": "Place"} {
		m := data.FindStringSubmatch(ask(h, "GET", url).Body.String())
		var thing map[string]any
		if m == nil {
			t.Fatalf("%s has no data", url)
		}
		if err := json.Unmarshal([]byte(m[1]), &thing); err != nil || thing["@type"] != kind || thing["name"] == "" {
			t.Errorf("%s: %v %v", url, err, thing)
		}
	}
}
