package coverage

import (
	"context"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// operator is the states of one operator.
func (s *scene) operator(ctx context.Context, operator, technology, evidence string, t *Threshold) (*States, error) {
	build := func(ctx context.Context) (*States, error) {
		switch {
		case technology == "any":
			var all []*States
			for _, tech := range mobile {
				if !slices.Contains(s.operators(tech, evidence), operator) {
					continue
				}
				st, err := s.operator(ctx, operator, tech, evidence, t)
				if err != nil {
					return nil, err
				}
				all = append(all, st)
			}
			return atLeast(s.Grid, 1, all), nil
		case t.RadiusM > 0:
			return s.buffer(operator, technology, t), nil
		case t.Class > 0:
			return surveyed(s.Ground, t)
		}
		switch evidence {
		case "claimed":
			return s.polygons(ctx, operator, technology, evidence, t, true)
		case "modelled":
			return s.modelled(ctx, operator, technology, t)
		case "measured":
			return s.measured(ctx, operator, technology, t)
		}
		// Best: measured over modelled over claimed.
		var best *States
		for _, e := range []string{"claimed", "modelled", "measured"} {
			st, err := s.operator(ctx, operator, technology, e, t)
			if err != nil {
				return nil, err
			}
			if best == nil {
				best = st
			} else {
				best = over(st, best)
			}
		}
		return best, nil
	}
	switch {
	case s.change == nil:
		return cached(ctx, s.engine.cache, s.stateKey("operator/"+operator, technology, evidence, t), build)
	case s.changes(operator, technology) && (evidence == "modelled" || evidence == "best") && t.Class == 0:
		return build(ctx) // what-ifs are not kept
	}
	whole := *s
	whole.change = nil
	if s.patch != nil {
		whole = *s.patch.whole
	}
	st, err := whole.operator(ctx, operator, technology, evidence, t)
	if err != nil || s.patch == nil {
		return st, err
	}
	return s.patch.cutStates(st), nil
}

func (s *scene) polygons(ctx context.Context, operator, technology, evidence string, t *Threshold, everywhere bool) (*States, error) {
	of := filterClaims(s.claims, operator, technology, evidence)
	if len(of) == 0 {
		return unknownStates(s.Grid), nil
	}
	return polygons(ctx, s.Grid, s.snap.Layer("coverage"), of, t, everywhere)
}

func (s *scene) measured(ctx context.Context, operator, technology string, t *Threshold) (*States, error) {
	st, err := s.polygons(ctx, operator, technology, "measured", t, false)
	if err != nil {
		return nil, err
	}
	var of []test
	for _, m := range s.tests {
		if m.operator == operator && m.about(technology) {
			of = append(of, m)
		}
	}
	if len(of) == 0 {
		return st, nil
	}
	return over(measurements(s.Grid, s.snap.Layer("measurements"), of, t), st), nil
}

// surveyed is what the village survey says: whole villages by their class of
// signal, the property podes_signal: 1 very strong, 2 strong, 3 weak, 4 none.
func surveyed(g *Ground, t *Threshold) (*States, error) {
	col := g.villages.Column("podes_signal")
	if col == nil || col.Field.Type != geo.Integer {
		return nil, &ParamError{Parameter: "preset", Value: "podes", Reason: "the villages have no whole number podes_signal, the class of signal (1 to 4) of the village survey"}
	}
	yes, no := g.Grid.NewBuilder(), g.Grid.NewBuilder()
	for v := range g.villages.Len() {
		class, ok := col.Int(v)
		if !ok || class < 1 || class > 4 {
			continue
		}
		b := no
		if int(class) <= t.Class {
			b = yes
		}
		spans, pieces := g.of(v)
		for _, s := range spans {
			b.full[s.word] |= s.mask
		}
		for _, p := range pieces {
			b.Add(p.cell, p.mask)
		}
	}
	covered := yes.Set()
	return certain(covered, AndNot(no.Set(), covered)), nil
}

// changes reports whether the what-if adds or removes a tower of an operator
// and technology; any is every mobile one.
func (s *scene) changes(operator, technology string) bool {
	if s.change == nil {
		return false
	}
	if technology == "any" {
		return slices.ContainsFunc(mobile, func(t string) bool { return s.changes(operator, t) })
	}
	return s.adds(operator, technology) || s.removes(operator, technology)
}
