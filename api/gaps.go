package api

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// Forms of answers about gaps, beside asJSON.
var (
	asFeatures    = format{name: "geojson", media: typeGeoJSON}
	asTable       = format{name: "csv", media: "text/csv; charset=utf-8", also: []string{"text/csv"}}
	asSpreadsheet = format{name: "xlsx", media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
)

// gapForms are the forms that rows are sent in: a spreadsheet where the program
// can write one.
func (s *service) gapForms() []format {
	all := []format{asJSON, asFeatures, asTable}
	if i := slices.IndexFunc(s.Downloads, func(d Download) bool { return d.Name == asSpreadsheet.name }); i >= 0 {
		sheet := asSpreadsheet
		sheet.download = &s.Downloads[i]
		all = append(all, sheet)
	}
	return all
}

// gaps is GET /api/coverage/gaps: who and what is without signal, by village,
// district, regency or cell. Files have all rows unless a limit is given.
func (s *service) gaps(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	q, p, err := gapQuery(r, "f")
	if err != nil {
		return err
	}
	sent, err := choose(r, p, s.gapForms()...)
	if err != nil {
		return err
	}
	if _, limited := p["limit"]; !limited && !sent.is("json") {
		q.Limit = math.MaxInt32
	}
	base := s.baseURL(r)
	h := w.Header()
	if !sent.is("json") && !sent.is("geojson") {
		h.Set("Content-Disposition", `attachment; filename="gaps-`+q.By+`.`+sent.name+`"`)
	}
	return s.respond(w, r, answer{
		media: sent.media, packed: sent.is("xlsx"),
		identity: []string{"gaps", s.Version, snap.Version, base, q.Permalink(), q.Cursor, sent.name},
		prepare: func() (func(io.Writer) error, error) {
			a, err := s.Coverage.Gaps(r.Context(), snap, q)
			if err != nil {
				return nil, gapProblem(err)
			}
			doc := &gapsDoc{Answer: a, Permalink: base + "/api/coverage/gaps?" + a.Permalink, Links: s.gapLinks(base, q, a, p, sent)}
			linkHeader(h, doc.Links, "next")
			h.Set("OGC-NumberReturned", strconv.Itoa(a.NumberReturned))
			h.Set("OGC-NumberMatched", strconv.Itoa(a.NumberMatched))
			return func(out io.Writer) error {
				if a.NumberReturned > coverage.MaxLimit {
					leave, err := s.enter(r.Context())
					if err != nil {
						return err
					}
					defer leave()
				}
				return doc.write(r.Context(), out, snap, sent)
			}, nil
		},
	})
}

// gapQuery reads the parameters of a question about gaps, and those besides.
func gapQuery(r *http.Request, besides ...string) (*coverage.Query, parameters, error) {
	p, err := parse(r, slices.Concat(coverage.Parameters(), besides))
	if err != nil {
		return nil, nil, err
	}
	values := url.Values{}
	for name, value := range p {
		if !slices.Contains(besides, name) {
			values.Set(name, value)
		}
	}
	q, err := coverage.ParseQuery(values)
	return q, p, gapProblem(err)
}

// gapProblem says what an error of package coverage means to a client.
func gapProblem(err error) error {
	var wrong *coverage.ParamError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		p := badParameter(wrong.Parameter, "%s %s %s", wrong.Parameter, quoted(wrong.Value), wrong.Reason)
		p.Allowed = wrong.Allowed
		if wrong.Parameter == "cursor" {
			p.Kind = BadCursor
		}
		return p
	case errors.As(err, &coverage.ErrNoVillages{}):
		return problem(NotFound, "%v", err)
	}
	return err
}

// gapsDoc is an answer with its links.
type gapsDoc struct {
	*coverage.Answer
	Permalink string `json:"permalink"` // absolute
	Links     []link `json:"links"`
}

func (d *gapsDoc) write(ctx context.Context, out io.Writer, snap *geo.Snapshot, sent format) error {
	switch {
	case sent.is("json"):
		return writeJSON(out, d)
	case sent.is("geojson"):
		return writeGapFeatures(ctx, out, snap, d.Answer, d.Links)
	}
	return WriteGaps(ctx, out, sent.name, snap, d.Answer, sent.download)
}

// gapLinks are the links of an answer: itself, its next page, its other forms,
// and the tiles that show the same.
func (s *service) gapLinks(base string, q *coverage.Query, a *coverage.Answer, p parameters, sent format) []link {
	at := base + "/api/coverage/gaps?"
	all := []link{{Href: at + canonical(q, "f", sent.name, "cursor", q.Cursor), Rel: "self", Type: sent.media, Title: "This answer"}}
	if a.Next != "" {
		all = append(all, link{Href: at + canonical(q, "f", sent.name, "cursor", a.Next), Rel: "next", Type: sent.media, Title: "Next page"})
	}
	whole := *q
	for _, f := range s.gapForms()[1:] { // files have all rows, and JSON that of the page
		values := whole.Values()
		values.Del("limit")
		values.Del("cursor")
		values.Set("f", f.name)
		all = append(all, link{Href: at + values.Encode(), Rel: f.name, Type: f.media, Title: "All rows as " + f.name})
	}
	if q.Operator != "each" {
		all = append(all,
			link{Href: s.gapTileTemplate(base, q, q.By, a.Provenance.Snapshot), Rel: "tiles", Type: "application/vnd.mapbox-vector-tile", Title: "Tiles that show it", Templated: true},
			link{Href: base + "/tiles/gaps.json?" + tileValues(q, q.By).Encode(), Rel: "tilejson", Type: typeTileJSON, Title: "TileJSON of these tiles"})
	}
	return all
}

// canonical is the permalink with more parameters, those that are not empty.
func canonical(q *coverage.Query, more ...string) string {
	link := q.Permalink()
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			link += "&" + more[i] + "=" + url.QueryEscape(more[i+1])
		}
	}
	return link
}
