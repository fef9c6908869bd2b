package tiles

import (
	"bytes"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Tiles of first views come in brotli; those of a filter, and deeper ones, do not.
func TestBrotli(t *testing.T) {
	s := NewServer(Options{})
	filter := func(*geo.Layer) (func(int) bool, error) { return nil, nil }
	for _, c := range []struct {
		zoom         int
		filter       func(*geo.Layer) (func(int) bool, error)
		accept, want string
	}{
		{9, nil, "gzip, deflate, br, zstd", "br"},
		{9, nil, "br", "br"},
		{9, nil, "br;q=0.9, zstd", "zstd"},
		{9, nil, "br;q=0, *", "zstd"},
		{9, nil, "gzip", "gzip"},
		{9, filter, "gzip, deflate, br, zstd", "zstd"},
		{10, nil, "gzip, deflate, br, zstd", "zstd"},
	} {
		q := Request{Layers: layersOf(t), Address: At(orb.Point{112.61, -7.99}, c.zoom)}
		if c.filter != nil {
			q.Query = Query{Filter: c.filter, FilterKey: "all"}
		}
		raw := get(t, s, q)
		first := get(t, s, q, "Accept-Encoding", c.accept).Header().Get("Content-Encoding")
		if c.want == "br" && strings.Contains(c.accept, "zstd") && first != "zstd" {
			t.Errorf("zoom %d, Accept-Encoding %q: the first waits for %q", c.zoom, c.accept, first)
		}
		for range maxLater { // until nothing is to be made later
			s.waiting <- struct{}{}
		}
		for range maxLater {
			<-s.waiting
		}
		w := get(t, s, q, "Accept-Encoding", c.accept)
		if got := w.Header().Get("Content-Encoding"); got != c.want {
			t.Errorf("zoom %d, Accept-Encoding %q: %q, want %q", c.zoom, c.accept, got, c.want)
		}
		if !bytes.Equal(decompress(t, c.want, w.Body.Bytes()), raw.Body.Bytes()) {
			t.Errorf("zoom %d, Accept-Encoding %q: another tile", c.zoom, c.accept)
		}
		if w.Header().Get("ETag") == raw.Header().Get("ETag") {
			t.Errorf("zoom %d, Accept-Encoding %q: the ETag of the tile as it is", c.zoom, c.accept)
		}
	}
}
