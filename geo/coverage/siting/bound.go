package siting

import (
	"context"
	"slices"
)

// prefixBound is an upper bound on every choice within the budget, from the
// sites of one: whatever is chosen adds to the first k of them at most the
// greatest gains there that the budget can buy. It is the least over all k.
//
// (For submodular f, f(O) ≤ f(S) + the gains at S of the members of O:
// Nemhauser, Wolsey and Fisher 1978.)
func prefixBound(ctx context.Context, p *Problem, sites []int32, looked *int64) (int64, error) {
	c := newChoice(p, looked)
	gains := make([]int64, len(p.Covers))
	bound := int64(-1)
	for k := 0; ; k++ {
		for site := range gains {
			if err := pause(ctx, site); err != nil {
				return 0, err
			}
			gains[site] = c.gain(int32(site))
		}
		more, _ := p.buy(gains, p.Budget)
		if bound < 0 || c.value+more < bound {
			bound = c.value + more
		}
		if k == len(sites) {
			return bound, nil
		}
		c.add(sites[k])
	}
}

// buy is the relaxed purchase of the most worth with a budget: candidates by
// worth for their cost, the first that does not fit in part (Dantzig 1957). It
// returns that worth, rounded up, and the candidates that fit as a whole. Those
// that are out have no worth.
func (p *Problem) buy(worth []int64, budget int64) (total int64, whole []int32) {
	if p.Costs == nil {
		return most(worth, int(min(budget, int64(len(worth)))))
	}
	order := make([]int32, 0, len(worth))
	for c, w := range worth {
		if w > 0 && p.cost(int32(c)) <= budget {
			order = append(order, int32(c))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		if r := compareRatio(worth[b], p.cost(b), worth[a], p.cost(a)); r != 0 {
			return r
		}
		return int(a - b)
	})
	cut := false
	for _, c := range order {
		cost := p.cost(c)
		switch {
		case cost <= budget:
			whole, budget = append(whole, c), budget-cost
			if !cut {
				total += worth[c]
			}
		case !cut:
			cut = true
			total += int64(float64(worth[c])*(float64(budget)/float64(cost))*(1+1e-12)) + 1
		}
		if budget == 0 {
			break
		}
	}
	return total, whole
}

// most is buy where each costs 1: the n that are worth most, of equal ones the
// first, and what they are worth.
func most(worth []int64, n int) (total int64, best []int32) {
	best = make([]int32, 0, n)
	for c, w := range worth {
		if w <= 0 || n == 0 || len(best) == n && w <= worth[best[n-1]] {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, w, func(o int32, w int64) int {
			if worth[o] >= w {
				return -1
			}
			return 1
		})
		if len(best) == n {
			best = best[:n-1]
		}
		best = slices.Insert(best, at, int32(c))
	}
	for _, c := range best {
		total += worth[c]
	}
	return total, best
}
