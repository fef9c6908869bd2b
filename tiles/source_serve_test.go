package tiles

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// shelf is a source with one tile at 1/0/0.
type shelf struct {
	description Description
	tile        Encoded
	err         error
}

var _ Source = (*shelf)(nil)

func (s *shelf) Describe() Description { return s.description }

func (s *shelf) Tile(_ context.Context, at Address) (Encoded, error) {
	if at != (Address{Z: 1}) {
		return Encoded{}, s.err
	}
	return s.tile, s.err
}

func ask(t *testing.T, src Source, at Address, method string, headers ...string) (*httptest.ResponseRecorder, error) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	return w, NewServer(Options{}).ServeSource(w, r, src, at, false)
}

func TestServeSourceFitsTheEncoding(t *testing.T) {
	raw := bytes.Repeat([]byte("tile "), 200)
	packed := Gzip(raw)
	gzipSource := &shelf{Description{MediaType: VectorTile, MinZoom: 1, MaxZoom: 2}, Encoded{packed, "gzip", "abc"}, nil}
	plainSource := &shelf{Description{MediaType: VectorTile, MinZoom: 1, MaxZoom: 2}, Encoded{raw, "", ""}, nil}
	picture := &shelf{Description{MediaType: "image/png", MinZoom: 1, MaxZoom: 2}, Encoded{raw, "", "abc"}, nil}
	seen := map[string]string{} // ETag to encoding and source
	for _, c := range []struct {
		name, accept, want string
		source             *shelf
	}{
		{"stored", "gzip, deflate, br, zstd", "gzip", gzipSource},
		{"stored", "*", "gzip", gzipSource},
		{"stored", "", "", gzipSource},
		{"stored", "gzip;q=0, *", "", gzipSource},
		{"stored", "br", "", gzipSource},
		{"plain", "gzip", "gzip", plainSource},
		{"plain", "zstd, gzip", "zstd", plainSource},
		{"plain", "identity", "", plainSource},
		{"picture", "gzip", "", picture},
	} {
		w, err := ask(t, c.source, Address{Z: 1}, http.MethodGet, "Accept-Encoding", c.accept)
		if err != nil {
			t.Fatal(err)
		}
		encoding, etag := w.Header().Get("Content-Encoding"), w.Header().Get("ETag")
		if w.Code != 200 || encoding != c.want || w.Header().Get("Vary") != "Accept-Encoding" || w.Header().Get("Content-Type") != c.source.description.MediaType {
			t.Errorf("%s for %q: %d %v", c.name, c.accept, w.Code, w.Header())
		}
		how := map[string]pmtiles.Compression{"gzip": pmtiles.Gzip, "zstd": pmtiles.Zstd, "": pmtiles.Plain}[encoding]
		if body, err := pmtiles.Expand(w.Body.Bytes(), how, 1<<20); err != nil || !bytes.Equal(body, raw) {
			t.Errorf("%s for %q: %d bytes, %v", c.name, c.accept, len(body), err)
		}
		if c.name == "stored" && encoding == "gzip" && !bytes.Equal(w.Body.Bytes(), packed) {
			t.Error("the stored bytes are not passed through")
		}
		if before, ok := seen[c.name+etag]; ok && before != encoding {
			t.Errorf("%s: %s is the ETag of %q and of %q", c.name, etag, before, encoding)
		}
		seen[c.name+etag] = encoding
		again, err := ask(t, c.source, Address{Z: 1}, http.MethodGet, "Accept-Encoding", c.accept, "If-None-Match", etag)
		if err != nil || again.Code != http.StatusNotModified || again.Header().Get("ETag") != etag || again.Body.Len() != 0 {
			t.Errorf("%s for %q, asked again: %d %v, %v", c.name, c.accept, again.Code, again.Header(), err)
		}
	}
}

func TestServeSourceEdges(t *testing.T) {
	src := &shelf{Description{MediaType: VectorTile, MinZoom: 1, MaxZoom: 2}, Encoded{[]byte("tile"), "gzip", "a"}, nil}
	if w, err := ask(t, src, Address{X: 1, Z: 1}, http.MethodGet); err != nil || w.Code != http.StatusNoContent || w.Header().Get("ETag") != "" {
		t.Errorf("nothing there: %d %v, %v", w.Code, w.Header(), err)
	}
	for _, at := range []Address{{}, {Z: 3}, {X: 2, Z: 1}} {
		if _, err := ask(t, src, at, http.MethodGet); !errors.Is(err, ErrOutOfRange) {
			t.Errorf("tile %v: %v", at, err)
		}
	}
	if w, err := ask(t, src, Address{Z: 1}, http.MethodHead, "Accept-Encoding", "gzip"); err != nil || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "4" {
		t.Errorf("HEAD: %v, %v", w.Header(), err)
	}
	if w, err := ask(t, src, Address{Z: 1}, http.MethodGet); err == nil || w.Body.Len() != 0 {
		t.Errorf("a tile that is not the gzip it says: %v, %q", err, w.Body)
	}
	src.err = context.DeadlineExceeded
	if w, err := ask(t, src, Address{Z: 1}, http.MethodGet); !errors.Is(err, context.DeadlineExceeded) || w.Body.Len() != 0 {
		t.Errorf("a source that fails: %v", err)
	}
}

func TestTileJSONOfASource(t *testing.T) {
	d := Description{Name: "Malang", MediaType: VectorTile, MinZoom: 3, MaxZoom: 12, CenterZoom: 9}
	d.Bounds.Min, d.Bounds.Max, d.Center = [2]float64{112, -9}, [2]float64{113, -7}, [2]float64{112.5, -8}
	j := d.TileJSON("http://a/{z}/{x}/{y}")
	if j.TileJSON != "3.0.0" || j.Name != "Malang" || j.MaxZoom != 12 || j.Bounds != [4]float64{112, -9, 113, -7} || j.Center != [3]float64{112.5, -8, 9} || j.VectorLayers == nil || j.Tiles[0] == "" {
		t.Errorf("%+v", j)
	}
}

func TestLimitsOfASource(t *testing.T) {
	d := Description{MinZoom: 1, MaxZoom: 22}
	d.Bounds.Min, d.Bounds.Max = [2]float64{-180, -85.06}, [2]float64{180, 85.06}
	limits := d.Limits()
	if len(limits) != 16 || limits[0] != (Limits{"1", 0, 1, 0, 1}) || limits[15] != (Limits{"16", 0, 1<<16 - 1, 0, 1<<16 - 1}) {
		t.Errorf("%v", limits)
	}
}

func TestAddressesOfSources(t *testing.T) {
	if a, err := ParseAddress("22", "4194303", "0"); err != nil || a != (Address{X: 1<<22 - 1, Z: 22}) {
		t.Errorf("%v, %v", a, err)
	}
	if _, err := ParseAddress("31", "0", "0"); !errors.Is(err, ErrOutOfRange) {
		t.Errorf("zoom 31: %v", err)
	}
}
