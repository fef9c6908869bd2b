package api

import (
	"net/http"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/coverage/propagation"
)

// atParameters are those of a question about one place.
var atParameters = []string{"lon", "lat", "technology", "preset", "min_down", "min_up", "min_rsrp", "season", "tower"}

// placeDoc explains one place.
type placeDoc struct {
	*coverage.Place
	Path *pathDoc `json:"path"` // from the strongest tower, the nearest where none is received, or the one asked for
}

// pathDoc is the profile between a tower and the place.
type pathDoc struct {
	Tower      string `json:"tower"`
	Operator   string `json:"operator,omitempty"`
	Technology string `json:"technology"`
	*propagation.Path
}

// coverageAt is GET /api/coverage/at: all that is known of the signal at one
// point, and why.
func (s *service) coverageAt(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, atParameters)
	if err != nil {
		return err
	}
	at, err := p.place()
	if err != nil {
		return err
	}
	if at == nil {
		return badParameter("lon", "lon and lat, the place, are missing")
	}
	q, err := queryOf(p, "lon", "lat", "tower")
	if err != nil {
		return err
	}
	technology := q.Technology
	if _, given := p["technology"]; !given {
		q.Technology, technology = "any", "4g"
	}
	place, err := s.Coverage.At(r.Context(), snap, at[0], at[1], q)
	if err != nil {
		return gapProblem(err)
	}
	doc := placeDoc{Place: place}
	from := strongest(place.Operators)
	if id, ok := p["tower"]; ok {
		from = &pathDoc{Tower: id, Technology: technology}
	}
	if from != nil {
		if from.Path, err = s.Coverage.Profile(r.Context(), snap, from.Tower, from.Technology, *at); err != nil {
			return pathProblem(err)
		}
		if from.Path != nil {
			doc.Path = from
		} else if p["tower"] != "" {
			return badParameter("tower", "there is no tower %s", quoted(p["tower"]))
		}
	}
	return s.respondContent(w, r, asJSON.media, doc)
}

// strongest finds the tower that is received best, or, where none is, the
// nearest; nil for none.
func strongest(all []coverage.OperatorAt) *pathDoc {
	better := func(a, b *coverage.OperatorAt) bool {
		if a.RSRP != nil && b.RSRP != nil {
			return *a.RSRP > *b.RSRP
		}
		return a.RSRP != nil || b.RSRP == nil && a.Tower.Distance < b.Tower.Distance
	}
	best := -1
	for i := range all {
		if all[i].Tower != nil && (best < 0 || better(&all[i], &all[best])) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return &pathDoc{Tower: all[best].Tower.ID, Operator: all[best].Operator, Technology: all[best].Technology}
}

// profile is GET /api/coverage/profile: the path between two points, one of which
// has an antenna, as between a planned tower and its neighbours.
func (s *service) profile(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"from", "to", "height_m", "frequency_mhz"})
	if err != nil {
		return err
	}
	var ends [2]orb.Point
	for i, name := range []string{"from", "to"} {
		if ends[i], err = p.point(name); err != nil {
			return err
		}
	}
	t := coverage.Tower{At: ends[0], HeightM: 40, FrequencyMHz: 900}
	if err := p.number("height_m", &t.HeightM); err != nil {
		return err
	}
	if err := p.number("frequency_mhz", &t.FrequencyMHz); err != nil {
		return err
	}
	path, err := s.Coverage.ProfileOf(r.Context(), snap, t, ends[1])
	if err != nil {
		return pathProblem(err)
	}
	return s.respondContent(w, r, asJSON.media, object{"from": ends[0], "to": ends[1], "height_m": t.HeightM, "frequency_mhz": t.FrequencyMHz, "path": path})
}
