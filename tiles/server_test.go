package tiles

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/petadesa/petadesa/geo"
)

// get asks the server for a tile of the layers, with headers given as pairs.
func get(t testing.TB, s *Server, q Request, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	if err := s.ServeTile(w, r, q); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestEncodings(t *testing.T) {
	s := NewServer(Options{})
	q := Request{Layers: layersOf(t), Address: here}
	raw := get(t, s, q).Body.Bytes()
	tags := map[string]string{}
	for _, c := range []struct{ accept, want string }{
		{"", ""},
		{"gzip", "gzip"},
		{"zstd", "zstd"},
		{"gzip, deflate, br, zstd", "zstd"},
		{"gzip;q=1.0, zstd;q=0.9", "gzip"},
		{"gzip;q=0, *", "zstd"},
		{"*", "zstd"},
		{"*;q=0", ""},
		{"identity", ""},
		{"identity;q=1, gzip;q=0.5", ""},
		{"identity;q=0", ""}, // nothing else was named: better this than no answer
		{"gzip;q=0", ""},
		{"GZIP ; q=0.001", "gzip"},
		{"gzip;q=nonsense", ""},
		{"br", ""},
	} {
		headers := []string{}
		if c.accept != "" {
			headers = []string{"Accept-Encoding", c.accept}
		}
		w := get(t, s, q, headers...)
		if got := w.Header().Get("Content-Encoding"); got != c.want {
			t.Errorf("Accept-Encoding %q: %q, want %q", c.accept, got, c.want)
		}
		if got := w.Header().Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("Vary %q", got)
		}
		if got := decompress(t, c.want, w.Body.Bytes()); !bytes.Equal(got, raw) {
			t.Errorf("Accept-Encoding %q: %d bytes, want %d", c.accept, len(got), len(raw))
		}
		tag := w.Header().Get("ETag")
		if strings.HasPrefix(tag, "W/") {
			t.Errorf("weak ETag %s", tag)
		}
		if other, ok := tags[tag]; ok && other != c.want {
			t.Errorf("%q and %q share ETag %s", other, c.want, tag)
		}
		tags[tag] = c.want
	}
}

