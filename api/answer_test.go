package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func TestTheSameRequestHasTheSameBytesAndTag(t *testing.T) {
	src := world(t)
	a, b := New(testConfig(t, src)), New(testConfig(t, src))
	for _, url := range []string{"/api", items, items + "?bbox=112,-9,113,-7&limit=2", items + "/35.07.01.2001", items + "?f=html", items + "?f=csv", "/api/openapi", "/api/app.json", "/api/search?q=a", "/api/quality", "/api/quality?f=html", "/tiles/villages.json"} {
		first, second, other := ask(a, "GET", url), ask(a, "GET", url), ask(b, "GET", url)
		if !bytes.Equal(first.Body.Bytes(), second.Body.Bytes()) || !bytes.Equal(first.Body.Bytes(), other.Body.Bytes()) {
			t.Errorf("%s: bytes differ between answers", url)
		}
		tag := first.Header().Get("ETag")
		if tag == "" || tag[0] != '"' || tag != second.Header().Get("ETag") || tag != other.Header().Get("ETag") {
			t.Errorf("%s: tag %q, %q, %q", url, tag, second.Header().Get("ETag"), other.Header().Get("ETag"))
		}
		for _, header := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			w := ask(a, "GET", url, "If-None-Match: "+header)
			if w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
				t.Errorf("%s with If-None-Match %s: %d, %d bytes", url, header, w.Code, w.Body.Len())
			}
		}
		if w := ask(a, "GET", url, `If-None-Match: "x"`); w.Code != http.StatusOK {
			t.Errorf("%s with another tag: %d", url, w.Code)
		}
	}
}

func TestTagsDiffer(t *testing.T) {
	h := New(testConfig(t, world(t)))
	seen := map[string]string{}
	for _, r := range [][]string{
		{items},
		{items + "?f=html"},
		{items + "?f=csv"},
		{items + "?limit=2"},
		{items + "?name=x"},
		{"/api/collections/towers/items"},
		{items, "Accept-Encoding: gzip"},
		{items, "Accept-Encoding: zstd"},
		{items, "Peer: 10.0.0.1:1", "X-Forwarded-Host: other.test"},
		{items + "/35.07.01.2001"},
		{villages},
	} {
		tag := ask(h, "GET", r[0], r[1:]...).Header().Get("ETag")
		if other, ok := seen[tag]; ok {
			t.Errorf("%v and %s have the tag %s", r, other, tag)
		}
		seen[tag] = r[0]
	}
}

func TestAFeatureKeepsItsTagWhenAnotherChanges(t *testing.T) {
	src := world(t)
	h := New(testConfig(t, src))
	one, other := items+"/35.07.01.2001", items+"/35.07.01.2002"
	before, otherBefore, page := ask(h, "GET", one).Header().Get("ETag"), ask(h, "GET", other).Header().Get("ETag"), ask(h, "GET", items).Header().Get("ETag")
	changed := villageTable()
	changed.Records[1].Values[1] = "Sumbermanjing"
	src.snapshot.Store(build(t, src.Snapshot(), changed))
	if got := ask(h, "GET", one).Header().Get("ETag"); got != before {
		t.Errorf("the tag of a feature that did not change went from %s to %s", before, got)
	}
	if ask(h, "GET", other).Header().Get("ETag") == otherBefore || ask(h, "GET", items).Header().Get("ETag") == page {
		t.Error("what changed has its old tag")
	}
}

func TestEncodings(t *testing.T) {
	h := New(testConfig(t, world(t)))
	plain := ask(h, "GET", items).Body.Bytes()
	for _, c := range []struct{ accept, want string }{
		{"", ""},
		{"gzip", "gzip"},
		{"zstd", "zstd"},
		{"gzip, zstd", "zstd"},
		{"gzip, deflate, br, zstd", "zstd"},
		{"gzip;q=1, zstd;q=0.5", "gzip"},
		{"identity", ""},
		{"*", "zstd"},
		{"gzip;q=0", ""},
		{"zstd;q=0, *", "gzip"},
		{"identity;q=1, gzip;q=0.5", ""},
		{"GZIP", "gzip"},
		{"gzip;q=x", ""},
		{"br", ""},
		{"*;q=0", ""},
	} {
		for range 2 { // made, then kept
			w := ask(h, "GET", items, "Accept-Encoding: "+c.accept)
			if got := w.Header().Get("Content-Encoding"); got != c.want {
				t.Errorf("Accept-Encoding %q: %q, want %q", c.accept, got, c.want)
			}
			if got := w.Header().Get("Content-Length"); got != strconv.Itoa(w.Body.Len()) {
				t.Errorf("Accept-Encoding %q: length %s of %d", c.accept, got, w.Body.Len())
			}
			if !bytes.Equal(decoded(t, w), plain) {
				t.Errorf("Accept-Encoding %q: other bytes", c.accept)
			}
		}
	}
}

func decoded(t *testing.T, w *httptest.ResponseRecorder) []byte {
	t.Helper()
	var in io.Reader = w.Body
	var err error
	switch w.Header().Get("Content-Encoding") {
	case "gzip":
		in, err = gzip.NewReader(w.Body)
	case "zstd":
		in, err = zstd.NewReader(w.Body)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLongAnswersStreamAndAreNotKept(t *testing.T) {
	s := &service{Config: testConfig(t, world(t)), answers: newAnswerCache(1 << 30)}
	chunk := bytes.Repeat([]byte("x"), 1<<20)
	long := answer{media: "text/plain", identity: []string{"long"}, write: func(out io.Writer) error {
		for range 6 {
			if _, err := out.Write(chunk); err != nil {
				return err
			}
		}
		return nil
	}}
	w := httptest.NewRecorder()
	if err := s.respond(w, httptest.NewRequest("GET", "/", nil), long); err != nil || w.Body.Len() != 6<<20 {
		t.Errorf("%d bytes, error %v", w.Body.Len(), err)
	}
	if s.answers.bytes() != 0 {
		t.Errorf("%d bytes kept", s.answers.bytes())
	}
}

func TestAnErrorHalfWayIsTold(t *testing.T) {
	s := &service{Config: testConfig(t, world(t)), answers: newAnswerCache(1 << 20)}
	fault := errors.New("fault")
	for _, coding := range []string{"", "gzip", "zstd"} {
		x := &exchange{ResponseWriter: httptest.NewRecorder()}
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", coding)
		err := s.respond(x, r, answer{media: "text/plain", identity: []string{"x"}, write: func(out io.Writer) error {
			_, _ = out.Write([]byte("half"))
			return fault
		}})
		if !errors.Is(err, fault) || x.status != 0 {
			t.Errorf("%q: error %v, status %d: a problem cannot be written any more", coding, err, x.status)
		}
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	c := newAnswerCache(10_000)
	for i := range 100 {
		c.put(strconv.Itoa(i), make([]byte, 1000))
		c.get("0")
	}
	if c.bytes() > 10_000 {
		t.Errorf("%d bytes kept", c.bytes())
	}
	if _, ok := c.get("0"); !ok {
		t.Error("what was used last left")
	}
	if _, ok := c.get("50"); ok {
		t.Error("what was not used stayed")
	}
	c.put("big", make([]byte, 5000))
	if _, ok := c.get("big"); ok {
		t.Error("half of the room went to one answer")
	}
}
