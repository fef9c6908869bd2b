package api

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// writeScenarioTable writes the villages that a scenario changes: what they
// were, what they become, and by how much.
func writeScenarioTable(out io.Writer, doc *scenarioDoc) error {
	var wanted []int
	head := []string{"code", "name", "district"}
	names := coverage.Columns()
	parts := []string{"before", "after", "delta"}
	for k, name := range names {
		if coverage.Numeric(name) && !strings.HasPrefix(name, "nearest_") && !strings.HasSuffix(name, "_partial") {
			wanted = append(wanted, k)
		}
	}
	for _, part := range parts {
		for _, k := range wanted {
			head = append(head, names[k]+"_"+part)
		}
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(head); err != nil {
		return err
	}
	for i := range doc.Rows {
		r := &doc.Rows[i]
		line := []string{r.Code, r.Name, r.District}
		for _, row := range []*coverage.Row{&r.Before, &r.After, &r.Delta} {
			cells := row.Cells()
			for _, k := range wanted {
				line = append(line, cells[k])
			}
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writeScenarioTowers writes the towers that a scenario adds, moves and removes.
func (s *service) writeScenarioTowers(ctx context.Context, out io.Writer, snap *geo.Snapshot, doc *scenarioDoc) error {
	q, err := s.scenarioQuery(ctx, snap, &doc.scenarioPlan)
	if err != nil {
		return err
	}
	there, err := s.Coverage.Towers(ctx, snap)
	if err != nil {
		return err
	}
	c := geo.Collection{ID: "scenario", Geometry: geo.Point, Fields: []geo.Field{
		{Name: "action", Type: geo.String},
		{Name: "operators", Type: geo.String},
		{Name: "technologies", Type: geo.String},
		{Name: "height_m", Type: geo.Number},
		{Name: "frequency_mhz", Type: geo.Number},
	}}
	b := []byte(`{"type":"FeatureCollection","name":`)
	b = append(geo.AppendStringJSON(b, doc.Name), `,"features":[`...)
	for i, p := range doc.points(q.Change, there) {
		if i > 0 {
			b = append(b, ',', '\n')
		}
		r := p.record(q.Technology)
		b = geo.AppendRecordJSON(b, &c, &r)
	}
	_, err = out.Write(append(b, "]}\n"...))
	return err
}

const maxCompared = 10

// compareScenarios is GET /api/coverage/scenarios/compare?ids=a,b: side by side.
func (s *service) compareScenarios(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"ids"})
	if err != nil {
		return err
	}
	ids := strings.Split(p["ids"], ",")
	if len(ids) < 2 || len(ids) > maxCompared {
		return badParameter("ids", "ids wants 2 to %d scenarios, set apart by commas", maxCompared)
	}
	type compared struct {
		ID         string             `json:"id"`
		Name       string             `json:"name"`
		Permalink  string             `json:"permalink"`
		Parameters map[string]string  `json:"parameters"`
		Difference differenceDoc      `json:"difference"`
		Cost       costDoc            `json:"cost"`
		Threshold  coverage.Threshold `json:"threshold"`
	}
	type village struct {
		Code     string                  `json:"code"`
		Name     string                  `json:"name"`
		District string                  `json:"district"`
		Deltas   map[string]coverage.Row `json:"deltas"` // by scenario
	}
	var all []compared
	rows := map[string]*village{}
	var from coverage.Provenance
	base := s.baseURL(r)
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return badParameter("ids", "scenario %s is named twice", quoted(id))
		}
		_, kept, err := s.keptScenario(r.Context(), id)
		if err != nil {
			return err
		}
		doc, err := s.workOut(r.Context(), snap, &kept.scenarioPlan)
		if err != nil {
			return fmt.Errorf("scenario %s: %w", id, err)
		}
		all = append(all, compared{id, kept.Name, scenarioURL(base, id), doc.Question, doc.Difference, doc.Cost, doc.Threshold})
		if i == 0 {
			from = doc.Provenance
		}
		for _, row := range doc.Rows {
			if rows[row.Code] == nil {
				rows[row.Code] = &village{row.Code, row.Name, row.District, map[string]coverage.Row{}}
			}
			rows[row.Code].Deltas[id] = row.Delta
		}
	}
	sorted := []*village{}
	for _, code := range slices.Sorted(keys(rows)) {
		sorted = append(sorted, rows[code])
	}
	same := !slices.ContainsFunc(all, func(c compared) bool { return digest(c.Parameters) != digest(all[0].Parameters) })
	return sendPlan(w, http.StatusOK, object{"scenarios": all, "rows": sorted, "same_question": same, "provenance": from})
}
