package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

// maxCellReports bounds how many reports of one cell are read.
const maxCellReports = 20_000

// publishCell makes the measurements of a cell those that its accepted reports
// confirm, and returns their ids.
func (s *service) publishCell(ctx context.Context, who Identity, cell string) ([]string, bool, error) {
	all, err := s.reportsOf(ctx, cell)
	if err != nil {
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

// reportsOf reads the reports whose id begins with a cell; "" reads all.
func (s *service) reportsOf(ctx context.Context, cell string) ([]reports.Report, error) {
	var all []reports.Report
	for after := cell; len(all) < maxCellReports; {
		page, err := s.Documents.Documents(ctx, DocumentQuery{Kind: kindReport, After: after, Limit: 1000})
		if err != nil {
			return nil, err
		}
		for _, d := range page {
			if after = d.ID; cell != "" && !strings.HasPrefix(d.ID, cell+".") {
				return all, nil
			}
			var r reports.Report
			if err := json.Unmarshal(d.Body, &r); err != nil {
				return nil, fmt.Errorf("report %s: %w", d.ID, err)
			}
			all = append(all, r)
		}
		if len(page) < 1000 {
			break
		}
	}
	return all, nil
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
	if _, err := parse(r, nil); err != nil {
		return err
	}
	if s.Documents == nil {
		return s.readOnly("this service takes no reports")
	}
	c := s.reports.cells
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := time.Now(); c.body == nil || now.Sub(c.at) > cellsFor {
		all, err := s.reportsOf(r.Context(), "")
		if err != nil {
			return storing(err)
		}
		body, err := json.Marshal(cellFeatures(reports.Summarise(all), s.reporters()))
		if err != nil {
			return err
		}
		c.body, c.at = append(body, '\n'), now
	}
	return s.respondBytes(w, r, typeGeoJSON, c.body)
}

func cellFeatures(all []reports.Summary, k int) object {
	features := []object{}
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
	return object{"type": "FeatureCollection", "features": features, "numberReturned": len(features), "reporters_at_least": k}
}