func decompress(t testing.TB, in string, b []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(b)
	switch in {
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		z, err := zstd.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r = z
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestValidators(t *testing.T) {
	layers := layersOf(t)
	s := NewServer(Options{})
	q := Request{Layers: layers, Address: here}
	first := get(t, s, q, "Accept-Encoding", "gzip")
	tag := first.Header().Get("ETag")
	for _, c := range []struct {
		ask  string
		want int
	}{
		{tag, 304}, {"W/" + tag, 304}, {`"other", ` + tag, 304}, {"*", 304}, {`"other"`, 200}, {strings.Trim(tag, `"`), 200},
	} {
		w := get(t, s, q, "Accept-Encoding", "gzip", "If-None-Match", c.ask)
		if w.Code != c.want || w.Header().Get("ETag") != tag || (w.Code == 304) != (w.Body.Len() == 0) {
			t.Errorf("If-None-Match %s: %d, %d bytes, ETag %s", c.ask, w.Code, w.Body.Len(), w.Header().Get("ETag"))
		}
	}
	// Another server, with an empty cache, knows the tag without cutting.
	other := NewServer(Options{})
	if w := get(t, other, q, "Accept-Encoding", "gzip", "If-None-Match", tag); w.Code != 304 || other.Stats().Cuts != 0 {
		t.Errorf("an empty server answers %d after %d cuts", w.Code, other.Stats().Cuts)
	}
	if w := get(t, other, q, "Accept-Encoding", "gzip"); !bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) {
		t.Error("two servers differ")
	}
	if w := get(t, s, Request{Layers: layers, Address: here, Query: Query{Extent: 1024}}); w.Header().Get("ETag") == get(t, s, q).Header().Get("ETag") {
		t.Error("another extent, the same ETag")
	}
}

func TestHeaders(t *testing.T) {
	s := NewServer(Options{})
	q := Request{Layers: layersOf(t), Address: here}
	w := get(t, s, q)
	for name, want := range map[string]string{
		"Content-Type": "application/vnd.mapbox-vector-tile", "Cache-Control": "public, max-age=0, must-revalidate", "Access-Control-Allow-Origin": "*",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	q.Immutable = true
	if got := get(t, s, q).Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("with the version: Cache-Control %q", got)
	}

	r := httptest.NewRequest(http.MethodHead, "/", nil)
	head := httptest.NewRecorder()
	if err := s.ServeTile(head, r, q); err != nil || head.Body.Len() != 0 || head.Header().Get("Content-Length") != w.Header().Get("Content-Length") {
		t.Errorf("HEAD: %v, %d bytes, length %q", err, head.Body.Len(), head.Header().Get("Content-Length"))
	}

	q.Address = At([2]float64{10, 50}, 10)
	if w := get(t, s, q, "Accept-Encoding", "gzip"); w.Code != http.StatusNoContent || w.Body.Len() != 0 || w.Header().Get("Content-Encoding") != "" || w.Header().Get("ETag") == "" {
		t.Errorf("an empty tile: %d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
	}
}

func TestRefusals(t *testing.T) {
	layers := layersOf(t)
	s := NewServer(Options{})
	for _, c := range []struct {
		name string
		q    Request
		want error
	}{
		{"zoom below", Request{Layers: layers, Address: At([2]float64{112, -8}, 3)}, ErrOutOfRange},
		{"zoom above", Request{Layers: layers, Address: At([2]float64{112, -8}, 15)}, ErrOutOfRange},
		{"column", Request{Layers: layers, Address: Address{X: 1024, Y: 0, Z: 10}}, ErrOutOfRange},
		{"huge zoom", Request{Layers: layers, Address: Address{Z: 99}}, ErrOutOfRange},
		{"extent", Request{Layers: layers, Address: here, Query: Query{Extent: 1000}}, ErrBadQuery},
		{"property", Request{Layers: layers, Address: here, Query: Query{Properties: []string{"nothing"}}}, ErrBadQuery},
	} {
		w := httptest.NewRecorder()
		if err := s.ServeTile(w, httptest.NewRequest(http.MethodGet, "/", nil), c.q); !errors.Is(err, c.want) || len(w.Header()) > 0 {
			t.Errorf("%s: %v, headers %v", c.name, err, w.Header())
		}
	}
}

// gate is a filter that lets nothing pass until it is opened.
type gate struct {
	open    chan struct{}
	entered chan struct{}
}

func newGate() gate { return gate{make(chan struct{}), make(chan struct{}, 64)} }

func (g gate) query() Query {
	return Query{FilterKey: "gate", Filter: func(*geo.Layer) (func(int) bool, error) {
		g.entered <- struct{}{}
		<-g.open
		return nil, nil
	}}
}

func TestStampedeCutsOnce(t *testing.T) {
	s := NewServer(Options{})
	g := newGate()
	q := Request{Layers: layersOf(t)[:1], Address: here, Query: g.query()}
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			if w := get(t, s, q); w.Code != http.StatusOK {
				t.Errorf("status %d", w.Code)
			}
		})
	}
	<-g.entered
	for s.Stats().Misses < 64 {
		runtime.Gosched()
	}
	close(g.open)
	wg.Wait()
	if st := s.Stats(); st.Cuts != 1 || st.Shared != 63 {
		t.Errorf("%d cuts, %d shared", st.Cuts, st.Shared)
	}
}

func TestWaitersSurviveTheFirst(t *testing.T) {
	s := NewServer(Options{})
	g := newGate()
	q := Request{Layers: layersOf(t)[:1], Address: here, Query: g.query()}
	ctx, leave := context.WithCancel(context.Background())
	first := make(chan error)
	go func() {
		first <- s.ServeTile(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx), q)
	}()
	<-g.entered
	second := make(chan *httptest.ResponseRecorder)
	go func() { second <- get(t, s, q) }()
	for s.Stats().Misses < 2 {
		runtime.Gosched()
	}
	leave()
	close(g.open)
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the one who left gets %v", err)
	}
	if w := <-second; w.Code != http.StatusOK || s.Stats().Cuts != 1 {
		t.Errorf("the one who stayed gets %d after %d cuts", w.Code, s.Stats().Cuts)
	}
}

