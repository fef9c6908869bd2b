package siting

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Limits of a problem.
const (
	MaxCandidates = 200_000
	MaxRuns       = 200_000_000    // of all candidates together
	MaxWeight     = int64(1) << 52 // of all demand together, so that scaled sums do not overflow
	maxCost       = int64(1) << 60 // of a budget
	noCandidate   = int32(-1)
)

// Run is the demand from Start up to but not including End.
type Run struct{ Start, End uint32 }

// Problem is a maximal covering location problem.
type Problem struct {
	// Weights of the demand; none is negative. Units are the caller's: with
	// fractions, scale them up.
	Weights []int64
	// Covers has the runs that each candidate covers: within the demand,
	// ascending, not touching each other.
	Covers [][]Run
	// Costs of the candidates, greater than zero; nil: each costs 1.
	Costs []int64
	// Budget for the sum of the costs. Without Costs it is a number of sites.
	Budget int64
	// Conflicts has, for each candidate, those that may not be chosen beside it,
	// ascending and mutual; nil: none.
	Conflicts [][]int32
}

// ErrProblem is wrapped by what Solve says of a problem that is none.
var ErrProblem = errors.New("not a covering problem")

func (p *Problem) check() error {
	n := len(p.Covers)
	switch {
	case n > MaxCandidates:
		return fmt.Errorf("%w: %d candidates, more than %d", ErrProblem, n, MaxCandidates)
	case len(p.Weights) > math.MaxInt32:
		return fmt.Errorf("%w: %d demand units are too many", ErrProblem, len(p.Weights))
	case p.Costs != nil && len(p.Costs) != n:
		return fmt.Errorf("%w: %d costs for %d candidates", ErrProblem, len(p.Costs), n)
	case p.Conflicts != nil && len(p.Conflicts) != n:
		return fmt.Errorf("%w: conflicts of %d candidates for %d", ErrProblem, len(p.Conflicts), n)
	case p.Budget < 0 || p.Budget > maxCost:
		return fmt.Errorf("%w: a budget of %d", ErrProblem, p.Budget)
	}
	var total int64
	for i, w := range p.Weights {
		if w < 0 || w > MaxWeight || total+w > MaxWeight {
			return fmt.Errorf("%w: weight %d of demand %d: none is negative, and all together are at most %d", ErrProblem, w, i, MaxWeight)
		}
		total += w
	}
	runs := 0
	for c, cover := range p.Covers {
		if runs += len(cover); runs > MaxRuns {
			return fmt.Errorf("%w: more than %d runs of covered demand", ErrProblem, MaxRuns)
		}
		last := int64(-1)
		for _, r := range cover {
			if int64(r.Start) <= last || r.End <= r.Start || int(r.End) > len(p.Weights) {
				return fmt.Errorf("%w: candidate %d: run %d to %d is empty, outside the demand or not after the one before", ErrProblem, c, r.Start, r.End)
			}
			last = int64(r.End)
		}
		if p.Costs != nil && (p.Costs[c] <= 0 || p.Costs[c] > maxCost) {
			return fmt.Errorf("%w: candidate %d costs %d", ErrProblem, c, p.Costs[c])
		}
	}
	for c, others := range p.Conflicts {
		for _, o := range others {
			if o < 0 || int(o) >= n || int(o) == c {
				return fmt.Errorf("%w: candidate %d cannot conflict with %d", ErrProblem, c, o)
			}
		}
	}
	return nil
}

func (p *Problem) cost(c int32) int64 {
	if p.Costs == nil {
		return 1
	}
	return p.Costs[c]
}

// uniform reports whether all candidates cost the same, so that a budget is a
// number of sites.
func (p *Problem) uniform() bool {
	for _, c := range p.Costs {
		if c != p.Costs[0] {
			return false
		}
	}
	return true
}

func (p *Problem) conflicts(c int32) []int32 {
	if p.Conflicts == nil {
		return nil
	}
	return p.Conflicts[c]
}

// allows reports whether no two of the sites conflict.
func (p *Problem) allows(sites []int32) bool {
	for _, s := range sites {
		for _, o := range p.conflicts(s) {
			if slices.Contains(sites, o) {
				return false
			}
		}
	}
	return true
}

// sum of the run's values, from running sums of them.
func sum(running []int64, cover []Run) int64 {
	var s int64
	for _, r := range cover {
		s += running[r.End] - running[r.Start]
	}
	return s
}

// accumulate writes the running sums of n values into running, which is one longer.
func accumulate(running []int64, value func(i int) int64) {
	var s int64
	for i := range len(running) - 1 {
		running[i] = s
		s += value(i)
	}
	running[len(running)-1] = s
}
