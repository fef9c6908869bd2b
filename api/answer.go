package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/petadesa/petadesa/tiles"
)

// answer is a representation that is ready to be made.
type answer struct {
	media string
	// identity is all that the bytes depend on but their compression: it becomes
	// the ETag, and two answers of one identity have the same bytes.
	identity []string
	tag      string // what the ETag begins with, beside that; no "-" in it
	weak     bool   // but not these, which only say the same
	packed   bool   // compressing it again is of no use
	quick    bool   // it is one visitor's, who waits for it: compress it in no time
	cache    string // Cache-Control; empty: keep it, but ask each time
	vary     string // what beside Accept and Accept-Encoding it depends on
	// prepare, if there is one, sets the last headers and returns write: what
	// costs something and is not done for a client that has the answer.
	prepare func() (func(io.Writer) error, error)
	write   func(io.Writer) error
}

// spillBytes is how much of an answer is held back before it is sent: until
// then an error can still be told, and the whole can be kept for the next.
const spillBytes = 4 << 20

// respond sends the answer: 304 if the client has it, the kept bytes if we have
// them, else what write makes, compressed as the client likes it best.
func (s *service) respond(w http.ResponseWriter, r *http.Request, a answer) error {
	encoding := tiles.ContentCoding(r.Header.Values("Accept-Encoding"))
	if a.packed {
		encoding = ""
	}
	etag := a.etag(encoding)
	h := w.Header()
	h.Set("ETag", etag)
	if a.weak {
		h.Set("ETag", "W/"+etag)
	}
	h.Set("Vary", "Accept, Accept-Encoding")
	if a.vary != "" {
		h.Add("Vary", a.vary)
	}
	h.Set("Cache-Control", "public, no-cache")
	if a.cache != "" {
		h.Set("Cache-Control", a.cache)
	}
	if has(r.Header.Values("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if a.prepare != nil {
		var err error
		if a.write, err = a.prepare(); err != nil {
			return err
		}
	}
	h.Set("Content-Type", a.media)
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if body, ok := s.answers.get(etag); ok {
		return send(w, r, body)
	}
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	out := &spill{to: w}
	z := s.compress(out, encoding, a.quick)
	if err := a.write(z); err != nil {
		z.abandon()
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if out.spilt {
		return out.flush()
	}
	s.answers.put(etag, bytes.Clone(out.held.Bytes()))
	return send(w, r, out.held.Bytes())
}

func send(w http.ResponseWriter, r *http.Request, body []byte) error {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client may be gone; the log has the count
	}
	return nil
}

// respondJSON sends a small document.
func (s *service) respondJSON(w http.ResponseWriter, r *http.Request, media string, identity []string, v any) error {
	return s.respond(w, r, answer{media: media, identity: identity, write: func(out io.Writer) error {
		return json.NewEncoder(out).Encode(v)
	}})
}

// respondContent sends a small document of which nothing but its content tells
// the version.
func (s *service) respondContent(w http.ResponseWriter, r *http.Request, media string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.respondBytes(w, r, media, append(body, '\n'))
}

// respondBytes is respondContent for what is written already.
func (s *service) respondBytes(w http.ResponseWriter, r *http.Request, media string, body []byte) error {
	return s.respond(w, r, answer{media: media, identity: []string{"content", media, string(body)}, write: func(out io.Writer) error {
		_, err := out.Write(body)
		return err
	}})
}

// digest tells documents apart for an identity; it marshals what always can be.
func digest(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func (a *answer) etag(encoding string) string {
	etag := entityTag(a.identity, encoding)
	if a.tag != "" {
		etag = `"` + a.tag + "-" + etag[1:]
	}
	return etag
}

// entityTag is a strong validator: it differs when any part does, and between
// compressions of the same answer.
func entityTag(identity []string, encoding string) string {
	h := sha256.New()
	for _, part := range identity {
		_, _ = io.WriteString(h, part)
		_, _ = h.Write([]byte{0})
	}
	tag := `"` + hex.EncodeToString(h.Sum(nil)[:12])
	if encoding != "" {
		tag += "-" + encoding
	}
	return tag + `"`
}

// has reports whether an If-None-Match header names the tag; a weak one of the
// same value counts (RFC 9110, 13.1.2).
func has(headers []string, etag string) bool {
	for _, h := range headers {
		for t := range strings.SplitSeq(h, ",") {
			if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == etag || t == "*" {
				return true
			}
		}
	}
	return false
}

// spill holds back what is written to it until it is too much, then lets all
// through. Each time it lets something through the client gets more time, so
// that a long answer on a slow line is not cut off, but a stalled one is.
type spill struct {
	to    http.ResponseWriter
	held  bytes.Buffer
	spilt bool
}

const patience = 30 * time.Second // for each part of a long answer

func (s *spill) Write(p []byte) (int, error) {
	s.held.Write(p)
	if s.held.Len() > spillBytes || s.spilt && s.held.Len() > 64<<10 {
		s.spilt = true
		return len(p), s.flush()
	}
	return len(p), nil
}

func (s *spill) flush() error {
	_ = http.NewResponseController(s.to).SetWriteDeadline(time.Now().Add(patience)) // not every writer has one
	_, err := s.held.WriteTo(s.to)
	return err
}
