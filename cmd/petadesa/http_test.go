package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/tiles/mvt"
)

// fetch returns the body of an answer that must be 200, as it is sent.
func fetch(t *testing.T, url string, headers ...string) []byte {
	t.Helper()
	status, _, body := ask(t, url, headers...)
	if status != http.StatusOK {
		t.Fatalf("%s: %d %s", url, status, body)
	}
	return body
}

// ask sends a request, headers as name and value by turns, and takes the answer
// as it is sent.
func ask(t *testing.T, url string, headers ...string) (int, http.Header, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, body
}

func checkProblem(t *testing.T, url string, status int, kind string) {
	t.Helper()
	got, header, body := ask(t, url)
	var p struct{ Type, Detail string }
	if err := json.Unmarshal(body, &p); err != nil || got != status || p.Type != "urn:petadesa:problem:"+kind || p.Detail == "" {
		t.Errorf("%d %s, want %d %s", got, body, status, kind)
	}
	if status == http.StatusServiceUnavailable && header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	for _, leak := range []string{"secret", "SQLSTATE", "SELECT", "dial"} {
		if strings.Contains(string(body), leak) {
			t.Errorf("the problem tells %q: %s", leak, body)
		}
	}
}

func onlyLayer(t *testing.T, tile []byte) mvt.Layer {
	t.Helper()
	decoded, err := mvt.Decode(tile)
	if err != nil {
		t.Fatal(err)
	}
	if len(decoded.Layers) != 1 {
		t.Fatalf("%d layers", len(decoded.Layers))
	}
	return decoded.Layers[0]
}
