package siting

import (
	"context"
	"errors"
	"math/bits"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// small draws a problem that can be tried out whole.
func small(t *rapid.T) *Problem {
	units := rapid.IntRange(0, 24).Draw(t, "units")
	sites := rapid.IntRange(0, 9).Draw(t, "sites")
	p := &Problem{Budget: rapid.Int64Range(0, 4).Draw(t, "budget")}
	for range units {
		p.Weights = append(p.Weights, rapid.Int64Range(0, 50).Draw(t, "weight"))
	}
	for range sites {
		var members []int
		for u := range units {
			if rapid.IntRange(0, 3).Draw(t, "covers") == 0 {
				members = append(members, u)
			}
		}
		p.Covers = append(p.Covers, points(members))
	}
	if rapid.Bool().Draw(t, "costs") {
		p.Budget *= 5
		p.Costs = []int64{}
		for range sites {
			p.Costs = append(p.Costs, rapid.Int64Range(1, 12).Draw(t, "cost"))
		}
	}
	if rapid.Bool().Draw(t, "conflicts") {
		p.Conflicts = make([][]int32, sites)
		for a := range sites {
			for b := range a {
				if rapid.IntRange(0, 3).Draw(t, "conflict") == 0 {
					p.Conflicts[a] = append(p.Conflicts[a], int32(b))
					p.Conflicts[b] = append(p.Conflicts[b], int32(a))
				}
			}
		}
	}
	return p
}

// worth is the value and cost of a set of sites, and whether it is allowed, the
// slow way.
func worth(p *Problem, sites []int32) (value, cost int64, allowed bool) {
	covered := map[uint32]bool{}
	for _, s := range sites {
		cost += p.cost(s)
		for _, r := range p.Covers[s] {
			for u := r.Start; u < r.End; u++ {
				covered[u] = true
			}
		}
	}
	for u := range covered {
		value += p.Weights[u]
	}
	return value, cost, cost <= p.Budget && p.allows(sites)
}

func optimum(p *Problem) int64 {
	best := int64(0)
	for set := range uint(1) << len(p.Covers) {
		var sites []int32
		for s := set; s != 0; s &= s - 1 {
			sites = append(sites, int32(bits.TrailingZeros(s)))
		}
		if v, _, ok := worth(p, sites); ok {
			best = max(best, v)
		}
	}
	return best
}

// TestAgainstAllChoices compares with trying everything: the exact search finds
// the optimum, no bound is below it, and no certificate above the truth.
func TestAgainstAllChoices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		opt := optimum(p)
		for _, nodes := range []int{-1, 0} {
			s, err := Solve(context.Background(), p, Options{Nodes: nodes})
			if err != nil {
				t.Fatal(err)
			}
			var sites []int32
			last := int64(0)
			for _, site := range s.Sites {
				sites = append(sites, site.Candidate)
				if last += site.Gain; last != site.Cumulative {
					t.Fatalf("gains sum to %d, cumulative %d", last, site.Cumulative)
				}
			}
			value, cost, ok := worth(p, sites)
			if !ok || value != s.Value || cost != s.Spent || last != s.Value {
				t.Fatalf("sites %v: allowed %v, worth %d for %d; the answer says %d for %d", sites, ok, value, cost, s.Value, s.Spent)
			}
			if s.UpperBound < opt {
				t.Fatalf("bound %d below the optimum %d (%s)", s.UpperBound, opt, s.Method)
			}
			if float64(s.Value) < s.Ratio*float64(opt)-1e-9 {
				t.Fatalf("certificate %v for %d of %d (%s)", s.Ratio, s.Value, opt, s.Method)
			}
			if s.Proven && s.Value != opt || nodes == 0 && !s.Proven {
				t.Fatalf("proven %v with %d; the optimum is %d (%s)", s.Proven, s.Value, opt, s.Method)
			}
			again, err := Solve(context.Background(), p, Options{Nodes: nodes})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s, again); diff != "" {
				t.Fatal("another answer to the same question: " + diff)
			}
		}
	})
}

func TestRefusesWhatIsNoProblem(t *testing.T) {
	for name, p := range map[string]*Problem{
		"negative weight":     {Weights: []int64{-1}},
		"weights overflow":    {Weights: []int64{MaxWeight, 1}},
		"empty run":           {Weights: []int64{1}, Covers: [][]Run{{{0, 0}}}},
		"run outside":         {Weights: []int64{1}, Covers: [][]Run{{{0, 2}}}},
		"runs out of order":   {Weights: []int64{1, 1, 1}, Covers: [][]Run{{{2, 3}, {0, 1}}}},
		"runs that touch":     {Weights: []int64{1, 1}, Covers: [][]Run{{{0, 1}, {1, 2}}}},
		"a cost missing":      {Weights: []int64{1}, Covers: [][]Run{nil, nil}, Costs: []int64{1}},
		"a cost of nothing":   {Weights: []int64{1}, Covers: [][]Run{nil}, Costs: []int64{0}},
		"negative budget":     {Budget: -1},
		"conflict with self":  {Weights: []int64{1}, Covers: [][]Run{nil}, Conflicts: [][]int32{{0}}},
		"too many candidates": {Covers: make([][]Run, MaxCandidates+1)},
	} {
		if _, err := Solve(context.Background(), p, Options{}); !errors.Is(err, ErrProblem) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := lattice(40, 3, 5)
	if _, err := Solve(ctx, p, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestTellsOfProgress(t *testing.T) {
	var told []int64
	p := lattice(30, 3, 4)
	s, err := Solve(context.Background(), p, Options{Progress: func(_ int, v int64) { told = append(told, v) }})
	if err != nil {
		t.Fatal(err)
	}
	if len(told) < 4 || told[0] == 0 || slices.Max(told) > s.Value {
		t.Errorf("told %v on the way to %d", told, s.Value)
	}
}

// lattice is a square of side cells with uneven weights, and a candidate every
// third cell with a disc of the radius.
func lattice(side, radius int, budget int64) *Problem {
	p := &Problem{Budget: budget}
	state := uint32(1)
	for range side * side {
		state = state*1664525 + 1013904223
		w := int64(state >> 24)
		if w < 200 {
			w = 0
		}
		p.Weights = append(p.Weights, w)
	}
	for y := 0; y < side; y += 3 {
		for x := 0; x < side; x += 3 {
			p.Covers = append(p.Covers, disc(side, x, y, radius))
		}
	}
	return p
}

func disc(side, x, y, radius int) []Run {
	var runs []Run
	for row := max(0, y-radius); row <= min(side-1, y+radius); row++ {
		half := 0
		for (half+1)*(half+1)+(row-y)*(row-y) <= radius*radius {
			half++
		}
		start, end := uint32(row*side+max(0, x-half)), uint32(row*side+min(side-1, x+half)+1)
		if n := len(runs); n > 0 && runs[n-1].End == start {
			runs[n-1].End = end
		} else {
			runs = append(runs, Run{start, end})
		}
	}
	return runs
}

// BenchmarkRegency is twenty sites of 3.9 thousand candidates for 350,000 cells,
// each covering about 5 km: the size of the regency with a 500 m lattice.
func BenchmarkRegency(b *testing.B) {
	const side, radius = 595, 54
	p := &Problem{Weights: lattice(side, 1, 1).Weights, Budget: 20}
	for y := 0; y < side; y += 5 {
		for x := 0; x < side; x += 5 {
			p.Covers = append(p.Covers, disc(side, x, y, radius))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		s, err := Solve(context.Background(), p, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(s.Ratio, "certificate")
		b.ReportMetric(float64(len(p.Covers)), "candidates")
	}
}
