package api

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// dossierSubject reads what a dossier is asked of: village; lon and lat of a tower
// with its parameters; or a tower that a scenario adds, by its number from 1.
func (s *service) dossierSubject(ctx context.Context, snap *geo.Snapshot, p parameters) (*dossierSubject, error) {
	of := &dossierSubject{villages: snap.Layer("villages")}
	if of.villages == nil || of.villages.Len() == 0 {
		return nil, gapProblem(coverage.ErrNoVillages{})
	}
	at, err := p.place()
	if err != nil {
		return nil, err
	}
	ways := 0
	for _, given := range []bool{p["village"] != "", at != nil, p["scenario"] != ""} {
		if given {
			ways++
		}
	}
	if ways > 1 {
		return nil, badParameter("village", "want one of village, lon and lat, and scenario")
	}
	if p["scenario"] == "" && p["tower"] != "" {
		return nil, badParameter("tower", "tower is a number in a scenario, which is not named")
	}
	if at == nil {
		for _, name := range []string{"height_m", "frequency_mhz"} {
			if _, given := p[name]; given {
				return nil, badParameter(name, "%s is of a site: lon and lat are missing", name)
			}
		}
	}
	switch {
	case at != nil:
		err = s.siteOf(ctx, snap, p, *at, of)
	case p["scenario"] != "":
		err = s.plannedSite(ctx, snap, p, of)
	default:
		var ok bool
		if of.i, ok = of.villages.Find(p["village"]); !ok {
			return nil, badParameter("village", "village %s is not the code of a village here; or give lon and lat of a site", quoted(p["village"]))
		}
		if of.q, err = queryOf(parameters{"technology": p["technology"], "operator": p["operator"]}.without(""), ""); err == nil {
			of.label = labelOf(snap, of.villages, of.i)
			of.at = of.label
			if of.q.Operator == "each" {
				err = badParameter("operator", "a dossier answers one question: want any, all, or a name")
			}
		}
	}
	if err != nil {
		return nil, err
	}
	return of, nil
}

// without is the parameters that do not have that value.
func (p parameters) without(value string) parameters {
	some := parameters{}
	for name, v := range p {
		if v != value {
			some[name] = v
		}
	}
	return some
}

// siteOf is a tower that is given by its parameters, checked as scenarios are.
func (s *service) siteOf(ctx context.Context, snap *geo.Snapshot, p parameters, at orb.Point, of *dossierSubject) error {
	t := plannedTower{Lon: &at[0], Lat: &at[1]}
	for name, v := range map[string]*float64{"height_m": &t.HeightM, "frequency_mhz": &t.FrequencyMHz} {
		if err := p.number(name, v); err != nil {
			return err
		}
		if _, given := p[name]; given && *v <= 0 {
			return badParameter(name, "%s is more than 0", name)
		}
	}
	q, err := s.scenarioQuery(ctx, snap, &scenarioPlan{Technology: p["technology"], Operator: p["operator"], Add: []plannedTower{t}})
	if wrong := (*Problem)(nil); errors.As(err, &wrong) && len(wrong.Faults) == 1 {
		name := strings.TrimPrefix(wrong.Parameter, "add[0].")
		return badParameter(name, "%s: %s", name, wrong.Faults[0].Reason)
	}
	if err != nil {
		return err
	}
	return of.site(snap, q, &q.Change.Add[0])
}

// plannedSite is a tower that a scenario adds, alone.
func (s *service) plannedSite(ctx context.Context, snap *geo.Snapshot, p parameters, of *dossierSubject) error {
	for _, name := range []string{"technology", "operator"} {
		if p[name] != "" {
			return badParameter(name, "%s is the scenario's", name)
		}
	}
	d, kept, err := s.keptScenario(ctx, p["scenario"])
	if err != nil {
		return err
	}
	k, err := strconv.Atoi(p["tower"])
	if err != nil || k < 1 || k > len(kept.Add) {
		return badParameter("tower", "want the number of a tower that the scenario adds, from 1 to %d", len(kept.Add))
	}
	q, err := s.scenarioQuery(ctx, snap, &kept.scenarioPlan)
	if err != nil {
		return err
	}
	of.version = strconv.FormatInt(d.Version, 10)
	return of.site(snap, q, &q.Change.Add[len(kept.Move)+k-1])
}

// site fills in the village of a tower, and asks what the tower alone changes.
func (of *dossierSubject) site(snap *geo.Snapshot, q *coverage.Query, t *coverage.Tower) error {
	if q.Operator == "each" {
		return badParameter("operator", "a dossier answers one question: want any, all, or a name")
	}
	of.i, of.away = coverage.Nearest(of.villages, t.At, coverage.MaxBeyond, nil)
	if of.i < 0 {
		return badParameter("lon", "no village is near")
	}
	one := *t
	q.Change = &coverage.Change{Add: []coverage.Tower{one}}
	of.q, of.tower, of.at, of.label = q, &one, one.At, labelOf(snap, of.villages, of.i)
	return nil
}

// labelOf is the point that a village's name stands at.
func labelOf(snap *geo.Snapshot, villages *geo.Layer, i int) orb.Point {
	if l := snap.Layer("villages_label"); l != nil {
		if k, ok := l.Find(villages.ID(i)); ok {
			if q, ok := l.Geometry(k).(orb.Point); ok {
				return q
			}
		}
	}
	return villages.Geometry(i).Bound().Center()
}
