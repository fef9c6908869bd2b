package archive

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/petadesa/petadesa/tiles"
)

// store serves one file, as an object store does, and can be made to misbehave.
type store struct {
	mu       sync.Mutex
	content  []byte
	etag     string
	wrong    func(w http.ResponseWriter, r *http.Request) bool // answers instead
	requests atomic.Int64
}

func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	s.mu.Lock()
	content, etag, wrong := s.content, s.etag, s.wrong
	s.mu.Unlock()
	if wrong != nil && wrong(w, r) {
		return
	}
	if etag != "" {
		w.Header().Set("ETag", etag)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

func (s *store) set(content []byte, etag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.content, s.etag = content, etag
}

func TestRemoteArchive(t *testing.T) {
	snap := snapshot(t)
	one := content(t, "a.pmtiles", Job{Snapshot: snap, MaxZoom: 8, Name: "one"})
	two := content(t, "a.pmtiles", Job{Snapshot: snap, MinZoom: 3, MaxZoom: 9, Name: "two"})
	path, _ := exported(t, "a.pmtiles", Job{Snapshot: snap, MaxZoom: 9})
	local := openTest(t, path)
	for _, etags := range [][2]string{{`"1"`, `"2"`}, {`W/"1"`, `W/"2"`}, {"", ""}} { // without any, the size tells
		files := &store{content: one, etag: etags[0]}
		server := httptest.NewServer(files)
		defer server.Close()
		a := openTest(t, server.URL+"/a.pmtiles?secret=1")
		if n := files.requests.Load(); n != 2 {
			t.Errorf("it takes %d requests to open", n)
		}
		for z := range 10 {
			if z == 5 {
				files.set(two, etags[1])
			}
			at := tiles.At(snap.Layer("villages").Bound.Center(), z)
			got, err := a.Tile(t.Context(), at)
			want, _ := local.Tile(t.Context(), at)
			if err != nil || !bytes.Equal(got.Data, want.Data) || got.ETag != want.ETag || got.Encoding != "gzip" {
				t.Errorf("tile %v: %d bytes, want %d; %v", at, len(got.Data), len(want.Data), err)
			}
		}
		if d := a.Describe(); d.Name != "two" || d.MinZoom != 3 {
			t.Errorf("the replaced file is %+v", d)
		}
		a.Close()
		if _, err := a.Tile(t.Context(), tiles.Address{}); !errors.Is(err, os.ErrClosed) || strings.Contains(err.Error(), "secret") {
			t.Errorf("after Close: %v", err)
		}
	}
}

func TestServersThatMisbehave(t *testing.T) {
	whole := content(t, "a.pmtiles", Job{Snapshot: snapshot(t), MaxZoom: 6})
	partial := func(header string, body []byte) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Range", header)
			w.WriteHeader(http.StatusPartialContent)
			_, _ = w.Write(body)
			return true
		}
	}
	for name, c := range map[string]struct {
		wrong func(http.ResponseWriter, *http.Request) bool
		want  string
	}{
		"no ranges": {func(w http.ResponseWriter, _ *http.Request) bool { _, _ = w.Write(whole); return true }, "does not answer range requests"},
		"not found": {func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusNotFound); return true }, "404"},
		"hangs up": {func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-16383/%d", len(whole)))
			w.Header().Set("Content-Length", "16384")
			w.WriteHeader(http.StatusPartialContent)
			_, _ = w.Write(whole[:100])
			return true
		}, "cut off"},
		"another range":   {partial("bytes 5-16383/99999", whole[5:16384]), "asked for 16384 bytes from 0"},
		"a longer range":  {partial("bytes 0-99999999/999999999", nil), "asked for 16384 bytes from 0"},
		"a range of less": {partial("bytes 9-3/999", nil), "asked for 16384 bytes from 0"},
		"no range":        {partial("", whole), "asked for 16384 bytes from 0"},
		"a page":          {partial("bytes 0-19/20", []byte("<html> Please log in")), "does not begin like one"},
		"a tiny file":     {partial("bytes 0-9/10", whole[:10]), "does not begin like one"},
	} {
		server := httptest.NewServer(&store{content: whole, wrong: c.wrong})
		_, err := Open(t.Context(), server.URL)
		server.Close()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	if _, err := Open(t.Context(), "http://"); err == nil {
		t.Error("a URL without a host is opened")
	}
}
