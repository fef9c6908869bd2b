package coverage

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/coverage/propagation"
	"github.com/petadesa/petadesa/geo/lattice"
)

// whatIf counts a change of towers against what there is: states are made anew
// only in the blocks that a tower of the change reaches, and only villages that
// have a cell there that differs are counted again.
type whatIf struct {
	now, then *counter
	before    *tally
	after     *tally
	changed   []uint64 // a bit a cell, of which anything differs
}

func (s *scene) whatIf(ctx context.Context, q *Query, t *Threshold) (*whatIf, error) {
	whole := *s
	whole.change = nil
	states, err := whole.states(ctx, q, t)
	if err != nil {
		return nil, err
	}
	w := &whatIf{}
	if w.before, err = whole.tally(ctx, q, t, states[0]); err != nil {
		return nil, err
	}
	if w.now, err = cached(ctx, s.engine.cache, "counter"+whole.tallyKey(q, t, states[0].operator), func(ctx context.Context) (*counter, error) {
		return whole.counter(ctx, q, t, states[0].States)
	}); err != nil {
		return nil, err
	}
	p, err := s.touched(ctx, &whole, q, t)
	if err != nil {
		return nil, err
	}
	if err := s.repaint(ctx, q, t, p, w); err != nil {
		return nil, err
	}
	w.after = &tally{rows: slices.Clone(w.before.rows)}
	for v := range w.after.rows {
		if v%16 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if w.touches(v) {
			w.after.rows[v] = Row{}
			w.then.count(v, &w.after.rows[v])
		}
	}
	return w, nil
}

// repaint makes the sets of the change in the blocks of a patch.
func (s *scene) repaint(ctx context.Context, q *Query, t *Threshold, p *patch, w *whatIf) error {
	sub := *s
	sub.base, sub.patch = &base{Ground: &Ground{Grid: p.grid, villages: s.villages}}, p
	states, err := sub.states(ctx, q, t)
	if err != nil {
		return err
	}
	part := &counter{in: p.cut(w.now.in)}
	if err := sub.cutSets(ctx, part, q, t, states[0].States); err != nil {
		return err
	}
	then := *w.now
	w.changed = make([]uint64, len(w.now.known.full))
	paste := func(set **Set, sub *Set) {
		was := *set
		if was == nil {
			return
		}
		*set = p.paste(was, sub)
		p.mark(w.changed, was, *set)
	}
	paste(&then.known, part.known)
	paste(&then.covered, part.covered)
	paste(&then.partial, part.partial)
	if then.in == nil {
		then.cutKnown, then.cutCovered = then.known, then.covered
	} else {
		paste(&then.cutKnown, part.cutKnown)
		paste(&then.cutCovered, part.cutCovered)
	}
	then.levels = nil
	if part.levels != nil || w.now.levels != nil {
		then.levels = &Levels{}
		for i := range then.levels {
			was, is := w.now.cutCovered, part.cutCovered // without an interval all is certain
			if w.now.levels != nil {
				was = w.now.levels[i]
			}
			if part.levels != nil {
				is = part.levels[i]
			}
			then.levels[i] = was
			paste(&then.levels[i], is)
		}
	}
	w.then = &then
	return nil
}

// whatIfRows are all rows after a change, and the totals.
func (s *scene) whatIfRows(ctx context.Context, q *Query, t *Threshold, chosen []int) ([]Row, *Row, error) {
	w, err := s.whatIf(ctx, q, t)
	if err != nil {
		return nil, nil, err
	}
	rows, err := s.villageRows(ctx, q, q.Operator, chosen, w.after)
	if err != nil {
		return nil, nil, err
	}
	rows, sum := s.summed(rows, q)
	return rows, sum, nil
}

// mark sets the bits of the cells of the blocks in which two sets differ.
func (p *patch) mark(changed []uint64, a, b *Set) {
	for _, block := range p.blocks {
		for w := block << blockShift; w < (block+1)<<blockShift; w++ {
			changed[w] |= a.full[w] ^ b.full[w]
			var mixed uint64
			if a.part != nil {
				mixed = a.part[w]
			}
			if b.part != nil {
				mixed |= b.part[w]
			}
			each(w<<6, mixed&^changed[w], func(i int32) {
				if a.Mask(i) != b.Mask(i) {
					changed[w] |= 1 << (i & 63)
				}
			})
		}
	}
}