func TestNobodyWaitingEndsTheWork(t *testing.T) {
	s := NewServer(Options{})
	g := newGate()
	q := Request{Layers: layersOf(t)[:1], Address: here, Query: g.query()}
	ctx, leave := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		done <- s.ServeTile(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx), q)
	}()
	<-g.entered
	leave()
	for under := 1; under > 0; { // the work is given up when nobody is left
		s.flights.mu.Lock()
		under = len(s.flights.under)
		s.flights.mu.Unlock()
		runtime.Gosched()
	}
	close(g.open)
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("the one who left gets %v", err)
	}
	if st := s.Stats(); st.Entries != 0 {
		t.Errorf("%d entries are kept", st.Entries)
	}
}

func TestAFailedLayerFailsTheTile(t *testing.T) {
	s := NewServer(Options{})
	boom := errors.New("boom")
	q := Request{Layers: layersOf(t), Address: here, Query: Query{FilterKey: "x", Filter: func(l *geo.Layer) (func(int) bool, error) {
		if l.Collection.ID == "places" {
			return nil, boom
		}
		return nil, nil
	}}}
	w := httptest.NewRecorder()
	if err := s.ServeTile(w, httptest.NewRequest(http.MethodGet, "/", nil), q); !errors.Is(err, boom) || w.Body.Len() > 0 {
		t.Errorf("%v, %d bytes", err, w.Body.Len())
	}
	q.Query.Filter = func(*geo.Layer) (func(int) bool, error) { panic("boom") }
	q.Query.FilterKey = "y"
	if err := s.ServeTile(w, httptest.NewRequest(http.MethodGet, "/", nil), q); err == nil || !strings.Contains(err.Error(), "panicked") {
		t.Errorf("a panic gives %v", err)
	}
}

func TestOnlyChangedLayersAreCutAgain(t *testing.T) {
	s := NewServer(Options{})
	tables := []geo.Table{squares("squares", 100), places("places", 50)}
	snap, err := geo.Build(context.Background(), nil, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(snap *geo.Snapshot) string {
		return get(t, s, Request{Layers: []*geo.Layer{snap.Layer("squares"), snap.Layer("places")}, Address: here}).Header().Get("ETag")
	}
	before := ask(snap)
	changed, err := geo.Build(context.Background(), snap, []geo.Table{places("places", 51)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cuts := s.Stats().Cuts
	if after := ask(changed); after == before {
		t.Error("the ETag did not change")
	}
	if n := s.Stats().Cuts - cuts; n != 1 {
		t.Errorf("%d layers were cut after one changed", n)
	}
	same, err := geo.Build(context.Background(), changed, []geo.Table{places("places", 51)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cuts = s.Stats().Cuts
	ask(same)
	if n := s.Stats().Cuts - cuts; n != 0 {
		t.Errorf("%d layers were cut after none changed", n)
	}
}

func TestCacheIsBounded(t *testing.T) {
	const limit = 64 << 10
	s := NewServer(Options{CacheBytes: limit})
	layers := layersOf(t)
	for z := 5; z <= 14; z++ {
		from, to := corners(Bounds(layers), z)
		for x := from.X; x <= to.X; x++ {
			get(t, s, Request{Layers: layers, Address: Address{X: x, Y: from.Y, Z: from.Z}})
			if n := s.Stats().Bytes; n > limit {
				t.Fatalf("%d bytes are kept", n)
			}
		}
	}
	if st := s.Stats(); st.Evicted == 0 || st.Entries == 0 {
		t.Errorf("%+v", st)
	}
}
