package coverage

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// sources are the layers that states are computed from.
var sources = []string{"villages", "coverage", "towers", "measurements"}

// Mobile technologies, which "any" stands for.
var mobile = []string{"2g", "3g", "4g", "5g"}

// operators returns, in order, the operators of a technology that an evidence
// tells something of; technology any: of any mobile one.
func (s *scene) operators(technology, evidence string) []string {
	wanted := func(t string) bool {
		return t == technology || technology == "any" && slices.Contains(mobile, t)
	}
	is := func(e string) bool { return evidence == "best" || evidence == e }
	seen := map[string]bool{}
	for _, c := range s.claims {
		if wanted(c.technology) && is(c.evidence) {
			seen[c.operator] = true
		}
	}
	for _, t := range s.towers {
		if t.Status == "active" && is("modelled") && slices.ContainsFunc(t.Technologies, wanted) {
			for _, o := range t.Operators {
				seen[o] = true
			}
		}
	}
	for _, m := range s.tests {
		if is("measured") && m.operator != "" && (technology == "any" || m.about(technology)) {
			seen[m.operator] = true
		}
	}
	if s.change != nil && is("modelled") {
		for _, t := range s.change.Add {
			if slices.ContainsFunc(t.Technologies, wanted) {
				for _, o := range t.Operators {
					seen[o] = true
				}
			}
		}
	}
	delete(seen, "")
	var all []string
	for o := range seen {
		all = append(all, o)
	}
	slices.Sort(all)
	return all
}

// known are the operators without those that a change alone brings.
func (s *scene) known(technology, evidence string) []string {
	now := *s
	now.change = nil
	return now.operators(technology, evidence)
}

// named is the states of an operator, or of several together.
type named struct {
	operator string
	*States
}

// states answers the query's operator, technology, evidence and threshold.
func (s *scene) states(ctx context.Context, q *Query, t *Threshold) ([]named, error) {
	operators := s.operators(q.Technology, q.Evidence)
	one := func(operator string) (*States, error) { return s.operator(ctx, operator, q.Technology, q.Evidence, t) }
	if n, err := strconv.Atoi(q.Operator); err == nil {
		st, err := s.several(ctx, q, t, operators, n)
		return []named{{q.Operator, st}}, err
	}
	switch q.Operator {
	case "any":
		st, err := s.several(ctx, q, t, operators, 1)
		return []named{{q.Operator, st}}, err
	case "all":
		if known := s.known(q.Technology, q.Evidence); len(known) > 0 {
			operators = known // who is only planned is not missed where all are asked for
		}
		st, err := s.several(ctx, q, t, operators, max(len(operators), 1))
		return []named{{q.Operator, st}}, err
	case "each":
		all := make([]named, len(operators))
		for i, o := range operators {
			st, err := one(o)
			if err != nil {
				return nil, err
			}
			all[i] = named{o, st}
		}
		return all, nil
	}
	st, err := one(q.Operator)
	return []named{{q.Operator, st}}, err
}

// several is where at least n of the operators are.
func (s *scene) several(ctx context.Context, q *Query, t *Threshold, operators []string, n int) (*States, error) {
	build := func(ctx context.Context) (*States, error) {
		known := s.known(q.Technology, q.Evidence)
		if len(known) == 0 && n > len(operators) {
			return unknownStates(s.Grid), nil
		}
		all := make([]*States, len(operators))
		for i, o := range operators {
			// Of who is only planned everything is known: the plan. Else what others
			// lack would become unknown wherever it is not reached.
			of := *s
			of.complete = len(known) > 0 && !slices.Contains(known, o)
			st, err := of.operator(ctx, o, q.Technology, q.Evidence, t)
			if err != nil {
				return nil, err
			}
			all[i] = st
		}
		st := atLeast(s.Grid, n, all)
		if n != 1 {
			return st, nil
		}
		// Tests that name no operator tell of somebody's signal, and of nobody in
		// particular: they count for any, where no operator is known.
		unnamed, err := s.unnamed(ctx, q.Technology, q.Evidence, t)
		if err != nil || unnamed == nil {
			return st, err
		}
		return orUnnamed(st, unnamed), nil
	}
	if s.change != nil {
		return build(ctx)
	}
	key := s.stateKey("several/"+strconv.Itoa(n)+"/"+strings.Join(operators, ";"), q.Technology, q.Evidence, t)
	return cached(ctx, s.engine.cache, key, build)
}

// orUnnamed adds tests of unnamed operators: covered where they are covered, and
// not covered where they are not and nothing else is known.
func orUnnamed(st, unnamed *States) *States {
	not := AndNot(Or(st.Not, AndNot(unnamed.Not, st.Covered)), unnamed.Covered)
	out := &States{Covered: Or(st.Covered, unnamed.Covered), Not: not}
	rest := AndNot(AndNot(unnamed.Not, st.Known()), unnamed.Covered)
	return out.leveled([]*States{st}, func(of func(*States) *Set) *Set { return Or(AndNot(of(st), unnamed.Covered), rest) })
}

func (s *scene) unnamed(ctx context.Context, technology, evidence string, t *Threshold) (*States, error) {
	if evidence != "measured" && evidence != "best" || t.RadiusM > 0 || t.Class > 0 {
		return nil, nil
	}
	var of []test
	for _, m := range s.tests {
		if m.operator == "" && (m.about(technology) || technology == "any" && m.network != "fixed") {
			of = append(of, m)
		}
	}
	if len(of) == 0 {
		return nil, nil
	}
	if s.patch != nil {
		st, err := s.patch.whole.unnamed(ctx, technology, evidence, t)
		if err != nil {
			return nil, err
		}
		return s.patch.cutStates(st), nil
	}
	return cached(ctx, s.engine.cache, s.stateKey("unnamed", technology, evidence, t), func(context.Context) (*States, error) {
		return measurements(s.Grid, s.snap.Layer("measurements"), of, t), nil
	})
}

func (s *scene) stateKey(kind, technology, evidence string, t *Threshold) string {
	version := ""
	if s.model != nil {
		version = s.model.Version()
	}
	return s.key("states", sources...) + "/" + strings.Join([]string{version, kind, technology, evidence, t.key()}, "/")
}
