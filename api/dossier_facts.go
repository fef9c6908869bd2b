package api

import (
	"cmp"
	"context"
	"slices"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

const (
	dossierTowers = 3  // neighbours that are named
	dossierNames  = 60 // public places that are named
)

// dossierFacts is what the engine says of a subject.
type dossierFacts struct {
	row        coverage.Row // of the village as it is
	provenance coverage.Provenance
	clashes    []coverage.Contradiction
	gain       *coverage.Difference // of a site
	towers     []neighbourTower
	places     []publicPlace
}

type neighbourTower struct {
	coverage.Tower
	metres float64
}

// publicPlace is a place of the village, by name.
type publicPlace struct{ collection, name, kind string }

func (s *service) dossierFacts(ctx context.Context, snap *geo.Snapshot, of *dossierSubject) (*dossierFacts, error) {
	now := *of.q
	now.Change, now.By, now.Villages = nil, "village", []string{of.villages.ID(of.i)}
	gaps, err := s.Coverage.Gaps(ctx, snap, &now)
	if err != nil {
		return nil, gapProblem(err)
	}
	f := &dossierFacts{row: gaps.Totals, provenance: gaps.Provenance}
	if len(gaps.Rows) == 1 {
		f.row = gaps.Rows[0]
	}
	clashes, err := s.Coverage.Reconcile(ctx, snap, &now)
	if err != nil {
		return nil, gapProblem(err)
	}
	f.clashes = clashes.Rows
	if of.tower != nil {
		if f.gain, err = s.Coverage.Difference(ctx, snap, of.q); err != nil {
			return nil, gapProblem(err)
		}
	}
	towers, err := s.Coverage.Towers(ctx, snap)
	if err != nil {
		return nil, gapProblem(err)
	}
	for _, t := range towers {
		if t.Status == "active" {
			f.towers = append(f.towers, neighbourTower{t, coverage.Distance(of.at, t.At)})
		}
	}
	slices.SortFunc(f.towers, func(a, b neighbourTower) int { return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.ID, b.ID)) })
	f.towers = slices.Clone(f.towers[:min(len(f.towers), dossierTowers)])
	f.places = publicPlaces(snap, of)
	return f, nil
}

// publicPlaces are the points in a village of all collections that are no
// networks, measurements or wares.
func publicPlaces(snap *geo.Snapshot, of *dossierSubject) []publicPlace {
	code, shape := of.villages.ID(of.i), of.villages.Geometry(of.i)
	var all []publicPlace
	if shape == nil {
		return nil
	}
	for _, l := range snap.Layers() {
		id := l.Collection.ID
		if l.Derived || l.Collection.Geometry != geo.Point || slices.Contains([]string{"towers", "measurements", "blankspots", "products", "fibre", "villages_label"}, id) {
			continue
		}
		for _, k := range l.Search(shape.Bound(), nil) {
			g := l.Geometry(int(k))
			if g == nil {
				continue
			}
			in := word(l, "village_code", int(k))
			if in == "" {
				if v, d := coverage.Nearest(of.villages, g.Bound().Center(), 1, nil); v == of.i && d == 0 {
					in = code
				}
			}
			if in == code {
				all = append(all, publicPlace{id, cmp.Or(word(l, "name", int(k)), l.ID(int(k))), cmp.Or(word(l, "category", int(k)), word(l, "kind", int(k)))})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b publicPlace) int {
		return cmp.Or(cmp.Compare(a.collection, b.collection), cmp.Compare(a.name, b.name))
	})
	return all
}
