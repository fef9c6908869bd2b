package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

// reportDoc is a report as an editor sees it: of the reporter as much as tells
// whether several reports of a day are from one.
type reportDoc struct {
	ID      string `json:"id"`
	ETag    string `json:"etag"` // for If-Match
	Created string `json:"received"`
	reports.Report
	Lon float64 `json:"lon"` // the middle of the cell
	Lat float64 `json:"lat"`
}

func asReport(d *Document) (*reportDoc, error) {
	doc := &reportDoc{ID: d.ID, ETag: versionTag(d.Version)}
	if err := json.Unmarshal(d.Body, &doc.Report); err != nil {
		return nil, fmt.Errorf("report %s: %w", d.ID, err)
	}
	doc.Created = doc.Hour.Format(time.RFC3339)
	doc.Reporter = doc.Reporter[:min(8, len(doc.Reporter))]
	if cell, ok := doc.Key().Where(); ok {
		p := cell.Center()
		doc.Lon, doc.Lat = rounded(p[0]), rounded(p[1])
	}
	return doc, nil
}

func versionTag(v int64) string { return `"v` + strconv.FormatInt(v, 10) + `"` }

// reportScan is how many reports one request may look through for those of a state.
const reportScan = 10_000

// listReports is GET /api/reports: for editors, in order of cell and hour.
func (s *service) listReports(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	if err := s.mayModerate(r); err != nil {
		return err
	}
	p, err := parse(r, []string{"status", "limit", "cursor"})
	if err != nil {
		return err
	}
	limit, err := p.limit(100, 1000)
	if err != nil {
		return err
	}
	status := p["status"]
	if status == "" {
		status = reports.Pending
	}
	if allowed := append(reports.Statuses(), "all"); !slices.Contains(allowed, status) {
		bad := badParameter("status", "status %s is not one of %s", quoted(status), strings.Join(allowed, ", "))
		bad.Allowed = allowed
		return bad
	}
	found, next := []*reportDoc{}, ""
	for after, looked := p["cursor"], 0; ; {
		page, err := s.Documents.Documents(r.Context(), DocumentQuery{Kind: kindReport, After: after, Limit: 1000})
		if err != nil {
			return storing(err)
		}
		for i := range page {
			doc, err := asReport(&page[i])
			if err != nil {
				return err
			}
			if status == "all" || doc.Status == status {
				if len(found) == limit {
					next = after
					break
				}
				found = append(found, doc)
			}
			after = doc.ID
		}
		if looked += len(page); next != "" || len(page) < 1000 {
			break
		}
		if looked >= reportScan {
			next = after
			break
		}
	}
	links := []link{{Href: s.baseURL(r) + r.URL.RequestURI(), Rel: "self", Type: asJSON.media}}
	if next != "" {
		q := url.Values{"status": {status}, "limit": {strconv.Itoa(limit)}, "cursor": {next}}
		links = append(links, link{Href: s.baseURL(r) + "/api/reports?" + q.Encode(), Rel: "next", Type: asJSON.media})
	}
	w.Header().Set("Content-Type", asJSON.media)
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, map[string]any{"reports": found, "numberReturned": len(found), "links": links})
}

func (s *service) mayModerate(r *http.Request) error {
	if s.Documents == nil {
		return s.readOnly("this service takes no reports")
	}
	_, err := s.require(r, RoleEditor)
	return err
}

// oneReport is GET /api/reports/{report}.
func (s *service) oneReport(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	if err := s.mayModerate(r); err != nil {
		return err
	}
	if _, err := parse(r, nil); err != nil {
		return err
	}
	id, err := pathValue(r, "report")
	if err != nil {
		return err
	}
	d, err := s.Documents.Document(r.Context(), kindReport, id)
	if err != nil {
		return storing(err)
	}
	return sendReport(w, &d, nil)
}

