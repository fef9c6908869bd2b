package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/raster"
)

// methods gives each method of a resource its handler. GET answers HEAD too. A
// handler of OPTIONS is only needed where what is allowed depends on more than
// the address.
type methods map[string]handler

// resource is where handlers meet HTTP: methods, the snapshot, errors.
func (s *service) resource(route string, m methods) http.Handler {
	allowed := m.allowed()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if x := exchangeOf(w); x != nil {
			x.route = route
		}
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		h, ok := m[method]
		switch {
		case !ok && method == http.MethodOptions:
			sendOptions(w, allowed)
			return
		case !ok:
			s.fail(w, r, notAllowed(r, allowed))
			return
		}
		snapshot := s.Source.Snapshot()
		if snapshot == nil {
			s.fail(w, r, problem(NotReady, "the data are being loaded"))
			return
		}
		err := h(w, r, snapshot)
		if x := exchangeOf(w); errors.Is(err, raster.ErrStale) && method == http.MethodGet && x != nil && x.status == 0 {
			if snapshot = s.newer(r.Context(), snapshot); snapshot != nil {
				err = h(w, r, snapshot)
			}
		}
		if errors.Is(err, raster.ErrStale) {
			err = fmt.Errorf("%w: %w", problem(NotReady, "the terrain or the people are being replaced"), err)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// newer waits up to two seconds for another snapshot than the one whose rasters
// are no longer in the store; nil: there is none yet.
func (s *service) newer(ctx context.Context, old *geo.Snapshot) *geo.Snapshot {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	for again := time.NewTicker(20 * time.Millisecond); ; {
		if next := s.Source.Snapshot(); next.Version != old.Version {
			again.Stop()
			return next
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			again.Stop()
			return nil
		}
	}
}

// allowed lists the methods as an Allow header does.
func (m methods) allowed() string {
	all := []string{http.MethodOptions}
	for method := range m {
		if method != http.MethodOptions {
			all = append(all, method)
		}
		if method == http.MethodGet {
			all = append(all, http.MethodHead)
		}
	}
	order := []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
	slices.SortFunc(all, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	return strings.Join(all, ", ")
}

func notAllowed(r *http.Request, allowed string) *Problem {
	p := problem(NotAllowed, "%s is not allowed here; %s are", quoted(r.Method), allowed)
	p.Methods = allowed
	return p
}

// sendOptions answers OPTIONS.
func sendOptions(w http.ResponseWriter, allowed string) {
	h := w.Header()
	h.Set("Allow", allowed)
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
}

// readBody reads the body of a request, of so many bytes at most.
func readBody(r *http.Request, most int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	tooLarge := (*http.MaxBytesError)(nil)
	switch {
	case errors.As(err, &tooLarge) || int64(len(body)) > most:
		return nil, problem(BodyTooLarge, "the body has more than %d bytes, the most that is taken here", most)
	case err != nil:
		return nil, problem(BadBody, "the body was not sent to its end: %v", err)
	}
	return body, nil
}

// mediaType returns the type of the body without its parameters, in lower case.
func mediaType(r *http.Request) string {
	media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// visibleHeader says of a change whether the answers of this server show it
// already: "now", or "soon" when they will but the server did not wait for it.
const visibleHeader = "Petadesa-Visible"
