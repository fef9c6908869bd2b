package coverage

import (
	"context"
	"fmt"
	"slices"
)

// modelled is where towers, as a model has it, or modelled polygons reach. With
// a list of active towers of the operator and technology all is known: the list
// is taken to be complete. A signal says nothing of the speed, except that there is none
// without it.
func (s *scene) modelled(ctx context.Context, operator, technology string, t *Threshold) (*States, error) {
	drawn, err := s.drawn(ctx, operator, technology, t)
	if err != nil {
		return nil, err
	}
	towers := s.active(operator, technology)
	if len(towers) == 0 && !s.adds(operator, technology) || s.model == nil {
		return drawn, nil
	}
	dbm, weakest := t.dbm(), s.weakest(t, towers)
	st := unknownStates(s.Grid)
	if s.complete {
		st = certain(s.Grid.None(), s.Grid.All())
	}
	if len(towers) > 0 {
		if st, err = s.byTowers(ctx, towers, operator, technology, t, dbm, weakest); err != nil {
			return nil, err
		}
	}
	if len(filterClaims(s.claims, operator, technology, "modelled")) > 0 {
		st = atLeast(s.Grid, 1, []*States{st, drawn})
	}
	if !s.adds(operator, technology) || t.speed() {
		return st, nil
	}
	if s.change.everywhere {
		all := s.Grid.All()
		return st.with(all, &Levels{all, all, all, all}), nil
	}
	var added []Tower
	for _, tower := range s.change.Add {
		if tower.serves(operator, technology) {
			added = append(added, tower.with(technology))
		}
	}
	f, failed, err := newField(ctx, s.Grid, added, s.signal(s.weakest(t, added)))
	if err != nil {
		return nil, err
	}
	for id, reason := range failed {
		return nil, fmt.Errorf("tower %s: %s", id, reason)
	}
	return st.with(f.reach(dbm)), nil
}

// drawn is what the modelled polygons of an operator say.
func (s *scene) drawn(ctx context.Context, operator, technology string, t *Threshold) (*States, error) {
	if s.patch != nil {
		st, err := s.patch.whole.drawn(ctx, operator, technology, t)
		if err != nil {
			return nil, err
		}
		return s.patch.cutStates(st), nil
	}
	return cached(ctx, s.engine.cache, s.stateKey("drawn/"+operator, technology, "modelled", t), func(ctx context.Context) (*States, error) {
		return s.polygons(ctx, operator, technology, "modelled", t, true)
	})
}

func (s *scene) byTowers(ctx context.Context, towers []Tower, operator, technology string, t *Threshold, dbm, weakest float64) (*States, error) {
	f, err := s.field(ctx, towers, operator, technology, weakest)
	if err != nil {
		return nil, err
	}
	median, levels := f.reach(dbm)
	all := s.Grid.All()
	st := &States{Covered: median, Not: AndNot(all, median), Levels: &Levels{}}
	if t.speed() {
		st.Covered = s.Grid.None()
	}
	for i, reached := range levels {
		if t.speed() && chances[i] > 0.5 {
			reached = median // where there may be a signal nothing is known of its speed
		}
		st.Levels[i] = AndNot(all, reached)
	}
	return st, nil
}

// maxMargin is how many dB below a threshold the interval of these towers
// reaches.
func maxMargin(towers []Tower) float64 {
	for i := range towers {
		if towers[i].PositionErrorM > 0 {
			return margin(1, 0)
		}
	}
	return fadingMargin
}

// active returns the towers in use that carry a technology of an operator.
func (s *scene) active(operator, technology string) []Tower {
	var all []Tower
	for _, t := range s.towers {
		if t.Status == "active" && t.serves(operator, technology) {
			all = append(all, t.with(technology))
		}
	}
	return all
}

func (s *scene) adds(operator, technology string) bool {
	return s.change != nil && slices.ContainsFunc(s.change.Add, func(t Tower) bool { return t.serves(operator, technology) })
}

func (s *scene) removes(operator, technology string) bool {
	return slices.ContainsFunc(s.towers, func(t Tower) bool {
		return t.serves(operator, technology) && slices.Contains(s.change.Remove, t.ID)
	})
}

// field is the signal of the towers that are left after a change.
func (s *scene) field(ctx context.Context, towers []Tower, operator, technology string, weakest float64) (*field, error) {
	build := func(ctx context.Context) (*field, error) {
		f, _, err := newField(ctx, s.Grid, towers, s.signal(weakest))
		return f, err
	}
	if s.change != nil && s.removes(operator, technology) {
		towers = slices.DeleteFunc(towers, func(t Tower) bool { return slices.Contains(s.change.Remove, t.ID) })
		return build(ctx)
	}
	if s.patch != nil {
		f, err := s.patch.whole.field(ctx, towers, operator, technology, weakest)
		if err != nil {
			return nil, err
		}
		return s.patch.cutField(f), nil
	}
	key := s.key("field", "villages", "towers") + fmt.Sprintf("/%s/%s/%s/%v", s.model.Version(), operator, technology, weakest)
	return cached(ctx, s.engine.cache, key, build)
}

// signal returns the cached signals of the model.
func (s *scene) signal(weakest float64) func(context.Context, Tower) (*Signal, error) {
	return func(ctx context.Context, t Tower) (*Signal, error) {
		key := fmt.Sprintf("signal/%s/%v/%s", s.model.Version(), weakest, signalKey(&t))
		return cached(ctx, s.engine.cache, key, func(ctx context.Context) (*Signal, error) { return s.model.Signal(ctx, t, weakest) })
	}
}

// buffer is the discs around towers: where there is a list, all is known.
func (s *scene) buffer(operator, technology string, t *Threshold) *States {
	towers := s.active(operator, technology)
	known := len(towers) > 0
	if s.change != nil {
		towers = slices.DeleteFunc(towers, func(t Tower) bool { return slices.Contains(s.change.Remove, t.ID) })
		for _, tower := range s.change.Add {
			if tower.serves(operator, technology) {
				towers = append(towers, tower)
			}
		}
	}
	covered := discs(s.Grid, towers, t.RadiusM)
	if s.change != nil && s.change.everywhere && s.adds(operator, technology) {
		covered = s.Grid.All()
	}
	if !known && !s.complete {
		return certain(covered, s.Grid.None())
	}
	return certain(covered, AndNot(s.Grid.All(), covered))
}
