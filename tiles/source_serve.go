package tiles

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// maxExpanded bounds a tile that is decompressed for a client that cannot, bytes.
const maxExpanded = 64 << 20

// ServeSource answers a GET or HEAD request for a tile of a source, as ServeTile
// does for layers. What the source has compressed is passed through where the
// client takes it. Immutable says that the URL names the Version the source has.
//
// ErrOutOfRange beyond the source's zooms; else the source's own error.
func (s *Server) ServeSource(w http.ResponseWriter, r *http.Request, src Source, a Address, immutable bool) error {
	d := src.Describe()
	if int(a.Z) < d.MinZoom || int(a.Z) > d.MaxZoom || a.X>>a.Z != 0 || a.Y>>a.Z != 0 {
		return fmt.Errorf("%w: the source has no tile %s", ErrOutOfRange, name(a))
	}
	t, err := src.Tile(r.Context(), a)
	if err != nil {
		return err
	}
	if len(t.Data) == 0 {
		h := s.head(w, nil, immutable)
		delete(h, "Etag")
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if t.ETag == "" {
		sum := sha256.Sum256(t.Data)
		t.ETag = hex.EncodeToString(sum[:8])
	}
	if t, err = s.fit(t, d.MediaType, r.Header["Accept-Encoding"]); err != nil {
		return fmt.Errorf("tile %s: %w", name(a), err)
	}
	if matches(r.Header["If-None-Match"], t.ETag) {
		s.writeNotModified(w, []string{t.ETag}, immutable)
		return nil
	}
	h := s.head(w, []string{t.ETag}, immutable)
	h["Content-Type"] = []string{d.MediaType}
	h["Content-Length"] = []string{strconv.Itoa(len(t.Data))}
	if t.Encoding != "" {
		h["Content-Encoding"] = []string{t.Encoding}
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(t.Data) // a client that left needs no answer
	}
	return nil
}

// fit brings a tile into an encoding that the client takes. Its ETag becomes
// that of the encoding, in quotes.
func (s *Server) fit(t Encoded, mediaType string, accept []string) (Encoded, error) {
	switch {
	case t.Encoding == "" && mediaType == VectorTile:
		body, in := s.codec.compress(t.Data, negotiate(accept, zstandard))
		if t.Data = body; in != identity {
			t.Encoding = in.String()
		}
	case t.Encoding != "" && !accepts(accept, t.Encoding):
		how := map[string]pmtiles.Compression{"gzip": pmtiles.Gzip, "br": pmtiles.Brotli, "zstd": pmtiles.Zstd}[t.Encoding]
		body, err := pmtiles.Expand(t.Data, how, maxExpanded)
		if err != nil {
			return t, err
		}
		t.Data, t.Encoding = body, ""
	}
	of := t.Encoding
	if of == "" {
		of = "identity"
	}
	t.ETag = `"` + t.ETag + "." + of[:1] + `"`
	return t, nil
}

// accepts reports whether the client takes a content coding at all, from the
// values of Accept-Encoding.
func accepts(headers []string, coding string) bool {
	rest := false
	for _, h := range headers {
		for part := range strings.SplitSeq(h, ",") {
			name, parameter, _ := strings.Cut(part, ";")
			name = strings.TrimSpace(name)
			switch {
			case strings.EqualFold(name, coding):
				return weight(parameter) > 0
			case name == "*":
				rest = weight(parameter) > 0
			}
		}
	}
	return rest
}
