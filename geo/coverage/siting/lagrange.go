package siting

import (
	"context"
	"math"
	"slices"
)

// fine is the part of a weight's unit in which prices are held.
const fine = 1 << 8

// prices are the multipliers of a Lagrangian relaxation of the rule that demand
// counts only where a site covers it: each unit has a price between zero and its
// weight, which a site is paid for covering it and which is lost by counting it.
// For any prices, what the demand keeps above its prices and the best-paid sites
// within the budget together are an upper bound (Galvão and ReVelle 1996); a
// subgradient ascent looks for prices with a low one. Integers keep it exact.
type prices struct {
	p       *Problem
	weights []int64 // in fine units
	price   []int64
	running []int64
	worth   []int64 // what each candidate is paid
	covered []int32 // by how many of the sites of the relaxed problem
	sites   []int32 // the best choice that the relaxed problem took on the way
	value   int64   // of it
	looked  *int64
}

func newPrices(p *Problem, looked *int64) *prices {
	l := &prices{
		p: p, weights: make([]int64, len(p.Weights)), price: make([]int64, len(p.Weights)),
		running: make([]int64, len(p.Weights)+1), worth: make([]int64, len(p.Covers)), covered: make([]int32, len(p.Weights)+1), looked: looked,
	}
	// The first prices go by how often a unit could be covered: rare demand pays
	// all it is worth, and what none covers is no demand.
	times := l.covered
	for _, cover := range p.Covers {
		for _, r := range cover {
			times[r.Start]++
			times[r.End]--
		}
	}
	n := int32(0)
	for i, w := range p.Weights {
		if n += times[i]; n > 0 {
			l.weights[i] = w * fine
			l.price[i] = l.weights[i] / int64(n)
		}
	}
	return l
}

// pay works out what each candidate is paid at these prices, and returns what
// the demand keeps.
func (l *prices) pay(ctx context.Context) (kept int64, err error) {
	accumulate(l.running, func(i int) int64 { return l.price[i] })
	for i, w := range l.weights {
		kept += w - l.price[i]
	}
	for c := range l.worth {
		if err := pause(ctx, c); err != nil {
			return 0, err
		}
		l.worth[c] = sum(l.running, l.p.Covers[c])
	}
	*l.looked += int64(len(l.worth))
	return kept, nil
}

// node is a part of the search: candidates that are in, and that are out.
type node struct {
	in  []int32
	out []bool // by candidate; those in are out too: no more to be chosen
}

// bound is the upper bound at these prices for choices that fit the node, in fine
// units, and the sites that the relaxed problem takes.
func (l *prices) bound(ctx context.Context, at node) (int64, []int32, error) {
	kept, err := l.pay(ctx)
	if err != nil {
		return 0, nil, err
	}
	total, budget := kept, l.p.Budget
	sites := slices.Clone(at.in)
	for _, c := range at.in {
		total += l.worth[c]
		budget -= l.p.cost(c)
	}
	free := make([]int64, len(l.worth))
	for c, w := range l.worth {
		if !at.out[c] {
			free[c] = w
		}
	}
	worth, whole := l.p.buy(free, budget)
	return total + worth, append(sites, whole...), nil
}

// descend looks for lower bounds by at most n steps of the subgradient method,
// each as long as the gap to the value known promises (Held, Wolfe and Crowder
// 1974), and stops when the bound is below what would be better than value. It
// leaves the best prices found.
func (l *prices) descend(ctx context.Context, at node, value int64, n int) (int64, error) {
	best, kept := int64(math.MaxInt64), slices.Clone(l.price)
	length, idle := 1.5, 0
	for range n {
		bound, sites, err := l.bound(ctx, at)
		if err != nil {
			return 0, err
		}
		if bound < best {
			best, idle = bound, 0
			copy(kept, l.price)
		} else if idle++; idle == 8 {
			length, idle = length/2, 0
			copy(l.price, kept)
		}
		l.cover(sites)
		value = max(value, l.value)
		if best/fine <= value || length < 0.005 {
			break
		}
		l.step(length * float64(bound-value*fine))
	}
	copy(l.price, kept)
	return best / fine, nil
}

// cover counts what the sites of the relaxed problem cover, and remembers them
// when they are a better choice than those before.
func (l *prices) cover(sites []int32) {
	clear(l.covered)
	for _, c := range sites {
		for _, r := range l.p.Covers[c] {
			l.covered[r.Start]++
			l.covered[r.End]--
		}
	}
	n, value := int32(0), int64(0)
	for i := range l.price {
		n += l.covered[i]
		if l.covered[i] = n; n > 0 {
			value += l.p.Weights[i]
		}
	}
	if value > l.value && l.p.allows(sites) {
		l.value, l.sites = value, sites
	}
}

// step moves the prices against the subgradient: up where no site of the relaxed
// problem covers, down where more than one does.
func (l *prices) step(size float64) {
	var norm float64
	for i := range l.price {
		d := l.way(i)
		norm += d * d
	}
	if norm == 0 {
		return
	}
	for i, w := range l.weights {
		if d := l.way(i); d != 0 {
			l.price[i] = min(max(l.price[i]+int64(math.Round(size/norm*d)), 0), w)
		}
	}
}

// way is where a price should go, and how fast: nowhere at its limits.
func (l *prices) way(i int) float64 {
	d := 1 - l.covered[i]
	if d > 0 && l.price[i] == l.weights[i] || d < 0 && l.price[i] == 0 {
		return 0
	}
	return float64(d)
}
