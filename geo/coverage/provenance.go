package coverage

import (
	"context"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/raster"
)

// Provenance says what an answer rests on.
type Provenance struct {
	Snapshot    string            `json:"snapshot"`
	Model       string            `json:"model"`             // of signals
	Terrain     string            `json:"terrain,omitempty"` // the elevation under the model, or that the terrain was taken as flat
	Population  string            `json:"population"`        // how people were put on the ground
	Known       string            `json:"known"`             // when a cell counts as known
	Unmodelled  map[string]string `json:"unmodelled_towers,omitempty"`
	NoPeople    []string          `json:"villages_without_population,omitempty"`
	Astray      int               `json:"places_outside,omitempty"` // places that lie in no village
	Collections map[string]Origin `json:"collections"`
}

// Origin is a collection that an answer was computed from.
type Origin struct {
	Version  string   `json:"version"`
	Features int      `json:"features"`
	From     string   `json:"from,omitempty"` // the earliest and the latest date of its sources
	To       string   `json:"to,omitempty"`
	Quality  []string `json:"quality,omitempty"`
}

// knownRule says when a cell counts as known.
func knownRule(evidence string) string {
	rules := map[string]string{
		"claimed":  "claimed: everywhere for an operator and technology that publishes areas",
		"modelled": "modelled: everywhere for an operator and technology with a list of active towers or modelled areas",
		"measured": "measured: in cells with at least 10 tests or a confirmed report of no signal, and inside measured areas",
	}
	if evidence == "best" {
		return "best: for each operator measured, where known, over modelled, over claimed; " +
			rules["measured"] + "; " + rules["modelled"] + "; " + rules["claimed"]
	}
	return rules[evidence]
}

func (s *scene) provenance(ctx context.Context, q *Query) (Provenance, error) {
	people, err := s.people(ctx, q.Season)
	if err != nil {
		return Provenance{}, err
	}
	places, err := s.places(ctx, q.POI)
	if err != nil {
		return Provenance{}, err
	}
	p := Provenance{
		Snapshot: s.snap.Version, Model: "none", Population: people.Text, Known: knownRule(q.Evidence),
		Astray: places.astray, Collections: map[string]Origin{},
	}
	if s.model != nil && (q.Evidence == "modelled" || q.Evidence == "best") {
		p.Model, p.Terrain = s.model.Name(), s.terrain()
		if p.Unmodelled, err = s.unmodelled(ctx, q); err != nil {
			return p, err
		}
	}
	for v, how := range people.method {
		if how == NoPeople {
			p.NoPeople = append(p.NoPeople, s.villages.ID(v))
		}
	}
	for _, id := range []string{"villages", "coverage", "towers", "measurements", "roads", "blankspots", "destinations", "fibre", q.POI} {
		l := s.snap.Layer(id)
		if l == nil || l.Len() == 0 {
			continue
		}
		o, err := cached(ctx, s.engine.cache, "origin/"+id+"/"+l.Version, func(context.Context) (Origin, error) { return originOf(l), nil })
		if err != nil {
			return p, err
		}
		p.Collections[id] = o
	}
	return p, nil
}

// terrain says what heights the model has.
func (s *scene) terrain() string {
	r := s.snap.Raster(raster.Elevation)
	if r == nil {
		return "flat terrain: no elevation was imported"
	}
	d := r.Description()
	return "raster: " + strings.TrimSpace(d.Source+" "+d.SourceDate) + ", " + d.Method
}

// Bytes returns about how much memory the origin takes.
func (Origin) Bytes() int64 { return 200 }

func originOf(l *geo.Layer) Origin {
	o := Origin{Version: l.Version, Features: l.Len()}
	if c := l.Column("source_date"); c != nil && c.Field.Type == geo.String && len(c.Words()) > 0 {
		o.From, o.To = slices.Min(c.Words()), slices.Max(c.Words())
	}
	if c := l.Column("quality"); c != nil && c.Field.Type == geo.String {
		o.Quality = slices.Clone(c.Words())
		slices.Sort(o.Quality)
	}
	return o
}

// unmodelled returns the active towers of the query's technology that the model
// cannot compute, with its reasons.
func (s *scene) unmodelled(ctx context.Context, q *Query) (map[string]string, error) {
	checker, ok := s.model.(interface{ Check(t Tower) error })
	if !ok {
		return nil, nil
	}
	r, err := cached(ctx, s.engine.cache, s.key("unmodelled", "towers")+s.model.Version()+q.Technology, func(context.Context) (reasons, error) {
		all := reasons{}
		for _, t := range s.towers {
			if t.Status != "active" || q.Technology != "any" && !t.serves("", q.Technology) {
				continue
			}
			technology := q.Technology
			if technology == "any" && len(t.Technologies) > 0 {
				technology = t.Technologies[0]
			}
			if err := checker.Check(t.with(technology)); err != nil {
				all[t.ID] = err.Error()
			}
		}
		return all, nil
	})
	if len(r) == 0 {
		return nil, err
	}
	return r, err
}

type reasons map[string]string

// Bytes returns about how much memory the reasons take.
func (r reasons) Bytes() int64 { return int64(200 * len(r)) }
