package siting

import (
	"context"
	"slices"
)

// search is a branch and bound over candidates in and out. Its bounds are those
// of the certificate, at each node of the tree.
type search struct {
	p      *Problem
	prices *prices
	best   []int32
	value  int64
	nodes  int
	limit  int
}

// The steps for a bound at the root and at each node after it.
const (
	rootSteps = 400
	nodeSteps = 24
)

// run looks for a choice better than the best known, until there is none or the
// limit of nodes is reached. It reports whether the best is proven.
func (s *search) run(ctx context.Context, c *choice, out []bool) (proven bool, err error) {
	if s.nodes++; s.nodes > s.limit {
		return false, nil
	}
	gains := make([]int64, len(s.p.Covers))
	at := node{in: c.sites, out: slices.Clone(out)}
	for site := range gains {
		if at.out[site] = at.out[site] || !c.may(int32(site)); !at.out[site] {
			if gains[site] = c.gain(int32(site)); gains[site] == 0 {
				at.out[site] = true
			}
		}
	}
	if c.value > s.value {
		s.value, s.best = c.value, slices.Clone(c.sites)
	}
	if more, _ := s.p.buy(gains, s.p.Budget-c.spent); c.value+more <= s.value {
		return true, nil
	}
	steps := nodeSteps
	if s.nodes == 1 {
		steps = rootSteps
	}
	kept := slices.Clone(s.prices.price)
	bound, err := s.prices.descend(ctx, at, s.value, steps)
	if s.prices.value > s.value {
		s.value, s.best = s.prices.value, s.prices.sites
	}
	if err != nil || bound <= s.value {
		copy(s.prices.price, kept)
		return err == nil, err
	}
	branch := noCandidate
	for site, g := range gains {
		if !at.out[site] && (branch == noCandidate || g > gains[branch]) {
			branch = int32(site)
		}
	}
	if branch == noCandidate {
		return true, nil
	}
	c.add(branch)
	proven, err = s.run(ctx, c, at.out)
	c.drop(branch)
	if !proven || err != nil {
		return false, err
	}
	at.out[branch] = true
	return s.run(ctx, c, at.out)
}
