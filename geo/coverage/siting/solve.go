package siting

import (
	"context"
	"slices"
	"strings"
)

// Guarantees of greedy choices before anything is known of the problem.
const (
	countFloor  = 0.632 // 1 − 1/e, a number of sites (Nemhauser, Wolsey and Fisher 1978)
	budgetFloor = 0.316 // (1 − 1/e)/2, the better of two greedies (Khuller, Moss and Naor 1999)
)

// Options of Solve; the zero value is right for most.
type Options struct {
	// Nodes of the exact search at most; 0: DefaultNodes, negative: no exact search.
	Nodes int
	// Progress is told how many sites stand and what they cover, as it grows.
	Progress func(sites int, value int64)
}

const (
	// DefaultNodes of the exact search.
	DefaultNodes = 20_000
	smallRuns    = 50_000      // of all covers: above it no exact search is begun
	boundWork    = 150_000_000 // runs and units visited for the Lagrangian bound at most
)

// Site is one chosen candidate.
type Site struct {
	Candidate  int32
	Gain       int64 // weight that it covers and the sites before it do not
	Cumulative int64 // weight covered with the sites before it
}

// Solution is a choice with its certificate.
type Solution struct {
	Sites       []Site // in the order in which each gains most
	Value       int64  // weight covered
	UpperBound  int64  // no choice within the budget covers more
	Ratio       float64
	Method      string // how the sites and the bound were found
	Proven      bool   // Value is the optimum
	Spent       int64  // sum of the costs
	Evaluations int64  // gains worked out
}

// Solve chooses sites. Ratio is what the value is at least of the optimum: the
// better of Value/UpperBound and the guarantee of greedy choices, which holds
// where no candidates conflict. The error is ErrProblem's, or ctx's.
func Solve(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	s := &solver{p: p, o: o, alone: newAlone(p)}
	for _, step := range []func(context.Context) error{s.greedy, s.prefix, s.lagrange, s.exact} {
		if err := step(ctx); err != nil {
			return nil, err
		}
		if s.value == s.bound {
			break
		}
	}
	answer := &Solution{
		Sites: s.ordered(), Value: s.value, UpperBound: s.bound, Proven: s.value == s.bound,
		Method: strings.Join(s.methods, ", ") + "; " + s.boundBy, Evaluations: s.looked,
	}
	for _, site := range s.sites {
		answer.Spent += p.cost(site)
	}
	answer.Ratio = answer.ratio(p)
	return answer, nil
}

// A solver is one problem under way: the best choice so far, and the least bound.
type solver struct {
	p       *Problem
	o       Options
	alone   *alone
	prices  *prices
	first   []int32 // what greedy chose, before swaps
	sites   []int32
	value   int64
	bound   int64 // -1: none yet
	boundBy string
	methods []string
	looked  int64
}

func (s *solver) tell(c *choice) func() {
	return func() {
		if s.o.Progress != nil {
			s.o.Progress(len(c.sites), c.value)
		}
	}
}

// greedy makes the first choice, and swaps sites until none gains.
func (s *solver) greedy(ctx context.Context) error {
	s.bound = -1
	best := newChoice(s.p, &s.looked)
	if err := greedy(ctx, best, false, s.tell(best)); err != nil {
		return err
	}
	s.methods = []string{"lazy greedy"}
	if !s.p.uniform() {
		other := newChoice(s.p, &s.looked)
		if err := greedy(ctx, other, true, s.tell(other)); err != nil {
			return err
		}
		if other.value > best.value {
			best = other
		}
		s.methods = []string{"the better of lazy greedy and cost-benefit greedy"}
	}
	s.first = slices.Clone(best.sites)
	s.methods = append(s.methods, "1-swap")
	return s.swap(ctx, best)
}

// swap improves a choice, and keeps it when it is better than the best.
func (s *solver) swap(ctx context.Context, c *choice) error {
	if err := improve(ctx, c, s.alone, s.tell(c)); err != nil {
		return err
	}
	if c.value > s.value {
		s.sites, s.value = slices.Clone(c.sites), c.value
	}
	return nil
}

func (s *solver) prefix(ctx context.Context) (err error) {
	s.bound, err = prefixBound(ctx, s.p, s.first, &s.looked)
	s.boundBy = "prefix bound"
	return err
}

// runs of all covers together: what one look at every candidate costs.
func (s *solver) runs() int {
	runs := 0
	for _, c := range s.p.Covers {
		runs += len(c)
	}
	return runs
}

// lagrange lowers the bound by prices, and tries what their relaxed problem
// chose on the way.
func (s *solver) lagrange(ctx context.Context) error {
	steps := min(rootSteps, boundWork/(s.runs()+4*len(s.p.Weights)+1))
	if steps == 0 {
		return nil
	}
	s.prices = newPrices(s.p, &s.looked)
	bound, err := s.prices.descend(ctx, node{out: make([]bool, len(s.p.Covers))}, s.value, steps)
	if err != nil {
		return err
	}
	if s.prices.value > s.value {
		c := newChoice(s.p, &s.looked)
		for _, site := range s.prices.sites {
			c.add(site)
		}
		s.methods = append(s.methods, "Lagrangian heuristic")
		if err := s.swap(ctx, c); err != nil {
			return err
		}
	}
	if bound < s.bound {
		s.bound, s.boundBy = max(bound, s.value), "Lagrangian bound"
	}
	return nil
}

// exact proves the best choice of a small problem, or finds a better one.
func (s *solver) exact(ctx context.Context) error {
	limit := s.o.Nodes
	if limit == 0 {
		limit = DefaultNodes
	}
	if limit < 0 || s.prices == nil || s.runs() > smallRuns {
		return nil
	}
	tree := &search{p: s.p, prices: s.prices, best: s.sites, value: s.value, limit: limit}
	proven, err := tree.run(ctx, newChoice(s.p, &s.looked), make([]bool, len(s.p.Covers)))
	s.sites, s.value = tree.best, tree.value
	if proven {
		s.bound, s.boundBy = s.value, "branch and bound"
	}
	return err
}

// ordered is the sites in the order in which each gains most.
func (s *solver) ordered() []Site {
	c := newChoice(s.p, &s.looked)
	left := slices.Sorted(slices.Values(s.sites))
	all := make([]Site, 0, len(left))
	for len(left) > 0 {
		at, gain := 0, int64(-1)
		for i, site := range left {
			if g := c.gain(site); g > gain {
				at, gain = i, g
			}
		}
		c.add(left[at])
		all = append(all, Site{Candidate: left[at], Gain: gain, Cumulative: c.value})
		left = slices.Delete(left, at, at+1)
	}
	return all
}

func (s *Solution) ratio(p *Problem) float64 {
	if s.Proven || s.UpperBound == 0 {
		return 1
	}
	ratio := float64(s.Value) / float64(s.UpperBound)
	switch {
	case p.Conflicts != nil:
		return ratio
	case p.uniform():
		return max(ratio, countFloor)
	default:
		return max(ratio, budgetFloor)
	}
}
