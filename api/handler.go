package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/mux"

	"github.com/petadesa/petadesa/geo"
)

// handler answers a request from a snapshot. The error it returns is written
// for it; it must not have begun the response by then.
type handler func(w http.ResponseWriter, r *http.Request, s *geo.Snapshot) error

// layerHandler is a handler of a resource of one collection.
type layerHandler func(w http.ResponseWriter, r *http.Request, l *geo.Layer, s *geo.Snapshot) error

const allowedMethods = "GET, HEAD, OPTIONS"

// handle is a resource that can only be looked at.
func (s *service) handle(route string, h handler) http.Handler {
	return s.resource(route, methods{http.MethodGet: h})
}

// plain is handle for what needs no snapshot and returns no error.
func (s *service) plain(route string, h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if x := exchangeOf(w); x != nil {
			x.route = route
		}
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			h(w, r)
		case http.MethodOptions:
			sendOptions(w, allowedMethods)
		default:
			s.fail(w, r, notAllowed(r, allowedMethods))
		}
	})
}

// fail is the one place that writes errors.
func (s *service) fail(w http.ResponseWriter, r *http.Request, err error) {
	x := exchangeOf(w)
	if x != nil && x.status != 0 {
		s.Log.Error("response broken off", "request", x.id, "path", r.URL.Path, "error", err)
		panic(http.ErrAbortHandler) // the client must not take what it has for the whole
	}
	var p *Problem
	switch {
	case errors.As(err, &p):
		if status, _ := p.Kind.describe(); err != error(p) && status >= 500 { // the rest of it is not for the client
			s.Log.Warn("request failed", "request", requestID(w), "method", r.Method, "path", r.URL.Path, "error", err)
		}
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		p = problem(Busy, "the request was given up")
	default:
		p = problem(Internal, "the request could not be answered")
		s.Log.Error("internal error", "request", requestID(w), "method", r.Method, "path", r.URL.Path, "error", err)
	}
	p.write(w, requestID(w))
}

// onLayer finds the collection that the address names: in the snapshot, or else
// among the live ones when there is a handler for those.
func (s *service) onLayer(h layerHandler, live liveHandler) handler {
	return func(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
		id, err := pathValue(r, "collection")
		if err != nil {
			return err
		}
		l := snap.Layer(id)
		if l != nil && published(l) {
			return h(w, r, l, snap)
		}
		c, ok := s.liveNamed(id)
		switch {
		case !ok:
			return unknownLayer(snap, id)
		case live == nil:
			return problem(NotFound, "the tiles of %s are described at /tiles/%s.json", quoted(id), url.PathEscape(id))
		}
		return live(w, r, c)
	}
}

func unknownLayer(s *geo.Snapshot, id string) error {
	p := problem(UnknownLayer, "there is no collection %s", quoted(id))
	for _, l := range s.Layers() {
		if published(l) {
			p.Allowed = append(p.Allowed, l.Collection.ID)
		}
	}
	return p
}

// published reports whether the layer is a collection of the API. Points to
// write names at are for tiles only: they are the collection itself again.
func published(l *geo.Layer) bool {
	return !l.Derived || !strings.HasSuffix(l.Collection.ID, "_label")
}

// pathValue returns a variable of the address, unescaped.
func pathValue(r *http.Request, name string) (string, error) {
	v, err := url.PathUnescape(mux.Vars(r)[name])
	if err != nil {
		return "", problem(NotFound, "the address cannot be read: %v", err)
	}
	return v, nil
}
