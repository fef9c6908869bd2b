package api

import (
	"context"
	"encoding/csv"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// dossierRow is one line, the same on paper and in CSV.
type dossierRow struct{ Section, Item, Value string }

// dossierPage is what is printed.
type dossierPage struct {
	L        language
	Base     string
	Service  string
	Title    string
	CSV      string
	Rows     []dossierRow
	Map      template.HTML // made by picture alone
	MapNote  string        // what the map could not show
	Legend   string
	Credits  string // whose data the map shows: more than would fit into it
	Profiles []dossierProfile
	Sample   bool
	Photos   []int
}

// dossierSubject is what a dossier is about: a village, or a site in one.
type dossierSubject struct {
	villages *geo.Layer
	i        int       // the village
	away     float64   // m from it to the site, 0 inside
	at       orb.Point // the site, or the village's point
	label    orb.Point // the village's point
	q        *coverage.Query
	tower    *coverage.Tower // of a site
	version  string          // of the scenario that it is from
}

var dossierParameters = []string{
	"village", "lon", "lat", "height_m", "frequency_mhz", "technology", "operator", "scenario", "tower", "lang", "f",
}

// dossier is GET /dossier: a village or a site for a tower, in the order of the
// ministry's submission, made for print; or the same rows as CSV.
func (s *service) dossier(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, dossierParameters)
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asHTML, asTable)
	if err != nil {
		return err
	}
	of, err := s.dossierSubject(r.Context(), snap, p)
	if err != nil {
		return err
	}
	l := language(pageLanguage(r, p["lang"]))
	base := s.baseURL(r)
	if sent.is("csv") {
		w.Header().Set("Content-Disposition", `attachment; filename="dossier-`+of.villages.ID(of.i)+`.csv"`)
	}
	return s.respond(w, r, answer{
		media: sent.media, identity: []string{"dossier", s.Version, snap.Version, base, r.URL.RawQuery, string(l), of.version, sent.name},
		prepare: func() (func(io.Writer) error, error) {
			leave, err := s.plan(r.Context())
			if err != nil {
				return nil, err
			}
			defer leave()
			page := &dossierPage{L: l, Base: base, Service: s.Title, Sample: sampleSignal(snap), Photos: []int{1, 2, 3, 4}}
			if err := s.fillDossier(r.Context(), snap, of, page); err != nil {
				return nil, err
			}
			if sent.is("csv") {
				return page.writeCSV, nil
			}
			page.Title = l.of("Berkas usulan: ", "Dossier: ") + word(of.villages, "name", of.i)
			if of.tower != nil {
				page.Title = l.of("Berkas usulan menara: ", "Dossier of a tower: ") + word(of.villages, "name", of.i)
			}
			values := url.Values{"f": {"csv"}, "lang": {string(l)}}
			for name, v := range p {
				if name != "f" && name != "lang" {
					values.Set(name, v)
				}
			}
			page.CSV = base + "/dossier?" + values.Encode()
			if err := s.dossierMap(r.Context(), snap, of, page); err != nil {
				return nil, err
			}
			return func(out io.Writer) error { return s.pages["dossier"].ExecuteTemplate(out, "dossier.html", page) }, nil
		},
	})
}

// fillDossier works out the rows and profiles.
func (s *service) fillDossier(ctx context.Context, snap *geo.Snapshot, of *dossierSubject, page *dossierPage) error {
	found, err := s.dossierFacts(ctx, snap, of)
	if err != nil {
		return err
	}
	if page.Profiles, err = s.dossierProfiles(ctx, snap, of, found, page.L); err != nil {
		return err
	}
	page.fill(snap, of, found)
	return nil
}

func (d *dossierPage) writeCSV(out io.Writer) error {
	c := csv.NewWriter(out)
	_ = c.Write([]string{"section", "item", "value"}) // Flush tells
	for _, r := range d.Rows {
		_ = c.Write([]string{r.Section, r.Item, r.Value})
	}
	c.Flush()
	return c.Error()
}

// Drawn are the profiles that have a chart: over flat terrain there is none.
func (d *dossierPage) Drawn() []dossierProfile {
	return slices.DeleteFunc(slices.Clone(d.Profiles), func(p dossierProfile) bool { return p.Chart == "" })
}
