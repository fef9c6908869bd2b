package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/petadesa/petadesa/tiles"
)

// metrics are what /metrics tells beside what cmd put into the registry.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	serve    http.HandlerFunc
}

func newMetrics(reg *prometheus.Registry, s *service) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "petadesa_http_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "petadesa_http_request_duration_seconds", Help: "Time from the first byte of a request to the end of its answer.",
			Buckets: []float64{.0002, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
	}
	reg.MustRegister(m.requests, m.seconds, snapshotCollector{s})
	m.serve = promhttp.HandlerFor(reg, promhttp.HandlerOpts{}).ServeHTTP
	return m
}

// observe counts a request. Only our own words become labels, so that a client
// cannot fill the memory with new ones.
func (m *metrics) observe(route, method string, status int, took time.Duration) {
	if route == "" {
		route = "none"
	}
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
	default:
		method = "other"
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	if route != "/api/events" { // lasts as long as its page is open
		m.seconds.WithLabelValues(route).Observe(took.Seconds())
	}
}

// snapshotCollector tells about the snapshot and the caches when asked.
type snapshotCollector struct{ s *service }

var (
	descInfo     = prometheus.NewDesc("petadesa_snapshot_info", "1, with the version of the snapshot that serves.", []string{"version"}, nil)
	descBuilt    = prometheus.NewDesc("petadesa_snapshot_built_seconds", "When the snapshot was built, in Unix time.", nil, nil)
	descFeatures = prometheus.NewDesc("petadesa_features", "Features in the snapshot, by collection.", []string{"collection"}, nil)
	descStore    = prometheus.NewDesc("petadesa_store_up", "Whether the store answers.", nil, nil)
	descAnswers  = prometheus.NewDesc("petadesa_answer_cache_bytes", "Bytes of answers kept.", nil, nil)
	descClients  = prometheus.NewDesc("petadesa_event_clients", "Clients of the event stream.", nil, nil)
)

// tileCounts are the counts of the tile server, in the order of its Stats.
var tileCounts = []struct {
	desc *prometheus.Desc
	of   func(tiles.Stats) uint64
}{
	{tileDesc("hits_total", "Tiles answered from the cache."), func(s tiles.Stats) uint64 { return s.Hits }},
	{tileDesc("misses_total", "Tiles that were not in the cache."), func(s tiles.Stats) uint64 { return s.Misses }},
	{tileDesc("shared_total", "Misses that waited for a tile somebody else had asked for."), func(s tiles.Stats) uint64 { return s.Shared }},
	{tileDesc("not_modified_total", "Tiles that the client had."), func(s tiles.Stats) uint64 { return s.NotModified }},
	{tileDesc("cuts_total", "Tiles cut, each layer by itself."), func(s tiles.Stats) uint64 { return s.Cuts }},
	{tileDesc("over_budget_total", "Tiles from which features were dropped."), func(s tiles.Stats) uint64 { return s.OverBudget }},
	{tileDesc("dropped_features_total", "Features dropped from tiles over their budget."), func(s tiles.Stats) uint64 { return s.Dropped }},
	{tileDesc("evicted_total", "Tiles that left the cache for want of room."), func(s tiles.Stats) uint64 { return s.Evicted }},
}

var (
	descTileBytes   = tileDesc("cache_bytes", "Bytes of tiles kept.")
	descTileEntries = tileDesc("cache_entries", "Tiles kept.")
)

func tileDesc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("petadesa_tile_"+name, help, nil, nil)
}

// Describe is part of prometheus.Collector.
func (c snapshotCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descInfo, descBuilt, descFeatures, descStore, descAnswers, descClients, descTileBytes, descTileEntries} {
		out <- d
	}
	for _, c := range tileCounts {
		out <- c.desc
	}
}

// Collect is part of prometheus.Collector.
func (c snapshotCollector) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	up := 0.0
	if c.s.Source.State().OK {
		up = 1
	}
	gauge(descStore, up)
	gauge(descAnswers, float64(c.s.answers.bytes()))
	gauge(descClients, float64(len(c.s.clients)))
	st := c.s.tiles.Stats()
	gauge(descTileBytes, float64(st.Bytes))
	gauge(descTileEntries, float64(st.Entries))
	for _, t := range tileCounts {
		out <- prometheus.MustNewConstMetric(t.desc, prometheus.CounterValue, float64(t.of(st)))
	}
	if snap := c.s.Source.Snapshot(); snap != nil {
		gauge(descInfo, 1, snap.Version)
		gauge(descBuilt, float64(snap.Built.UnixNano())/1e9)
		for _, l := range snap.Layers() {
			gauge(descFeatures, float64(l.Len()), l.Collection.ID)
		}
	}
}
