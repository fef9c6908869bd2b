package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

// laporPage is what the page of the form shows.
type laporPage struct {
	Lang, Base, Service string
	ID                  bool              // Indonesian
	Values              map[string]string // of the fields
	Operators           []string
	Choices             []choice // technologies
	Devices             []choice
	Faults              []Fault
	Thanks              string // id of the report
	Village             string
	Least               int
	Map                 *clickMap
}

type choice struct{ Value, Label string }

// clickMap is a picture on which a click says where, without a script: a form
// sends the place in the picture.
type clickMap struct {
	Src           string
	Lon, Lat      float64
	Zoom          int
	Width, Height int
	Marked        bool
}

// reportPage is GET and POST /lapor: the form, without a script.
func (s *service) reportPage(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	known := append([]string{"lang", "map.x", "map.y", "zoom", "clon", "clat"}, reportMembers...)
	p, err := parse(r, known)
	if err != nil {
		return err
	}
	page := laporPage{Base: s.baseURL(r), Service: s.Title, Lang: pageLanguage(r, p["lang"]), Values: map[string]string{}, Operators: reports.Operators(snap), Least: s.reporters()}
	page.ID = page.Lang == "id"
	for _, t := range reports.Technologies() {
		page.Choices = append(page.Choices, choice{t, reportWord(t, page.ID)})
	}
	for _, d := range reports.Devices() {
		page.Devices = append(page.Devices, choice{d, reportWord(d, page.ID)})
	}
	for _, name := range reportMembers {
		page.Values[name] = p[name]
	}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		body, err := readBody(r, maxReport)
		if err != nil {
			return err
		}
		sent, _ := url.ParseQuery(string(body)) // what cannot be read, submit refuses
		r.Body = io.NopCloser(bytes.NewReader(body))
		report, id, err := s.submit(r, snap)
		var told *Problem
		switch {
		case err == nil:
			status, page.Thanks, page.Village = http.StatusCreated, id, report.Village
		case errors.As(err, &told) && told.Kind != Away && told.Kind != NotAllowed:
			status, _ = told.Kind.describe()
			page.Faults = told.Faults
			if len(page.Faults) == 0 {
				page.Faults = []Fault{{"", told.Detail}}
			}
			if told.Retry > 0 {
				w.Header().Set("Retry-After", strconv.Itoa(told.Retry))
			}
			for _, name := range reportMembers {
				page.Values[name] = sent.Get(name)
			}
		default:
			return err
		}
	}
	if page.Map, err = s.placeMap(p, snap, page.Values); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", asHTML.media)
	h.Set("Content-Language", page.Lang)
	h.Set("Vary", "Accept-Language")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	return s.pages["lapor"].ExecuteTemplate(w, "lapor.html", page)
}

// pageLanguage is that which is asked for, else Indonesian unless the browser
// wants English first.
func pageLanguage(r *http.Request, asked string) string {
	if asked == "id" || asked == "en" {
		return asked
	}
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "en") {
		return "en"
	}
	return "id"
}

// reportWord names a choice for people.
func reportWord(value string, indonesian bool) string {
	words := map[string][2]string{
		reports.Unsaid: {"tidak tahu", "do not know"}, reports.Other: {"lainnya", "other"},
		"phone": {"ponsel", "phone"}, "tablet": {"tablet", "tablet"}, "modem": {"modem", "modem"}, "computer": {"komputer", "computer"},
	}
	w, ok := words[value]
	switch {
	case !ok:
		return strings.ToUpper(value)
	case indonesian:
		return w[0]
	}
	return w[1]
}
