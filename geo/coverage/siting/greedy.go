package siting

import (
	"cmp"
	"container/heap"
	"context"
	"math/bits"
)

// greedy adds to the choice the candidate that gains most until none may be
// added, or gains anything. Gains never grow as sites are added, so a gain from
// earlier is a bound, and only the candidate on top is worked out again (Minoux
// 1978). With perCost what counts is the gain by its cost.
func greedy(ctx context.Context, c *choice, perCost bool, step func()) error {
	q := &queue{perCost: perCost}
	for site := range c.p.Covers {
		if err := pause(ctx, site); err != nil {
			return err
		}
		if g := c.gain(int32(site)); g > 0 {
			q.bids = append(q.bids, bid{int32(site), g, c.p.cost(int32(site)), len(c.sites)})
		}
	}
	heap.Init(q)
	for n := 0; len(q.bids) > 0; n++ {
		if err := pause(ctx, n); err != nil {
			return err
		}
		top := &q.bids[0]
		switch {
		case !c.may(top.site): // never again: budgets only shrink
			heap.Pop(q)
		case top.at == len(c.sites):
			site := top.site
			heap.Pop(q)
			c.add(site)
			step()
		default:
			top.gain, top.at = c.gain(top.site), len(c.sites)
			if top.gain == 0 {
				heap.Pop(q)
			} else {
				heap.Fix(q, 0)
			}
		}
	}
	return nil
}

// pause ends the work when the context has ended, asked now and then.
func pause(ctx context.Context, n int) error {
	if n%256 == 0 {
		return ctx.Err()
	}
	return nil
}

// A bid is a candidate and what it gained beside the first at sites.
type bid struct {
	site int32
	gain int64
	cost int64
	at   int
}

// queue has the best bid on top; ties go to the lowest candidate.
type queue struct {
	bids    []bid
	perCost bool
}

func (q *queue) Len() int { return len(q.bids) }
func (q *queue) Less(i, j int) bool {
	a, b := &q.bids[i], &q.bids[j]
	order := cmp.Compare(a.gain, b.gain)
	if q.perCost {
		order = compareRatio(a.gain, a.cost, b.gain, b.cost)
	}
	return order > 0 || order == 0 && a.site < b.site
}
func (q *queue) Swap(i, j int) { q.bids[i], q.bids[j] = q.bids[j], q.bids[i] }
func (q *queue) Push(x any)    { q.bids = append(q.bids, x.(bid)) }
func (q *queue) Pop() any {
	last := q.bids[len(q.bids)-1]
	q.bids = q.bids[:len(q.bids)-1]
	return last
}

// compareRatio compares a/b with c/d exactly; none is negative, b and d not zero.
func compareRatio(a, b, c, d int64) int {
	hi1, lo1 := bits.Mul64(uint64(a), uint64(d))
	hi2, lo2 := bits.Mul64(uint64(c), uint64(b))
	return cmp.Or(cmp.Compare(hi1, hi2), cmp.Compare(lo1, lo2))
}