// touches reports whether anything that village v counts lies in a cell that is
// changed.
func (w *whatIf) touches(v int) bool {
	c := w.now
	in := func(cell int32) bool { return w.changed[cell>>6]>>(cell&63)&1 == 1 }
	spans, pieces := c.ground.of(v)
	for _, s := range spans {
		if w.changed[s.word]&s.mask != 0 {
			return true
		}
	}
	return slices.ContainsFunc(pieces, func(p piece) bool { return in(p.cell) }) ||
		slices.ContainsFunc(c.places.spots[c.places.from[v]:c.places.from[v+1]], func(p spot) bool { return in(p.cell) }) ||
		slices.ContainsFunc(c.lines.stretches[c.lines.from[v]:c.lines.from[v+1]], func(p stretch) bool { return in(p.cell) })
}

// cells counts the cells of the land of which more is covered only after, and
// only before the change.
func (w *whatIf) cells() (gained, lost int) {
	land := w.now.ground.Land
	for k, word := range w.changed {
		each(int32(k)<<6, word, func(i int32) {
			if land.Mask(i) == 0 {
				return
			}
			was, is := w.now.covered.Mask(i), w.then.covered.Mask(i)
			if is&^was != 0 {
				gained++
			}
			if was&^is != 0 {
				lost++
			}
		})
	}
	return gained, lost
}

// touched is the blocks that towers of the change reach, those that are added
// and those that are taken away.
func (s *scene) touched(ctx context.Context, whole *scene, q *Query, t *Threshold) (*patch, error) {
	seen := map[int32]bool{}
	reach := func(tower *Tower, weakest float64) error {
		var w lattice.Window
		if t.RadiusM > 0 {
			perLon, perLat := metresPerDegree(tower.At[1])
			w = lattice.Covering(orb.Bound{Min: tower.At, Max: tower.At}.Pad(1.1*t.RadiusM/min(perLon, perLat) + 0.001))
		} else {
			sig, err := s.signal(weakest)(ctx, *tower)
			if out := (*propagation.RangeError)(nil); errors.As(err, &out) {
				return nil // whoever needs it gets the error
			} else if err != nil {
				return err
			}
			w = sig.Window
		}
		if w.Empty() {
			return nil
		}
		for row := w.Row >> blockShift; row <= (w.Row+w.Height-1)>>blockShift; row++ {
			for col := w.Col >> blockShift; col <= (w.Col+w.Width-1)>>blockShift; col++ {
				if b := s.Grid.block(Block{col, row}); b >= 0 {
					seen[b] = true
				}
			}
		}
		return nil
	}
	technologies := []string{q.Technology}
	if q.Technology == "any" {
		technologies = mobile
	}
	for _, technology := range technologies {
		for i := range s.change.Add {
			if tower := s.change.Add[i].with(technology); s.model != nil && tower.serves("", technology) {
				if err := reach(&tower, s.weakest(t, []Tower{tower})); err != nil {
					return nil, err
				}
			}
		}
		for _, tower := range s.towers {
			if s.model == nil || tower.Status != "active" || !tower.serves("", technology) || !slices.Contains(s.change.Remove, tower.ID) {
				continue
			}
			tower = tower.with(technology)
			for _, operator := range tower.Operators {
				if err := reach(&tower, s.weakest(t, whole.active(operator, technology))); err != nil {
					return nil, err
				}
			}
		}
	}
	blocks := make([]int32, 0, len(seen))
	for b := range seen {
		blocks = append(blocks, b)
	}
	slices.Sort(blocks)
	return newPatch(whole, blocks), nil
}

// weakest is the signal in dBm down to which those of towers are computed for a
// threshold.
func (s *scene) weakest(t *Threshold, towers []Tower) float64 {
	return math.Floor(min(t.dbm(), PresenceRSRP) - maxMargin(towers))
}
