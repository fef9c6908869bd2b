package api

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

const (
	maxSpeedBytes     = 2 << 20
	defaultSpeedBytes = 256 << 10
)

// measure takes a place among the clients that are measured.
func (s *service) measure(r *http.Request) (leave func(), err error) {
	if err := s.allowance(r, s.reports.speeds, "measurements of speed"); err != nil {
		return nil, err
	}
	select {
	case s.reports.measuring <- struct{}{}:
		return func() { <-s.reports.measuring }, nil
	default:
		p := problem(Busy, "%d others are being measured now", speedClients)
		p.Retry = 5
		return nil, p
	}
}

// speedDown is GET /api/reports/speed: so many bytes that cannot be compressed.
func (s *service) speedDown(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	p, err := parse(r, []string{"bytes"})
	if err != nil {
		return err
	}
	n := int64(defaultSpeedBytes)
	if text, ok := p["bytes"]; ok {
		if n, err = strconv.ParseInt(text, 10, 64); err != nil || n < 1 || n > maxSpeedBytes {
			return badParameter("bytes", "bytes %s is not an integer from 1 to %d", quoted(text), maxSpeedBytes)
		}
	}
	leave, err := s.measure(r)
	if err != nil {
		return err
	}
	defer leave()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.FormatInt(n, 10))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = io.CopyN(w, rand.Reader, n) // the client may be gone
	}
	return nil
}

// speedUp is POST /api/reports/speed: bytes that are counted and thrown away.
func (s *service) speedUp(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	if _, err := parse(r, nil); err != nil {
		return err
	}
	leave, err := s.measure(r)
	if err != nil {
		return err
	}
	defer leave()
	n, err := io.Copy(io.Discard, io.LimitReader(r.Body, maxSpeedBytes+1))
	tooLarge := (*http.MaxBytesError)(nil)
	switch {
	case n > maxSpeedBytes || errors.As(err, &tooLarge):
		return problem(BodyTooLarge, "the body has more than %d bytes, the most that is taken here", maxSpeedBytes)
	case err != nil:
		return problem(BadBody, "the body was not sent to its end: %v", err)
	}
	w.Header().Set("Content-Type", asJSON.media)
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, map[string]int64{"bytes": n})
}

// reportChoices is GET /api/reports/choices: what a report may say.
func (s *service) reportChoices(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	if _, err := parse(r, nil); err != nil {
		return err
	}
	return s.respondContent(w, r, asJSON.media, map[string]any{
		"operators": reports.Operators(snap), "technologies": reports.Technologies(), "devices": reports.Devices(),
		"open": s.Documents != nil,
	})
}
