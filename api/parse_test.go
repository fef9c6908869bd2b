package api

import (
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

func TestBBoxAcrossTheMeridian(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []orb.Bound
	}{
		{"1,2,3,4", []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}}},
		{" 1, 2 ,3,4", []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}}},
		{"1,2,-5,3,4,9", []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}}},
		{"177,65,-177,70", []orb.Bound{{Min: orb.Point{-180, 65}, Max: orb.Point{-177, 70}}, {Min: orb.Point{177, 65}, Max: orb.Point{180, 70}}}},
		{"170,0,190,1", []orb.Bound{{Min: orb.Point{-180, 0}, Max: orb.Point{-170, 1}}, {Min: orb.Point{170, 0}, Max: orb.Point{180, 1}}}},
		{"-190,0,-170,1", []orb.Bound{{Min: orb.Point{-180, 0}, Max: orb.Point{-170, 1}}, {Min: orb.Point{170, 0}, Max: orb.Point{180, 1}}}},
	} {
		got, err := parseBBox(c.in)
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %v, %v", c.in, got, err)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", c.in, got, c.want)
			}
		}
	}
}

func FuzzBBox(f *testing.F) {
	for _, s := range []string{"1,2,3,4", "177,65,-177,70", "1,2,3,4,5,6", "NaN,0,1,1", ",,,", "1e400,0,1,1", "-0,-0,0,0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		boxes, err := parseBBox(s)
		if err != nil {
			isProblem(t, err)
			return
		}
		if len(boxes) == 0 || len(boxes) > 3 {
			t.Fatalf("%d boxes", len(boxes))
		}
		for _, b := range boxes {
			if !(b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90 && b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1]) {
				t.Fatalf("%q: box %v", s, b)
			}
		}
	})
}

func FuzzCursor(f *testing.F) {
	f.Add("villages", makeCursor("villages", "35.07.01.2001"))
	f.Add("villages", "AAAA")
	f.Add("", "=")
	f.Fuzz(func(t *testing.T, collection, cursor string) {
		id, err := parseCursor(collection, cursor)
		if err != nil {
			isProblem(t, err)
		} else if makeCursor(collection, id) != cursor {
			t.Fatalf("%q is a second cursor for %q", cursor, id)
		}
		if cursor != "" {
			if back, err := parseCursor(collection, makeCursor(collection, cursor)); err != nil || back != cursor {
				t.Fatalf("%q came back as %q, %v", cursor, back, err)
			}
		}
	})
}

// FuzzItems hands any query string and Accept header to …/items: the answer is
// a page or a problem, never a fault of ours.
func FuzzItems(f *testing.F) {
	h := New(testConfig(f, world(f)))
	// One seed for each set of parameters: the fuzzer takes a twentieth of a second
	// for each before it begins.
	seen := map[string]bool{}
	add := func(address, accept string) {
		u, err := url.Parse(address)
		if err != nil || u.RawQuery == "" {
			return
		}
		if names := fmt.Sprint(slices.Sorted(maps.Keys(u.Query())), accept); !seen[names] {
			seen[names] = true
			f.Add(u.RawQuery, accept)
		}
	}
	for _, c := range badFeatures {
		add(c.url, "")
	}
	for _, c := range features {
		add(c.url, "text/html;q=0.5,*/*")
	}
	f.Fuzz(func(t *testing.T, query, accept string) {
		r := httptest.NewRequest("GET", "http://map.test:8080"+items, nil)
		r.URL.RawQuery = query
		r.RequestURI = items + "?" + query
		r.Header["Accept"] = []string{accept}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 && w.Code != 400 && w.Code != 406 && w.Code != 414 {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
	})
}

func isProblem(t *testing.T, err error) {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) || p.Detail == "" {
		t.Fatalf("%v is no problem for a client", err)
	}
}

func TestBasemaps(t *testing.T) {
	for _, bad := range []string{
		"", "https://tile.test/", "ftp://tile.test/{z}/{x}/{y}", "https:///{z}/{x}/{y}", "https://u:p@tile.test/{z}/{x}/{y}",
		"https://tile.test; script-src *//{z}/{x}/{y}", "javascript:{z}{x}{y}", "https://tile test/{z}/{x}/{y}",
	} {
		if b, err := ParseBasemap(bad, ""); err == nil {
			t.Errorf("%q gave %+v", bad, b)
		}
	}
	for template, want := range map[string]string{
		"https://{s}.tile.test/{z}/{x}/{y}.png":     "https://*.tile.test",
		"http://tile.test:8080/a/{z}/{y}/{x}?k=v":   "http://tile.test:8080",
		"https://tile.test/{z}/{x}/{y}{r}.png?k={}": "https://tile.test",
	} {
		if b, err := ParseBasemap(template, ""); err != nil || b.origin != want {
			t.Errorf("%s: %+v, %v", template, b, err)
		}
	}
}
