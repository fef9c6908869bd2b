package frontend

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func get(t *testing.T, h http.Handler, method, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	var in io.Reader = r.Body
	switch r.Header.Get("Content-Encoding") {
	case "br":
		in = brotli.NewReader(r.Body)
	case "gzip":
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		in = z
	}
	b, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func handler(t *testing.T) http.Handler {
	t.Helper()
	h, err := Handler()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestEveryNamedFileIsServedInEveryCoding(t *testing.T) {
	h := handler(t)
	page := body(t, get(t, h, "GET", "/"))
	named := regexp.MustCompile(`[" ](/(?:assets/[^" ]+|icon\.svg))`).FindAllSubmatch(page, -1)
	if len(named) < 4 {
		t.Fatalf("the page names %d files", len(named))
	}
	for _, n := range named {
		path := string(n[1])
		plain := get(t, h, "GET", path)
		want := body(t, plain)
		tags := map[string]bool{plain.Header.Get("ETag"): true}
		for _, coding := range []string{"br", "gzip"} {
			r := get(t, h, "GET", path, "Accept-Encoding", coding)
			if r.StatusCode != 200 || r.Header.Get("Content-Encoding") != coding || !bytes.Equal(body(t, r), want) {
				t.Errorf("%s as %s: status %d, encoding %q, or other bytes", path, coding, r.StatusCode, r.Header.Get("Content-Encoding"))
			}
			tags[r.Header.Get("ETag")] = true
		}
		if len(tags) != 3 {
			t.Errorf("%s: %d distinct ETags of 3 encodings", path, len(tags))
		}
		immutable := strings.Contains(plain.Header.Get("Cache-Control"), "immutable")
		if immutable != strings.HasPrefix(path, "/assets/") {
			t.Errorf("%s: Cache-Control %q", path, plain.Header.Get("Cache-Control"))
		}
		if plain.Header.Get("Content-Type") == "" || plain.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: Content-Type %q, Vary %q", path, plain.Header.Get("Content-Type"), plain.Header.Get("Vary"))
		}
	}
}

func TestAnswers(t *testing.T) {
	h := handler(t)
	tag := get(t, h, "GET", "/", "Accept-Encoding", "br").Header.Get("ETag")
	for _, c := range []struct {
		method, path string
		header       []string
		status       int
	}{
		{"GET", "/", nil, 200},
		{"GET", "/index.html", nil, 200},
		{"HEAD", "/", nil, 200},
		{"GET", "/", []string{"Accept-Encoding", "br", "If-None-Match", tag}, 304},
		{"GET", "/", []string{"Accept-Encoding", "br", "If-None-Match", "W/" + tag}, 304},
		{"GET", "/", []string{"Accept-Encoding", "gzip", "If-None-Match", tag}, 200},
		{"GET", "/nothing", nil, 404},
		{"GET", "/index.html.br", nil, 404},
		{"GET", "/assets/", nil, 404},
		{"GET", "/../frontend.go", nil, 404},
		{"POST", "/", nil, 405},
	} {
		r := get(t, h, c.method, c.path, c.header...)
		if r.StatusCode != c.status {
			t.Errorf("%s %s %v: status %d, want %d", c.method, c.path, c.header, r.StatusCode, c.status)
		}
		if c.method == "HEAD" && len(body(t, r)) > 0 {
			t.Errorf("HEAD has a body")
		}
	}
}

func TestNegotiate(t *testing.T) {
	for header, want := range map[string]string{
		"": "", "identity": "", "br": "br", "gzip, deflate, br": "br", "gzip": "gzip", "br;q=0, gzip": "gzip",
		"br;q=0.5, gzip;q=0.9": "gzip", "*": "br", "*;q=0": "", "gzip;q=0": "", "br;q=x": "", "GZIP": "gzip",
		"identity;q=1, br;q=0.5": "", "zstd": "", "br; q=0.1": "br",
	} {
		if got := negotiate(header); got != want {
			t.Errorf("negotiate(%q) = %q, want %q", header, got, want)
		}
	}
}
