package api

import (
	"encoding/json"
	"net/http"
	"time"
)

// healthz is GET /healthz: the process answers.
func (s *service) healthz(w http.ResponseWriter, r *http.Request) {
	writeHealth(w, r, http.StatusOK, map[string]string{"status": "ok", "version": s.Version})
}

type readiness struct {
	Status   string        `json:"status"` // ok; degraded: the store is away, the snapshot serves; starting: no snapshot yet
	Store    storeState    `json:"store"`
	Snapshot *snapshotInfo `json:"snapshot,omitempty"`
}

type storeState struct {
	OK     bool   `json:"ok"`
	Detail string `json:"detail,omitempty"`
	Since  string `json:"since,omitempty"`
}

type snapshotInfo struct {
	Version    string  `json:"version"`
	Built      string  `json:"built"`
	AgeSeconds float64 `json:"ageSeconds"`
	Features   int     `json:"features"`
}

// readyz is GET /readyz: whether the service can answer, and from what. A store
// that is away is no reason to send clients elsewhere while a snapshot serves:
// that is 200 and degraded. Without a snapshot it is 503.
func (s *service) readyz(w http.ResponseWriter, r *http.Request) {
	state := s.Source.State()
	body := readiness{Status: "ok", Store: storeState{OK: state.OK, Detail: state.Detail}}
	if !state.Since.IsZero() {
		body.Store.Since = state.Since.UTC().Format(time.RFC3339)
	}
	if !state.OK {
		body.Status = "degraded"
	}
	status := http.StatusOK
	if snap := s.Source.Snapshot(); snap == nil {
		body.Status, status = "starting", http.StatusServiceUnavailable
	} else {
		info := &snapshotInfo{
			Version: snap.Version, Built: snap.Built.UTC().Format(time.RFC3339),
			AgeSeconds: time.Since(snap.Built).Round(time.Millisecond).Seconds(),
		}
		for _, l := range snap.Layers() {
			info.Features += l.Len()
		}
		body.Snapshot = info
	}
	writeHealth(w, r, status, body)
}

func writeHealth(w http.ResponseWriter, r *http.Request, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_ = json.NewEncoder(w).Encode(v) // the client may be gone
	}
}
