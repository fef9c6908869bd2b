package api

import (
	"context"
	"io"
	"net/http"
	"sync"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/quality"
)

// qualityCache keeps the report on the snapshot that was asked for last. Those
// who ask while it is made wait for it.
type qualityCache struct {
	mu      sync.Mutex
	version string
	report  *quality.Report
}

func (c *qualityCache) of(ctx context.Context, snap *geo.Snapshot) (*quality.Report, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report != nil && c.version == snap.Version {
		return c.report, nil
	}
	report, err := quality.Check(ctx, snap)
	if err != nil {
		return nil, err
	}
	c.version, c.report = snap.Version, report
	return report, nil
}

// dataQuality is GET /api/quality: how good the data are, as petadesa check
// says it.
func (s *service) dataQuality(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asHTML)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	return s.respond(w, r, answer{
		media: sent.media, identity: []string{"quality", s.Version, snap.Version, base, sent.name},
		prepare: func() (func(io.Writer) error, error) {
			report, err := s.quality.of(r.Context(), snap)
			if err != nil {
				return nil, err
			}
			if sent.is("html") {
				return func(out io.Writer) error { return report.WriteHTML(out, base+"/api/style.css") }, nil
			}
			return report.WriteJSON, nil
		},
	})
}
