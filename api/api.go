package api

import (
	"context"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/gorilla/mux"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
	"github.com/petadesa/petadesa/geo/search"
	"github.com/petadesa/petadesa/tiles"
)

// Source is where the answers come from.
type Source interface {
	// Snapshot returns the data as they are now, or nil before they were first
	// loaded. It is called for each request and must not block.
	Snapshot() *geo.Snapshot
	// State tells how the store behind the snapshot does.
	State() State
}

// State is the state of the store.
type State struct {
	OK     bool      // the store answers and its changes arrive
	Detail string    // when it does not: why, in words for an operator; no secrets
	Since  time.Time // since when it is so
}

// Config is what New needs. Only Source is required.
type Config struct {
	Source         Source
	Sources        Sources              // tiles that are not cut from the snapshot; nil: none
	Downloads      []Download           // files that a collection can be saved as, the likeliest first
	Live           LiveCollections      // collections that are not in the snapshot; nil: none
	Editor         Editor               // changes features; nil: nobody may
	Identities     Identities           // who may change what; nil: nobody anything
	Documents      Documents            // what people save; nil: nothing
	Measurements   Measurements         // takes what citizens' reports confirm; nil: nothing
	ReportersLeast int                  // how many must stand behind what is published of their reports; 0: 3
	Coverage       *coverage.Engine     // answers about signal; nil: one of the standard model
	Figures        []Figure             // published numbers, such as totals of blank spots
	App            http.Handler         // serves the map page and its files; nil: a redirect to /api
	Version        string               // of the program
	Title          string               // of the service, for people; empty: "Petadesa"
	Basemap        *Basemap             // a raster background for the map; nil: its own
	PageArchive    *PageArchive         // where the map reads the tiles of the collections; nil: from the service
	TrustedProxies []netip.Prefix       // peers whose X-Forwarded-* headers are believed
	FrameAncestors string               // CSP frame-ancestors: who may embed the map; empty: 'self'
	Log            *slog.Logger         // nil: none
	Metrics        *prometheus.Registry // nil: one of its own
	CacheBytes     int                  // for answers that were expensive to make; 0: 32 MiB
	Tiles          tiles.Options        // of the tile server
}

// service is what the handlers share. All of it is safe for concurrent use.
type service struct {
	Config
	tiles     *tiles.Server
	answers   *answerCache
	attempts  *attempts
	reports   reportDesk
	metrics   *metrics
	search    *derived[*search.Index]
	routers   *derived[*routing.Router]
	minding   *derived[*routing.Metric]
	places    *derived[*places]
	spots     *derived[[]routing.Spot]
	standings *derived[[]standing]
	packs     *derived[*offlinePack]
	signals   *derived[[]*coverage.Reception]
	quality   qualityCache
	compressors
	pages      map[string]*template.Template
	visitPages map[string]*template.Template
	downloads  chan struct{} // a slot for each large file that is being made
	clients    chan struct{} // a slot for each client of the event stream
	planning   chan struct{} // a slot for each plan that is being worked out
	version    atomic.Pointer[versioned]
}

// defaultTitle is that of a service that the operator did not name.
const defaultTitle = "Petadesa"

// Handler is the whole service.
type Handler struct {
	http.Handler
	service *service
}

// warmZoom is the greatest zoom that is warmed up: the tiles of a whole regency
// that a page begins with.
const warmZoom = 10

// Warm makes the tiles of low zooms of a new snapshot that clients asked for in
// the snapshots before, and what is derived from it. It is meant to run in the
// background until ctx ends.
func (h *Handler) Warm(ctx context.Context, snap *geo.Snapshot) error {
	drawn := errors.Join(h.service.tiles.WarmAgain(ctx, snap.Layer, warmZoom), h.service.derive(ctx, snap))
	signal := h.service.Coverage.Warm(ctx, snap) // last: over a terrain it takes long
	if errors.As(signal, &coverage.ErrNoVillages{}) {
		signal = nil
	}
	return errors.Join(drawn, signal)
}

