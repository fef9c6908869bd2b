package api

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// countBudget is how many features a request may look at beyond those of its
// page, to count what matches; when it is used up numberMatched is left out.
const countBudget = 200_000

// page is the features that answer a selection.
type page struct {
	positions []int32
	more      bool // there are others after them
	matched   int  // of all pages; -1: not counted
}

// find selects features in the order that is asked for, or that of their ids.
func (sel *selection) find(ctx context.Context, l *geo.Layer) (page, error) {
	if sel.order != nil {
		return sel.findSorted(ctx, l)
	}
	start := 0
	if sel.after != "" {
		at, found := l.Find(sel.after)
		if start = at; found {
			start++
		}
	}
	if sel.boxes == nil && sel.passes == nil {
		end := min(start+sel.limit, l.Len())
		p := page{more: end < l.Len(), matched: l.Len()}
		for i := start; i < end; i++ {
			p.positions = append(p.positions, int32(i))
		}
		return p, nil
	}
	return sel.sift(ctx, l, sel.candidates(l), start)
}

// candidates returns what may match, in ascending order; nil stands for all.
func (sel *selection) candidates(l *geo.Layer) []int32 {
	if sel.boxes == nil {
		return nil
	}
	found := []int32{}
	for _, b := range sel.boxes {
		found = l.Search(b, found)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// sift fills a page with the candidates from start on that match, then goes on
// to count the others, before and after, while the budget lasts.
func (sel *selection) sift(ctx context.Context, l *geo.Layer, candidates []int32, start int) (page, error) {
	n := len(candidates)
	at := func(k int) int { return int(candidates[k]) }
	first, _ := slices.BinarySearch(candidates, int32(start))
	if candidates == nil {
		n, first, at = l.Len(), start, func(k int) int { return k }
	}
	var p page
	looked := 0
	for k := first; k < n; k++ {
		if looked++; looked%1024 == 0 && ctx.Err() != nil {
			return p, ctx.Err()
		}
		if p.more && looked > countBudget {
			p.matched = -1
			return p, nil
		}
		if i := at(k); sel.matches(l, i) {
			p.matched++
			if len(p.positions) < sel.limit {
				p.positions = append(p.positions, int32(i))
			} else {
				p.more = true
			}
		}
	}
	if looked+first > countBudget && first > 0 {
		p.matched = -1
		return p, nil
	}
	for k := range first {
		if k%1024 == 1023 && ctx.Err() != nil {
			return p, ctx.Err()
		}
		if sel.matches(l, at(k)) {
			p.matched++
		}
	}
	return p, nil
}

func (sel *selection) matches(l *geo.Layer, i int) bool {
	if sel.passes != nil && !sel.passes(i) {
		return false
	}
	return sel.boxes == nil || slices.ContainsFunc(sel.boxes, func(b orb.Bound) bool { return l.Intersects(i, b) })
}