func sendReport(w http.ResponseWriter, d *Document, more map[string]any) error {
	doc, err := asReport(d)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("ETag", doc.ETag)
	h.Set("Content-Type", asJSON.media)
	h.Set("Cache-Control", "no-store")
	if more == nil {
		return writeJSON(w, doc)
	}
	more["report"] = doc
	return writeJSON(w, more)
}

// verdict is the body of a decision.
type verdict struct {
	Decision string `json:"decision"` // accept, reject
	Note     string `json:"note"`
}

const maxNote = 500 // bytes

// decideReport is PUT /api/reports/{report}: an editor accepts or rejects it, and
// the measurements of its cell become what the accepted reports now say.
func (s *service) decideReport(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	if s.Documents == nil || s.Measurements == nil {
		return s.readOnly("this service takes no reports")
	}
	who, err := s.require(r, RoleEditor)
	if err != nil {
		return err
	}
	if _, err := parse(r, nil); err != nil {
		return err
	}
	id, err := pathValue(r, "report")
	if err != nil {
		return err
	}
	if media := mediaType(r); media != asJSON.media {
		p := problem(UnsupportedMedia, "a body of type %s is not taken here; %s is", quoted(media), asJSON.media)
		p.Allowed = []string{asJSON.media}
		return p
	}
	body, err := readBody(r, maxReport)
	if err != nil {
		return err
	}
	v, err := readVerdict(body)
	if err != nil {
		return err
	}
	tags, err := ifMatch(r)
	if err != nil {
		return err
	}
	s.reports.deciding.Lock()
	defer s.reports.deciding.Unlock()
	old, err := s.Documents.Document(r.Context(), kindReport, id)
	if err != nil {
		return storing(err)
	}
	if !slices.Contains(tags, strings.Trim(versionTag(old.Version), `"`)) {
		return problem(Stale, "the report was decided on since the version that If-Match names")
	}
	var report reports.Report
	if err := json.Unmarshal(old.Body, &report); err != nil {
		return fmt.Errorf("report %s: %w", id, err)
	}
	report.Status = map[string]string{"accept": reports.Accepted, "reject": reports.Rejected}[v.Decision]
	report.Decisions = append(report.Decisions, reports.Decision{By: who.Name, At: s.reports.now().UTC().Truncate(time.Second), Status: report.Status, Note: v.Note})
	if len(report.Decisions) > 20 {
		return problem(Unprocessable, "the report was decided on 20 times: it stays as it is")
	}
	text, err := json.Marshal(report)
	if err != nil {
		return err
	}
	saved, err := s.Documents.PutDocument(r.Context(), Document{Kind: kindReport, ID: id, Body: text}, old.Version)
	if err != nil {
		return storing(err)
	}
	published, visible, err := s.publishCell(r.Context(), who, report.Cell)
	if err != nil {
		// The features stay what they were, so the report must too.
		if _, undo := s.Documents.PutDocument(r.Context(), Document{Kind: kindReport, ID: id, Body: old.Body}, saved.Version); undo != nil {
			s.Log.Error("a decision stands that was not published: decide again", "report", id, "error", undo)
		}
		return storing(err)
	}
	s.Log.Info("decided on a report", "request", requestID(w), "who", who.Name, "decision", v.Decision, "report", id)
	w.Header().Set(visibleHeader, map[bool]string{true: "now", false: "soon"}[visible])
	return sendReport(w, &saved, map[string]any{"published": published})
}

func readVerdict(body []byte) (v verdict, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, problem(BadBody, "the body is not a decision in JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	switch {
	case v.Decision != "accept" && v.Decision != "reject":
		p := problem(Unprocessable, "decision %s is neither accept nor reject", quoted(v.Decision))
		p.Faults = []Fault{{"decision", "is neither accept nor reject"}}
		return v, p
	case len(v.Note) > maxNote:
		p := problem(Unprocessable, "note has more than %d bytes", maxNote)
		p.Faults = []Fault{{"note", fmt.Sprintf("has more than %d bytes", maxNote)}}
		return v, p
	}
	return v, nil
}
