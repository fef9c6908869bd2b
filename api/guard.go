package api

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/petadesa/petadesa/tiles"
)

const (
	maxURL  = 16 << 10 // bytes of path and query
	maxBody = 8 << 20  // bytes; who reads one has a bound of its own
)

// exchange is one request and its response, as the guard sees them. It wraps
// the response writer, so that a handler's helpers can find it.
type exchange struct {
	http.ResponseWriter
	id     string // of the request
	route  string // the pattern that matched; "" when none did
	status int    // 0: nothing sent yet
	bytes  int64
}

func (x *exchange) WriteHeader(status int) {
	if x.status == 0 && status >= 200 {
		x.status = status
	}
	x.ResponseWriter.WriteHeader(status)
}

func (x *exchange) Write(p []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(p)
	x.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

func exchangeOf(w http.ResponseWriter) *exchange {
	x, _ := w.(*exchange)
	return x
}

func requestID(w http.ResponseWriter) string {
	if x := exchangeOf(w); x != nil {
		return x.id
	}
	return ""
}

// guard is around everything: it names the request, sets the headers that keep
// a browser safe, refuses what is too long, turns a panic into a problem, and
// counts and logs how it ended.
func (s *service) guard(next http.Handler) http.Handler {
	always := headers("Access-Control-Allow-Origin", "*", "X-Content-Type-Options", "nosniff")
	answers := headers("Access-Control-Expose-Headers", exposedHeaders)
	pages := headers("Content-Security-Policy", s.contentSecurityPolicy(), "Referrer-Policy", "strict-origin-when-cross-origin")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		x := &exchange{ResponseWriter: w, id: givenID(r)}
		h := x.Header()
		h["X-Request-Id"] = []string{x.id}
		always.set(h)
		// No browser shows a tile, a script or a style as a page, and on a weak link
		// every header counts.
		assets := strings.HasPrefix(r.URL.Path, "/assets/")
		if !assets {
			answers.set(h)
		}
		if !assets && !strings.HasPrefix(r.URL.Path, "/tiles/") {
			pages.set(h)
		}
		defer func() { s.finish(x, r, start, recover()) }()
		switch {
		case len(r.RequestURI) > maxURL:
			s.fail(x, r, problem(TooLong, "the address has %d bytes; %d are allowed", len(r.RequestURI), maxURL))
		case r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "":
			preflight(x)
		default:
			if r.ContentLength != 0 && r.Body != nil {
				r.Body = http.MaxBytesReader(x, r.Body, maxBody)
			}
			next.ServeHTTP(x, r)
		}
	})
}

// fixedHeaders are headers that are the same on every response. Their values are
// shared: http.Header's Set and Add leave them alone.
type fixedHeaders []fixedHeader

type fixedHeader struct {
	name   string
	values []string
}

// headers takes names, in canonical form, and values by turns.
func headers(pairs ...string) fixedHeaders {
	var all fixedHeaders
	for i := 0; i+1 < len(pairs); i += 2 {
		all = append(all, fixedHeader{pairs[i], pairs[i+1 : i+2 : i+2]})
	}
	return all
}

func (all fixedHeaders) set(h http.Header) {
	for _, one := range all {
		h[one.name] = one.values
	}
}

// finish ends the exchange; fault is what a handler panicked with, or nil.
func (s *service) finish(x *exchange, r *http.Request, start time.Time, fault any) {
	if fault != nil && fault != http.ErrAbortHandler {
		s.Log.Error("panic", "request", x.id, "method", r.Method, "path", r.URL.Path, "fault", fault, "stack", string(debug.Stack()))
		if x.status == 0 {
			problem(Internal, "the request could not be answered").write(x, x.id)
			fault = nil
		}
	}
	took := time.Since(start)
	status := x.status
	if status == 0 {
		status = http.StatusOK
	}
	s.metrics.observe(x.route, r.Method, status, took)
	level := slog.LevelInfo
	switch {
	case status >= 500:
		level = slog.LevelError
	case status < 400 && (strings.HasPrefix(x.route, "/tiles/") || x.route == "/healthz" || x.route == "/readyz" || x.route == "/metrics"):
		level = slog.LevelDebug // a map view is dozens of them, and probes never cease
	}
	if s.Log.Enabled(r.Context(), level) {
		s.Log.LogAttrs(r.Context(), level, "request",
			slog.String("request", x.id), slog.String("method", r.Method), slog.String("uri", r.URL.RequestURI()),
			slog.Int("status", status), slog.Int64("bytes", x.bytes), slog.Duration("took", took), slog.String("peer", r.RemoteAddr))
	}
	if fault != nil {
		panic(http.ErrAbortHandler) // logged already; the connection must break
	}
}

// givenID returns the request's own X-Request-Id if it is short and harmless,
// else a new one.
func givenID(r *http.Request) string {
	id := r.Header.Get("X-Request-Id")
	if id != "" && len(id) <= 64 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == "" {
		return id
	}
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails
	return hex.EncodeToString(b[:])
}

const exposedHeaders = "Allow, Content-Location, ETag, Link, Location, Retry-After, WWW-Authenticate, " + visibleHeader + ", " +
	"Content-Crs, OGC-NumberMatched, OGC-NumberReturned, X-Request-Id, " + tiles.DroppedHeader

// preflight answers a browser's question before a request from another origin.
// It asks without the token, so the answer is the same for all.
func preflight(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE")
	h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

// contentSecurityPolicy lets the page load what comes with it, the configured
// background and archive, and nothing else.
func (s *service) contentSecurityPolicy() string {
	images := "'self' data: blob:"
	if s.Basemap != nil {
		images += " " + s.Basemap.origin
	}
	requests := "'self'"
	if s.PageArchive != nil {
		requests += " " + s.PageArchive.origin
	}
	ancestors := s.FrameAncestors
	if ancestors == "" {
		ancestors = "'self'"
	}
	return "default-src 'self'; img-src " + images + "; worker-src 'self' blob:; connect-src " + requests + "; " +
		"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors " + ancestors
}
