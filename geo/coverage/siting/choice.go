package siting

import "slices"

// A choice of candidates, and what is left to gain beside it.
type choice struct {
	p       *Problem
	sites   []int32 // in the order chosen
	times   []uint16
	running []int64 // running sums of the weights that no site covers
	stale   bool    // running is behind times
	blocked []int32 // by how many sites each candidate is excluded; its own choice counts
	value   int64
	spent   int64
	looked  *int64 // counts the gains worked out
}

func newChoice(p *Problem, looked *int64) *choice {
	c := &choice{
		p: p, times: make([]uint16, len(p.Weights)), running: make([]int64, len(p.Weights)+1),
		blocked: make([]int32, len(p.Covers)), looked: looked, stale: true,
	}
	return c
}

func (c *choice) refresh() {
	if c.stale {
		accumulate(c.running, func(i int) int64 {
			if c.times[i] > 0 {
				return 0
			}
			return c.p.Weights[i]
		})
		c.stale = false
	}
}

// gain is what the candidate would add.
func (c *choice) gain(site int32) int64 {
	c.refresh()
	*c.looked++
	return sum(c.running, c.p.Covers[site])
}

// may reports whether the candidate can be added.
func (c *choice) may(site int32) bool {
	return c.blocked[site] == 0 && c.p.cost(site) <= c.p.Budget-c.spent
}

func (c *choice) add(site int32) {
	c.value += c.gain(site)
	c.spent += c.p.cost(site)
	c.sites = append(c.sites, site)
	c.mark(site, 1)
}

func (c *choice) drop(site int32) {
	i := slices.Index(c.sites, site)
	c.sites = slices.Delete(c.sites, i, i+1)
	c.spent -= c.p.cost(site)
	c.mark(site, -1)
	c.value -= c.gain(site)
}

func (c *choice) mark(site int32, by int) {
	for _, r := range c.p.Covers[site] {
		for i := r.Start; i < r.End; i++ {
			c.times[i] = uint16(int(c.times[i]) + by)
		}
	}
	c.blocked[site] += int32(by)
	for _, o := range c.p.conflicts(site) {
		c.blocked[o] += int32(by)
	}
	c.stale = true
}
