package siting

import (
	"cmp"
	"context"
	"slices"
)

// alone has what each candidate covers by itself: no candidate ever gains more.
type alone struct {
	gain  []int64
	order []int32 // by gain, greatest first, then by number
}

func newAlone(p *Problem) *alone {
	running := make([]int64, len(p.Weights)+1)
	accumulate(running, func(i int) int64 { return p.Weights[i] })
	a := &alone{gain: make([]int64, len(p.Covers)), order: make([]int32, len(p.Covers))}
	for c := range p.Covers {
		a.gain[c], a.order[c] = sum(running, p.Covers[c]), int32(c)
	}
	slices.SortFunc(a.order, func(x, y int32) int {
		return cmp.Or(cmp.Compare(a.gain[y], a.gain[x]), cmp.Compare(x, y))
	})
	return a
}

// maxSwaps bounds how often a site is exchanged; a problem of a regency ends
// after a handful.
const maxSwaps = 1000

// improve exchanges one site for another as long as that gains, taking the best
// exchange for each site in turn, and fills up what the budget then allows.
func improve(ctx context.Context, c *choice, a *alone, step func()) error {
	for swaps, idle := 0, 0; idle < len(c.sites) && swaps < maxSwaps; swaps++ {
		// The sites stand in a queue: an exchange puts the new one at its end.
		site := c.sites[0]
		c.drop(site)
		best, err := c.best(ctx, a, c.gain(site))
		if err != nil {
			return err
		}
		if best == noCandidate {
			c.add(site)
			idle++
			continue
		}
		c.add(best)
		if err := greedy(ctx, c, false, step); err != nil {
			return err
		}
		step()
		idle = 0
	}
	return nil
}

// best returns the candidate that gains most, and more than least; or none.
func (c *choice) best(ctx context.Context, a *alone, least int64) (int32, error) {
	site, gain := noCandidate, least
	for n, o := range a.order {
		if err := pause(ctx, n); err != nil {
			return noCandidate, err
		}
		if a.gain[o] < gain {
			break // and so have all that follow
		}
		if !c.may(o) {
			continue
		}
		if g := c.gain(o); g > gain || g == gain && site != noCandidate && o < site {
			site, gain = o, g
		}
	}
	return site, nil
}
