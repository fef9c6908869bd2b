package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

// cellsTime bounds how long reports are read for one answer.
const cellsTime = 10 * time.Second

// publishCell makes the measurements of a cell those that its accepted reports
// confirm, and returns their ids.
func (s *service) publishCell(ctx context.Context, who Identity, cell string) ([]string, bool, error) {
	var all []reports.Report
	reading, stop := context.WithTimeout(ctx, cellsTime)
	defer stop()
	if err := s.readReports(reading, cell, func(id string, r *reports.Report) bool {
		if !strings.HasPrefix(id, cell+".") {
			return false
		}
		all = append(all, *r)
		return true
	}); err != nil {
		return nil, false, err
	}
	keys := map[string]bool{} // of features that there may be
	for i := range all {
		keys[all[i].Key().FeatureID()] = false
	}
	published := []string{}
	var features []ReportFeature
	for _, sum := range reports.Summarise(all) {
		if !sum.Public(s.reporters()) || !sum.Confirmed() {
			continue
		}
		text, err := sum.Feature()
		if err != nil {
			return nil, false, err
		}
		id := sum.FeatureID()
		keys[id] = true
		features, published = append(features, ReportFeature{id, text}), append(published, id)
	}
	for id, there := range keys {
		if !there {
			features = append(features, ReportFeature{ID: id})
		}
	}
	visible, err := s.Measurements.Publish(ctx, who, features)
	s.reports.cells.forget()
	return published, visible, err
}

// readReports calls back with the reports whose id comes after one, in order of
// id, until there are no more or yield says that it is enough.
func (s *service) readReports(ctx context.Context, after string, yield func(id string, r *reports.Report) bool) error {
	const page = 1000
	for {
		found, err := s.Documents.Documents(ctx, DocumentQuery{Kind: kindReport, After: after, Limit: page})
		if err != nil {
			return err
		}
		for _, d := range found {
			var r reports.Report
			if err := json.Unmarshal(d.Body, &r); err != nil {
				return fmt.Errorf("report %s: %w", d.ID, err)
			}
			if after = d.ID; !yield(d.ID, &r) {
				return nil
			}
		}
		if len(found) < page {
			return nil
		}
	}
}

// cellsFor is how old the published counts may be on a server that another one's
// editor does not tell.
const cellsFor = 10 * time.Second

// cellsCache keeps the published counts, so that the public does not read the
// store.
type cellsCache struct {
	mu   sync.Mutex
	at   time.Time
	body []byte
}

func (c *cellsCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.body = nil
}

// reportCells is GET /api/reports/cells: what accepted reports say of cells, where
// enough reporters stand behind it.
func (s *service) reportCells(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	p, err := parse(r, []string{"cursor"})
	if err != nil {
		return err
	}
	if s.Documents == nil {
		return s.readOnly("this service takes no reports")
	}
	cursor := p["cursor"]
	if len(cursor) > maxCursor {
		return badParameter("cursor", "cursor has more than %d bytes; take it from a next link", maxCursor)
	}
	c := s.reports.cells
	c.mu.Lock() // also those who go on: the store is read by one at a time
	defer c.mu.Unlock()
	body := c.body
	if now := time.Now(); cursor != "" || body == nil || now.Sub(c.at) > cellsFor {
		features, next, err := s.countCells(r.Context(), cursor, now.Add(cellsTime))
		if err != nil {
			return storing(err)
		}
		answer := object{
			"type": "FeatureCollection", "features": features, "numberReturned": len(features), "truncated": next != "",
			"reporters_at_least": s.reporters(), "reporters_are": reportersAre,
		}
		if next != "" {
			answer["links"] = []link{{Href: "/api/reports/cells?" + url.Values{"cursor": {next}}.Encode(), Rel: "next", Type: typeGeoJSON}}
		}
		if body, err = json.Marshal(answer); err != nil {
			return err
		}
		body = append(body, '\n')
		if cursor == "" {
			c.body, c.at = body, now
		}
	}
	return s.respondBytes(w, r, typeGeoJSON, body)
}

// maxCursor is longer than the id of any report.
const maxCursor = 200

// reportersAre says what k counts, to whom it matters.
const reportersAre = "distinct reporters of a day (UTC): the salt that tells them apart is deleted after it, so one person who reports on three days counts as three"

// countCells summarises the reports after one, cell by cell, so that no more than
// those of a cell are held. When the time is up it ends with a cell, and next is
// where to go on.
func (s *service) countCells(ctx context.Context, after string, until time.Time) (features []object, next string, err error) {
	features = []object{}
	var cell []reports.Report
	flush := func() {
		features = append(features, cellFeatures(reports.Summarise(cell), s.reporters())...)
		cell = cell[:0]
	}
	last := after
	err = s.readReports(ctx, after, func(id string, r *reports.Report) bool {
		if len(cell) > 0 && cell[0].Cell != r.Cell {
			flush()
			if time.Now().After(until) {
				next = last
				return false
			}
		}
		cell, last = append(cell, *r), id
		return true
	})
	if next == "" {
		flush()
	}
	return features, next, err
}

func cellFeatures(all []reports.Summary, k int) (features []object) {
	for _, sum := range all {
		cell, ok := sum.Where()
		if !ok || !sum.Public(k) {
			continue
		}
		says := "works"
		switch {
		case sum.NoSignal:
			says = "no signal, confirmed"
		case sum.Negatives > 0:
			says = "mixed, not confirmed"
		}
		b := cell.Bound()
		ring := [][2]float64{}
		for _, p := range b.ToRing() {
			ring = append(ring, [2]float64{p[0], p[1]})
		}
		features = append(features, object{
			"type": "Feature", "id": sum.FeatureID(), "geometry": object{"type": "Polygon", "coordinates": [][][2]float64{ring}},
			"properties": object{
				"cell": coverage.CellID(cell), "operator": sum.Operator, "technology": sum.Technology, "tests": sum.Tests, "works": sum.Positives,
				"no_signal": sum.Negatives, "reporters": sum.Reporters, "says": says, "down_mbps": sum.Down, "up_mbps": sum.Up,
				"latency_ms": sum.Latency, "period": sum.Period(), "source": reports.Source,
			},
		})
	}
	return features
}
