package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/raster"
)

// turning is a source with a newer snapshot at each look, or always the same.
type turning struct {
	looks atomic.Int64
	still bool
}

func (s *turning) Snapshot() *geo.Snapshot {
	n := s.looks.Add(1)
	if s.still {
		n = 0
	}
	return &geo.Snapshot{Version: fmt.Sprint(n)}
}
func (*turning) State() State { return State{OK: true} }

func TestAStaleRasterIsAskedForInTheNewerSnapshot(t *testing.T) {
	for _, still := range []bool{false, true} {
		source, asked := &turning{still: still}, 0
		s := New(Config{Source: source}).service
		h := s.guard(s.handle("/x", func(w http.ResponseWriter, _ *http.Request, snap *geo.Snapshot) error {
			if asked++; asked == 1 || still {
				return fmt.Errorf("read: %w", raster.ErrStale)
			}
			fmt.Fprint(w, snap.Version)
			return nil
		}))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
		switch {
		case !still && (w.Code != 200 || w.Body.String() != "2" || asked != 2):
			t.Errorf("%d %s, asked %d times", w.Code, w.Body, asked)
		case still && (w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), "not-ready")):
			t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
		}
	}
}