// New returns the handler of the whole service.
func New(cfg Config) *Handler {
	if cfg.Title == "" {
		cfg.Title = defaultTitle
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Metrics == nil {
		cfg.Metrics = prometheus.NewRegistry()
	}
	if cfg.CacheBytes == 0 {
		cfg.CacheBytes = 32 << 20
	}
	if cfg.Coverage == nil {
		cfg.Coverage = coverage.New(coverage.Options{Model: coverage.ModelOf})
	}
	if cfg.App == nil {
		cfg.App = http.RedirectHandler("/api", http.StatusSeeOther)
	}
	s := &service{
		Config: cfg, tiles: tiles.NewServer(cfg.Tiles), answers: newAnswerCache(cfg.CacheBytes),
		attempts: newAttempts(attemptsEvery, attemptsAtOnce), reports: newReportDesk(),
		search:  newDerived[*search.Index]("the names", 2),
		routers: newDerived[*routing.Router]("the roads", 2), minding: newDerived[*routing.Metric]("the roads with signal", 6),
		places: newDerived[*places]("the places", 2), spots: newDerived[[]routing.Spot]("the ways to the places", 6),
		signals:   newDerived[[]*coverage.Reception]("the signals", 12),
		standings: newDerived[[]standing]("the standings of the villages", 2), packs: newDerived[*offlinePack]("a saved area", 4),
		pages: parsePages(), visitPages: parseVisitPages(),
		clients: make(chan struct{}, maxEventClients), downloads: make(chan struct{}, maxDownloads),
	}
	s.signals.patience = 3 * time.Second // all but those over a new terrain are there by then
	s.planning = make(chan struct{}, maxPlans)
	s.metrics = newMetrics(cfg.Metrics, s)
	return &Handler{s.guard(s.routes()), s}
}

// routes gives each address its handler. Tiles are told apart by hand: finding
// the way through a router would cost as much as the rest of a warm one.
func (s *service) routes() http.Handler {
	tile, others := s.handle("/tiles/{collections}/{z}/{x}/{y}.mvt", s.tile), s.router()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isTile(r.URL.Path) {
			tile.ServeHTTP(w, r)
		} else {
			others.ServeHTTP(w, r)
		}
	})
}

func (s *service) router() http.Handler {
	r := mux.NewRouter().UseEncodedPath().StrictSlash(true)
	r.NotFoundHandler = s.handle("", nowhere)
	r.Handle("/tiles/{collections}.json", s.handle("/tiles/{collections}.json", s.tileJSON))

	for path, h := range map[string]handler{
		"": s.landing, "/conformance": s.conformance, "/openapi": s.openAPI,
		"/collections": s.collections, "/search": s.searchNames, "/quality": s.dataQuality, "/app.json": s.app, "/style.css": style, "/visit.css": visitStyle,
		"/tileMatrixSets": s.tileMatrixSets, "/tileMatrixSets/WebMercatorQuad": s.tileMatrixSet,
		"/tiles": s.allTilesets, "/tiles/WebMercatorQuad": s.allTileset, "/tiles/WebMercatorQuad/{z}/{row}/{col}": s.allTile,
		"/events": s.events,
		"/route":  s.route, "/reach": s.reach, "/nearby": s.nearby, "/visit": s.aboutVisit, "/villages/scoreboard": s.villageScoreboard,
		"/offline": s.offline, "/offline/pack": s.offlinePack,
	} {
		r.Handle("/api"+path, s.handle("/api"+path, h))
	}

	s.coverageRoutes(r)
	s.reportRoutes(r)

	const one = "/api/collections/{collection}"
	live := map[string]liveHandler{
		"": s.liveCollection, "/items": s.liveItems, "/items/{feature}": s.liveItem,
		"/queryables": s.liveQueryables, "/schema": s.liveSchema,
	}
	for path, h := range map[string]layerHandler{
		"": s.collection, "/items": s.items, "/items/{feature}": s.item,
		"/queryables": s.queryables, "/schema": s.schema,
		"/tiles": s.tilesets, "/tiles/WebMercatorQuad": s.tileset,
		"/tiles/WebMercatorQuad/{z}/{row}/{col}": s.collectionTile,
	} {
		all := methods{http.MethodGet: s.onLayer(h, live[path])}
		switch path {
		case "/items":
			all[http.MethodPost] = s.onLayer(s.postItems, s.notLive)
			all[http.MethodOptions] = s.onLayer(s.itemOptions("POST"), liveOptions)
		case "/items/{feature}":
			all[http.MethodPut] = s.onLayer(s.putItem, s.notLive)
			all[http.MethodPatch] = s.onLayer(s.patchItem, s.notLive)
			all[http.MethodDelete] = s.onLayer(s.deleteItem, s.notLive)
			all[http.MethodOptions] = s.onLayer(s.itemOptions("PUT, PATCH, DELETE"), liveOptions)
		}
		r.Handle(one+path, s.resource(one+path, all))
	}

	r.Handle("/healthz", s.plain("/healthz", s.healthz))
	r.Handle("/readyz", s.plain("/readyz", s.readyz))
	r.Handle("/metrics", s.plain("/metrics", s.metrics.serve))

	r.PathPrefix("/api/").Handler(s.handle("", nowhere))
	r.PathPrefix("/tiles/").Handler(s.handle("", nowhere))
	r.Handle("/desa/{code}", s.handle("/desa/{code}", s.pageOfVillage))
	r.Handle("/wisata/{id}", s.handle("/wisata/{id}", s.pageOfPlace))
	r.PathPrefix("/desa/").Handler(s.handle("/desa/", s.missingPage))
	r.PathPrefix("/wisata/").Handler(s.handle("/wisata/", s.missingPage))
	r.Handle("/embed", s.plain("/embed", s.embed))
	r.PathPrefix("/").Handler(s.plain("/", s.appFiles))
	return r
}

func nowhere(_ http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	return problem(NotFound, "there is nothing at %s", quoted(r.URL.Path))
}
