package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

const (
	maxEventClients = 1024
	lookEvery       = 200 * time.Millisecond // at the snapshot: a map may redraw within a second
	heartbeat       = 20 * time.Second       // keeps proxies from closing a silent connection
)

// layerVersion says that a collection changed, and to what; an empty version
// says that it is gone.
type layerVersion struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// snapshotEvent is the data of an event "snapshot"; versions are those of
// /api/app.json.
type snapshotEvent struct {
	Version string         `json:"version"`
	Changed []layerVersion `json:"changed"`
}

// events is GET /api/events: server-sent events. The first tells the version
// now, with no changes; the others come as soon as the data change.
func (s *service) events(w http.ResponseWriter, r *http.Request, now *geo.Snapshot) error {
	if _, err := parse(r, nil); err != nil {
		return err
	}
	select {
	case s.clients <- struct{}{}:
		defer func() { <-s.clients }()
	default:
		return problem(Busy, "%d clients listen already", maxEventClients)
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would hold events back
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	out := http.NewResponseController(w)
	say := func(format string, args ...any) bool {
		_ = out.SetWriteDeadline(time.Now().Add(patience)) // not every writer has one
		_, err := fmt.Fprintf(w, format, args...)
		return err == nil && out.Flush() == nil
	}
	tell := func(e snapshotEvent) bool {
		data, err := json.Marshal(e)
		return err == nil && say("event: snapshot\nid: %s\ndata: %s\n\n", e.Version, data)
	}
	if !say("retry: 2000\n\n") || !tell(snapshotEvent{s.tilesVersion(now), []layerVersion{}}) {
		return nil
	}
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return nil
		case <-draining(r.Context()):
			return nil
		case <-beat.C:
			if !say(": still here\n\n") {
				return nil
			}
		case <-look.C:
			next := s.Source.Snapshot()
			if next == now || next.Version == now.Version {
				continue
			}
			if !tell(snapshotEvent{s.tilesVersion(next), changes(now, next)}) {
				return nil
			}
			now = next
		}
	}
}

// changes lists the collections whose versions differ between the snapshots.
func changes(from, to *geo.Snapshot) []layerVersion {
	all := []layerVersion{}
	for _, l := range to.Layers() {
		if old := from.Layer(l.Collection.ID); old == nil || old.Version != l.Version {
			all = append(all, layerVersion{l.Collection.ID, tiles.Version([]*geo.Layer{l})})
		}
	}
	for _, l := range from.Layers() {
		if to.Layer(l.Collection.ID) == nil {
			all = append(all, layerVersion{l.Collection.ID, ""})
		}
	}
	return all
}
