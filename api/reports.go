package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/mux"
	"golang.org/x/time/rate"
)

// Measurements take what citizens' reports confirm. Its method may be called
// concurrently; errors wrap a Problem where there is something to tell.
type Measurements interface {
	// Publish makes the features of the collection measurements those given, in
	// one transaction, and reports whether the snapshot shows them already.
	Publish(ctx context.Context, who Identity, features []ReportFeature) (visible bool, err error)
}

// ReportFeature is what becomes of one measurement.
type ReportFeature struct {
	ID   string
	JSON []byte // GeoJSON Feature; nil: there shall be none
}

const (
	kindReport = "report"      // of documents
	kindSalt   = "report-salt" // id is the day
)

// What one address, and all together, may send.
const (
	reportsAtOnce = 10
	reportsEvery  = 2 * time.Minute
	speedsAtOnce  = 20
	speedsEvery   = 10 * time.Second
	allAtOnce     = 300
	allEvery      = 2 * time.Second
	speedClients  = 8 // that are measured at once
	maxReport     = 4 << 10
	leastReporter = 3
)

// reportDesk is what the handlers of reports share.
type reportDesk struct {
	sent, speeds *attempts
	all          *rate.Limiter
	measuring    chan struct{}
	salts        *salts
	cells        *cellsCache
	now          func() time.Time
	deciding     *sync.Mutex // decisions are made one after the other, so that features are of the latest
}

func newReportDesk() reportDesk {
	return reportDesk{
		sent: newAttempts(reportsEvery, reportsAtOnce), speeds: newAttempts(speedsEvery, speedsAtOnce),
		all: rate.NewLimiter(rate.Every(allEvery), allAtOnce), measuring: make(chan struct{}, speedClients),
		salts: &salts{}, cells: &cellsCache{}, now: time.Now, deciding: &sync.Mutex{},
	}
}

func (s *service) reportRoutes(r *mux.Router) {
	const root = "/api/reports"
	for _, at := range []struct {
		path string
		m    methods
	}{
		{root, methods{http.MethodPost: s.postReport, http.MethodGet: s.listReports}},
		{root + "/cells", methods{http.MethodGet: s.reportCells}},
		{root + "/speed", methods{http.MethodGet: s.speedDown, http.MethodPost: s.speedUp}},
		{root + "/map.svg", methods{http.MethodGet: s.reportMap}},
		{root + "/choices", methods{http.MethodGet: s.reportChoices}},
		{root + "/{report}", methods{http.MethodGet: s.oneReport, http.MethodPut: s.decideReport}},
		{"/dossier", methods{http.MethodGet: s.dossier}},
		{"/lapor", methods{http.MethodGet: s.reportPage, http.MethodPost: s.reportPage}},
	} {
		r.Handle(at.path, s.resource(at.path, at.m))
	}
}

// reporters is how many must stand behind what is published.
func (s *service) reporters() int {
	if s.ReportersLeast > 0 {
		return s.ReportersLeast
	}
	return leastReporter
}

// allowance takes one of what an address may do, or says when there is one more.
func (s *service) allowance(r *http.Request, of *attempts, what string) error {
	client := s.client(r)
	if wait := of.wait(client); wait > 0 {
		p := problem(TooManyRequests, "too many %s came from your address; try again in %d s", what, wait)
		p.Retry = wait
		return p
	}
	of.failed(client)
	return nil
}
