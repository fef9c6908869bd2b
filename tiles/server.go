package tiles

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/petadesa/petadesa/geo"
)

// Server answers requests for tiles. Its methods may be called concurrently.
type Server struct {
	opts    Options
	sets    sets
	cache   *cache
	flights flights
	codec   *compressor
	slots   chan struct{} // one for each tile cut at once
	careful chan struct{} // one for each compressed at length at once
	waiting chan struct{} // one for each that is to be made later
	headers map[string][]string
	fresh   []string
	exposed []string
	forever []string

	hits, misses, shared, notModified, cuts, dropped, overBudget atomic.Uint64
}

// Request is what ServeTile answers.
type Request struct {
	Layers    []*geo.Layer // in the order they are drawn
	Address   Address
	Query     Query
	Immutable bool // the URL names the Version that the layers have
}

// NewServer returns a server with those options.
func NewServer(o Options) *Server {
	limit := o.CacheBytes
	if limit == 0 {
		limit = 128 << 20
	}
	return &Server{
		opts: o, cache: newCache(limit), codec: newCompressor(), slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
		careful: make(chan struct{}, 1), waiting: make(chan struct{}, maxLater),
		headers: headerValues(), fresh: []string{revalidate}, exposed: []string{DroppedHeader}, forever: []string{immutable},
	}
}

// ServeTile answers a GET or HEAD request: 200 with the tile, 204 when nothing
// is in it, 304 when the client has it already. An error is returned and nothing
// written: ErrOutOfRange, ErrBadQuery, the request context's error when the
// client left, or what went wrong.
func (s *Server) ServeTile(w http.ResponseWriter, r *http.Request, t Request) error {
	set, err := s.set(t.Layers, &t.Query)
	if err != nil {
		return err
	}
	if !set.asked.Load() {
		set.asked.Store(true)
	}
	if a := t.Address; a.Z > geo.MaxTileZoom || a.X>>a.Z != 0 || a.Y>>a.Z != 0 || set.zooms>>a.Z&1 == 0 {
		return fmt.Errorf("%w: these layers have no tile %s", ErrOutOfRange, name(a))
	}
	accept := r.Header["Accept-Encoding"]
	in := negotiate(accept, set.best(t.Address))
	k := tileKey{set.id, t.Address.X, t.Address.Y, uint8(t.Address.Z), in}
	asked := r.Header["If-None-Match"]
	a, ok := s.cache.get(k)
	if !ok && in == brotlied && !(len(asked) > 0 && matches(asked, set.etag(t.Address, in))) {
		if quick := negotiate(accept, zstandard); quick != identity { // nobody waits for brotli who can do without
			in, k.coding = quick, quick
			a, ok = s.cache.get(k)
			defer s.later(r.Context(), set, t.Address)
		}
	}
	if ok {
		s.hits.Add(1)
	} else {
		if etag := set.etag(t.Address, in); len(asked) > 0 && matches(asked, etag) {
			s.writeNotModified(w, []string{etag}, t.Immutable)
			return nil
		}
		s.misses.Add(1)
		var joined bool
		a, joined, err = s.flights.do(r.Context(), k, func(ctx context.Context) (*answer, error) { return s.make(ctx, set, t.Address, in) })
		if err != nil {
			return err
		}
		if joined {
			s.shared.Add(1)
		}
	}
	if len(asked) > 0 && matches(asked, a.etag[0]) {
		s.writeNotModified(w, a.etag, t.Immutable)
		return nil
	}
	s.write(w, r, a, t.Immutable)
	return nil
}

// Version is the function Version, remembered.
func (s *Server) Version(layers []*geo.Layer) string {
	set, err := s.set(layers, &Query{})
	if err != nil { // never: a query for everything fits all layers
		return Version(layers)
	}
	return set.version
}

func (s *Server) set(layers []*geo.Layer, q *Query) (*set, error) {
	found, gone, err := s.sets.find(layers, q, &s.opts)
	if len(gone) > 0 {
		s.cache.removeSets(gone)
	}
	return found, err
}

