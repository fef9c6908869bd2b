package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

const typeForm = "application/x-www-form-urlencoded"

// receipt is what a reporter is told.
type receipt struct {
	ID      string `json:"id"`
	Status  string `json:"status"`
	Cell    string `json:"cell"`
	Village string `json:"village"`
}

// postReport is POST /api/reports: one report, as JSON or as a form sends it.
func (s *service) postReport(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	if _, err := parse(r, nil); err != nil {
		return err
	}
	report, id, err := s.submit(r, snap)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", asJSON.media)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusCreated)
	return writeJSON(w, receipt{id, report.Status, report.Cell, report.Village})
}

// submit takes the report of a request.
func (s *service) submit(r *http.Request, snap *geo.Snapshot) (*reports.Report, string, error) {
	if s.Documents == nil {
		return nil, "", s.readOnly("this service takes no reports")
	}
	body, err := readBody(r, maxReport)
	if err != nil {
		return nil, "", err
	}
	sub, err := readSubmission(mediaType(r), body)
	if err != nil {
		return nil, "", err
	}
	report, faults := sub.Check(snap)
	if len(faults) > 0 {
		p := problem(Unprocessable, "%s %s", faults[0].Member, faults[0].Reason)
		for _, f := range faults {
			p.Faults = append(p.Faults, Fault(f))
		}
		return nil, "", p
	}
	if err := s.allowance(r, s.reports.sent, "reports"); err != nil {
		return nil, "", err
	}
	if !s.reports.all.Allow() {
		p := problem(Busy, "too many reports come in now")
		p.Retry = 60
		return nil, "", p
	}
	now := s.reports.now()
	report.Hour, report.Status = now.UTC().Truncate(time.Hour), reports.Pending
	if report.Reporter, err = s.reporter(r.Context(), s.client(r), now); err != nil {
		return nil, "", err
	}
	// One report an hour of a reporter, cell, operator and technology: the id is
	// these, and the store refuses a second one, whichever server it comes to.
	sum := sha256.Sum256([]byte(report.Reporter + "|" + report.Operator + "|" + report.Technology))
	id := fmt.Sprintf("%s.%s.%x", report.Cell, report.Hour.Format("2006010215"), sum[:8])
	text, err := json.Marshal(report)
	if err != nil {
		return nil, "", err
	}
	if _, err := s.Documents.PutDocument(r.Context(), Document{Kind: kindReport, ID: id, Body: text}, 0); problemIs(err, Conflict) {
		return nil, "", problem(Conflict, "you have reported this place, operator and technology in this hour already")
	} else if err != nil {
		return nil, "", storing(err)
	}
	return &report, id, nil
}

// storing keeps what a store says of itself from the client.
func storing(err error) error {
	var p *Problem
	if errors.As(err, &p) {
		return err
	}
	return errors.Join(problem(Away, "reports cannot be kept or read now"), err)
}

// readSubmission reads a body of a media type.
func readSubmission(media string, body []byte) (*reports.Submission, error) {
	switch media {
	case asJSON.media:
		return submissionJSON(body)
	case typeForm:
		return submissionForm(body)
	}
	p := problem(UnsupportedMedia, "a body of type %s is not taken here; %s and %s are", quoted(media), asJSON.media, typeForm)
	p.Allowed = []string{asJSON.media, typeForm}
	return nil, p
}

func submissionJSON(body []byte) (*reports.Submission, error) {
	var sub reports.Submission
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&sub); err != nil {
		return nil, problem(BadBody, "the body is not a report in JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, problem(BadBody, "the body goes on after the report")
	}
	return &sub, nil
}

// reportMembers are the names of the fields of a form, and members of a report.
var reportMembers = []string{"lon", "lat", "operator", "technology", "works", "down_mbps", "up_mbps", "latency_ms", "device"}

func submissionForm(body []byte) (*reports.Submission, error) {
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, problem(BadBody, "the form cannot be read: %v", err)
	}
	sub := reports.Submission{Operator: values.Get("operator"), Technology: values.Get("technology"), Device: values.Get("device")}
	var faults []Fault
	for name, all := range values {
		switch {
		case name != "lang" && !slices.Contains(reportMembers, name):
			faults = append(faults, Fault{clipped(name), "is not known here"})
		case len(all) > 1:
			faults = append(faults, Fault{name, "is given more than once"})
		}
	}
	for name, to := range map[string]**float64{
		"lon": &sub.Lon, "lat": &sub.Lat, "down_mbps": &sub.Down, "up_mbps": &sub.Up, "latency_ms": &sub.Latency,
	} {
		// Who writes by hand in Indonesia may put a comma.
		text := strings.Replace(strings.TrimSpace(values.Get(name)), ",", ".", 1)
		if text == "" {
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			faults = append(faults, Fault{name, "is not a number"})
			continue
		}
		*to = &v
	}
	switch works := values.Get("works"); works {
	case "true", "false":
		yes := works == "true"
		sub.Works = &yes
	case "":
	default:
		faults = append(faults, Fault{"works", "is neither true nor false"})
	}
	if len(faults) > 0 {
		slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.Member, b.Member) })
		p := problem(Unprocessable, "%s %s", faults[0].Member, faults[0].Reason)
		p.Faults = faults
		return nil, p
	}
	return &sub, nil
}

func clipped(s string) string { return strings.Trim(quoted(s), `"`) }
