package api

import (
	"cmp"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// Figure is a number that somebody published. Those of another unit tell of
// something else.
type Figure struct {
	Metric     string  `json:"metric"` // as in "blank_spot_villages"
	Value      float64 `json:"value"`
	Unit       string  `json:"unit"`
	Date       string  `json:"date,omitempty"` // year, month or day that it describes
	Note       string  `json:"note,omitempty"`
	Source     string  `json:"source"`
	SourceURL  string  `json:"source_url,omitempty"`
	SourceDate string  `json:"source_date,omitempty"`
}

// progressDoc is how a number developed. Only numbers of one unit are in one
// series.
type progressDoc struct {
	Metric string          `json:"metric"`
	Unit   string          `json:"unit"`
	Kind   string          `json:"kind"` // published: totals as they were printed; records: named one by one
	Points []progressPoint `json:"points"`
}

type progressPoint struct {
	Date       string   `json:"date"`
	Value      float64  `json:"value"`
	Change     *float64 `json:"change"` // from the point before; nil for the first
	SameSource bool     `json:"same_source"`
	Source     string   `json:"source"`
	SourceURL  string   `json:"source_url,omitempty"`
	Note       string   `json:"note,omitempty"`
}

// reconcile is GET /api/coverage/reconcile: where the official list, claims,
// model and measurements contradict each other, and how the list developed.
func (s *service) reconcile(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	known := []string{"technology", "operator", "preset", "min_down", "min_up", "min_rsrp", "district", "village", "bbox", "filter", "season", "type", "f"}
	p, err := parse(r, known)
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asTable)
	if err != nil {
		return err
	}
	q, err := queryOf(p, "f", "type")
	if err != nil {
		return err
	}
	types := []string{coverage.NonAligned, coverage.UnderClaimed, coverage.StaleList, coverage.ModelOrList}
	if t, ok := p["type"]; ok && !slices.Contains(types, t) {
		wrong := badParameter("type", "type %s is not one of those there are", quoted(t))
		wrong.Allowed = types
		return wrong
	}
	return s.respond(w, r, answer{
		media: sent.media, identity: []string{"reconcile", s.Version, snap.Version, q.Permalink(), p["type"], sent.name, digest(s.Figures)},
		prepare: func() (func(io.Writer) error, error) {
			found, err := s.Coverage.Reconcile(r.Context(), snap, q)
			if err != nil {
				return nil, gapProblem(err)
			}
			if t, ok := p["type"]; ok {
				found.Rows = slices.DeleteFunc(slices.Clone(found.Rows), func(c coverage.Contradiction) bool { return c.Type != t })
			}
			if sent.is("csv") {
				return func(out io.Writer) error { return writeContradictions(out, found) }, nil
			}
			doc := struct {
				*coverage.Reconciliation
				NumberReturned int           `json:"numberReturned"`
				Progress       []progressDoc `json:"progress"`
			}{found, len(found.Rows), append(printed(s.Figures), recorded(snap.Layer("blankspots"))...)}
			return func(out io.Writer) error { return writeJSON(out, doc) }, nil
		},
	})
}

// printed makes series of the printed totals of blank spots.
func printed(figures []Figure) []progressDoc {
	all := []progressDoc{}
	for _, f := range figures {
		if !strings.HasPrefix(f.Metric, "blank_spot") || f.Date == "" {
			continue
		}
		all = addPoint(all, f.Metric, f.Unit, "published", progressPoint{Date: f.Date, Value: f.Value, Source: f.Source, SourceURL: f.SourceURL, Note: f.Note})
	}
	return inOrder(all)
}

// recorded counts the dated records of places, villages and districts named as
// blank: a list of those that are named in public need not be complete.
func recorded(l *geo.Layer) []progressDoc {
	all := []progressDoc{}
	if l == nil {
		return all
	}
	text := func(name string, i int) string {
		if c := l.Column(name); c != nil {
			v, _ := c.Value(i).(string)
			return v
		}
		return ""
	}
	type key struct{ unit, status, date, source string }
	counts := map[key]float64{}
	for i := range l.Len() {
		if k := (key{text("unit", i), text("status", i), text("source_date", i), text("source", i)}); k.date != "" {
			counts[k]++
		}
	}
	for k, n := range counts {
		all = addPoint(all, "recorded_"+cmp.Or(k.status, "blank"), k.unit, "records", progressPoint{Date: k.date, Value: n, Source: k.source})
	}
	return inOrder(all)
}

func addPoint(all []progressDoc, metric, unit, kind string, p progressPoint) []progressDoc {
	i := slices.IndexFunc(all, func(d progressDoc) bool { return d.Metric == metric && d.Unit == unit })
	if i < 0 {
		all, i = append(all, progressDoc{Metric: metric, Unit: unit, Kind: kind}), len(all)
	}
	all[i].Points = append(all[i].Points, p)
	return all
}

// inOrder sorts series and their points, and tells the changes between printed
// totals. Records of different dates name different places, so their numbers are
// no development.
func inOrder(all []progressDoc) []progressDoc {
	slices.SortFunc(all, func(a, b progressDoc) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Unit, b.Unit))
	})
	for i := range all {
		points := all[i].Points
		slices.SortFunc(points, func(a, b progressPoint) int {
			return cmp.Or(cmp.Compare(ended(a.Date), ended(b.Date)), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Value, b.Value))
		})
		for k := 1; k < len(points); k++ {
			points[k].SameSource = publisher(points[k].Source) == publisher(points[k-1].Source)
			if all[i].Kind == "published" {
				change := points[k].Value - points[k-1].Value
				points[k].Change = &change
			}
		}
	}
	return all
}

// ended puts a bare year, or a month, behind the days in it: what is said of it is
// known at its end.
func ended(date string) string { return date + "-~" }

// publisher is whose number it is, without who printed it.
func publisher(source string) string {
	who, _, _ := strings.Cut(source, ", by ")
	return who
}