// make cuts and compresses a tile, and keeps it.
func (s *Server) make(ctx context.Context, set *set, a Address, in coding) (*answer, error) {
	raw, err := s.raw(ctx, set, a)
	if err != nil {
		return nil, err
	}
	if in == brotlied { // takes longer than to cut
		select {
		case s.careful <- struct{}{}:
			defer func() { <-s.careful }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	body, out := s.codec.compress(raw.body, in)
	made := newAnswer(body, out, set.etag(a, in), raw.features, raw.dropped)
	s.cache.put(tileKey{set.id, a.X, a.Y, uint8(a.Z), in}, made)
	return made, nil
}

// maxLater and laterTime bound what waits to be made for those who come next.
const (
	maxLater  = 64
	laterTime = time.Minute
)

// later has a tile made in brotli beside the request that asks for it, unless too
// many wait: then the next request for it brings it up again.
func (s *Server) later(ctx context.Context, set *set, a Address) {
	select {
	case s.waiting <- struct{}{}:
	default:
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), laterTime)
	k := tileKey{set.id, a.X, a.Y, uint8(a.Z), brotlied}
	go func() {
		defer func() { cancel(); <-s.waiting }()
		// What goes wrong here goes wrong for the request, too, and is told there.
		_, _, _ = s.flights.do(ctx, k, func(ctx context.Context) (*answer, error) { return s.make(ctx, set, a, brotlied) })
	}()
}

// raw returns the tile, not compressed. Each layer's part of it is kept, so that
// a layer that did not change is not cut again when another did: a tile is its
// layers' parts joined. Only where those together are over the budget are all
// layers cut together.
func (s *Server) raw(ctx context.Context, set *set, a Address) (*answer, error) {
	drawn := at(set.layers, int(a.Z))
	parts, keys := make([]*answer, len(drawn)), make([]tileKey, len(drawn))
	var missing []*geo.Layer
	size := 0
	for i, l := range drawn {
		one, err := s.set([]*geo.Layer{l}, set.query.forLayer(l))
		if err != nil {
			return nil, err
		}
		keys[i] = tileKey{one.id, a.X, a.Y, uint8(a.Z), part}
		if p, ok := s.cache.get(keys[i]); ok {
			parts[i] = p
			size += len(p.body)
		} else {
			missing = append(missing, l)
		}
	}
	o := s.opts
	if len(missing) < len(drawn) {
		o.Budget = -1 // what is known already counts, too: told below
	}
	t, err := s.cut(ctx, missing, a, set.query, o)
	if err != nil {
		return nil, err
	}
	if limit := s.opts.budget(); limit > 0 && t.Dropped == 0 && size+len(t.Data) > limit && len(missing) < len(drawn) {
		if t, err = s.cut(ctx, drawn, a, set.query, s.opts); err != nil {
			return nil, err
		}
	}
	if t.Dropped > 0 {
		s.dropped.Add(uint64(t.Dropped))
		s.overBudget.Add(1)
		return newAnswer(t.Data, identity, "", t.Features, t.Dropped), nil
	}
	from := 0
	for i := range drawn {
		if parts[i] == nil {
			p := t.parts[0]
			t.parts = t.parts[1:]
			parts[i] = newAnswer(t.Data[from:p.end:p.end], identity, "", p.features, 0)
			from = p.end
			s.cache.put(keys[i], parts[i])
		}
	}
	return join(parts), nil
}

// join returns the tile of several layers.
func join(parts []*answer) *answer {
	if len(parts) == 1 {
		return parts[0]
	}
	size, features := 0, 0
	for _, p := range parts {
		size += len(p.body)
		features += p.features
	}
	joined := make([]byte, 0, size)
	for _, p := range parts {
		joined = append(joined, p.body...)
	}
	return newAnswer(joined, identity, "", features, 0)
}

// part is the coding of a layer's part of a tile in the cache: not compressed,
// and before any budget.
const part coding = 4

// cut cuts layers when a processor is free.
func (s *Server) cut(ctx context.Context, layers []*geo.Layer, a Address, q Query, o Options) (Tile, error) {
	if len(layers) == 0 {
		return Tile{}, nil
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return Tile{}, ctx.Err()
	}
	s.cuts.Add(uint64(len(layers)))
	return cutTile(ctx, layers, a, q, o)
}

func (s *Server) head(w http.ResponseWriter, etag []string, forever bool) http.Header {
	h := w.Header()
	for k, v := range s.headers {
		h[k] = v
	}
	h["Etag"] = etag
	h["Cache-Control"] = s.fresh
	if forever {
		h["Cache-Control"] = s.forever
	}
	return h
}

func (s *Server) writeNotModified(w http.ResponseWriter, etag []string, forever bool) {
	s.notModified.Add(1)
	delete(s.head(w, etag, forever), "Content-Type")
	w.WriteHeader(http.StatusNotModified)
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, a *answer, forever bool) {
	h := s.head(w, a.etag, forever)
	if a.drops != nil {
		h[DroppedHeader] = a.drops
		h["Access-Control-Expose-Headers"] = s.exposed
	}
	if len(a.body) == 0 {
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if a.encoding != nil {
		h["Content-Encoding"] = a.encoding
	}
	h["Content-Length"] = a.length
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.body) // a client that left needs no answer
	}
}

// Stats are counts since the server began, and what the cache holds now.
type Stats struct {
	Hits        uint64 // answered from the cache
	Misses      uint64 // not in the cache
	Shared      uint64 // of the misses: waited for somebody else's tile
	NotModified uint64
	Cuts        uint64 // layers cut
	OverBudget  uint64 // tiles from which features were dropped
	Dropped     uint64 // features dropped from them
	Evicted     uint64
	Entries     int
	Bytes       int
}

// Stats returns the counts.
func (s *Server) Stats() Stats {
	st := Stats{
		Hits: s.hits.Load(), Misses: s.misses.Load(), Shared: s.shared.Load(), NotModified: s.notModified.Load(),
		Cuts: s.cuts.Load(), OverBudget: s.overBudget.Load(), Dropped: s.dropped.Load(),
	}
	st.Entries, st.Bytes, st.Evicted = s.cache.stats()
	return st
}
