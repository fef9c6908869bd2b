package api

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestOfflineRefuses(t *testing.T) {
	h := New(Config{Source: world(t)})
	for _, c := range []scenario{
		{name: "no box", url: "/api/offline", status: 400, json: []string{`parameter = "bbox"`}},
		{name: "half a box", url: "/api/offline?bbox=112,-8,113", status: 400, json: []string{`parameter = "bbox"`}},
		{name: "swapped", url: "/api/offline?bbox=113,-7,112,-8", status: 400, json: []string{`parameter = "bbox"`}},
		{name: "words", url: "/api/offline/pack?bbox=a,b,c,d", status: 400, json: []string{`parameter = "bbox"`}},
		{name: "the world", url: "/api/offline/pack?bbox=-170,-80,170,80", status: 400, json: []string{`parameter = "bbox"`}, body: []string{"too large"}},
		{name: "across the line", url: "/api/offline?bbox=179.9,-17,-179.9,-16.9", status: 400, json: []string{`parameter = "bbox"`}},
		{name: "unknown", url: "/api/offline?bbox=112,-8,112.1,-7.9&x=1", status: 400},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}

// TestOfflinePackIsAsItsSizeSaid reads a pack as the page does.
func TestOfflinePackIsAsItsSizeSaid(t *testing.T) {
	h := New(Config{Source: world(t)})
	const box = "bbox=112.501,-8.15,112.7,-8"
	var offer struct {
		Bytes int
		BBox  [4]float64
		Parts map[string]int
		Pack  string
	}
	if err := json.Unmarshal(sendTo(h, http.MethodGet, "/api/offline?"+box, "").Body.Bytes(), &offer); err != nil {
		t.Fatal(err)
	}
	if offer.BBox != [4]float64{112.5, -8.15, 112.7, -8} {
		t.Errorf("the box is %v", offer.BBox)
	}
	w := sendTo(h, http.MethodGet, offer.Pack, "")
	pack := w.Body.Bytes()
	if w.Code != http.StatusOK || len(pack) != offer.Bytes {
		t.Fatalf("status %d, %d bytes, the offer said %d", w.Code, len(pack), offer.Bytes)
	}
	if !bytes.HasPrefix(pack, []byte(packMagic)) {
		t.Fatalf("the pack begins with %q", pack[:8])
	}
	at := 12 + int(binary.LittleEndian.Uint32(pack[8:]))
	var header packHeader
	if err := json.Unmarshal(pack[12:at], &header); err != nil {
		t.Fatal(err)
	}
	for _, part := range header.Parts {
		if part.Bytes != offer.Parts[part.Name] {
			t.Errorf("part %s has %d bytes, the offer said %d", part.Name, part.Bytes, offer.Parts[part.Name])
		}
		body := pack[at : at+part.Bytes]
		at += part.Bytes
		switch part.Name {
		case "tiles":
			if !strings.HasPrefix(string(body), "PMTiles\x03") {
				t.Errorf("the tiles begin with %q", body[:8])
			}
		case "places":
			var places map[string][]struct{ ID string }
			if err := json.Unmarshal(unzipped(t, body), &places); err != nil {
				t.Fatal(err)
			}
			if len(places["villages"]) == 0 || len(places["destinations"]) == 0 {
				t.Errorf("the places are %v", places)
			}
		}
	}
	if at != len(pack) {
		t.Errorf("the parts end at %d of %d bytes", at, len(pack))
	}
	if again := sendTo(h, http.MethodGet, offer.Pack, "", "If-None-Match: "+w.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("asked again: status %d", again.Code)
	}
}

func unzipped(t *testing.T, b []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
