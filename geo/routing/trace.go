package routing

import (
	"cmp"
	"maps"
	"slices"
)

// trace returns the outlines of squares that do not overlap: rings with the area
// on their left, not closed.
func trace(squares []square) [][]vertex {
	upright, level := map[int32][]event{}, map[int32][]event{}
	for _, s := range squares {
		x, y := s.at.x, s.at.y
		// Along its right side the area is on the left of the way up, along its
		// left side on that of the way down; its lower side goes right, its upper left.
		upright[x+s.size] = append(upright[x+s.size], event{y, 1}, event{y + s.size, -1})
		upright[x] = append(upright[x], event{y, -1}, event{y + s.size, 1})
		level[y] = append(level[y], event{x, 1}, event{x + s.size, -1})
		level[y+s.size] = append(level[y+s.size], event{x, -1}, event{x + s.size, 1})
	}
	next := map[vertex][]vertex{}
	link := func(a, b vertex) { next[a] = append(next[a], b) }
	for x, events := range upright {
		sweep(events, func(from, to int32) { link(vertex{x, from}, vertex{x, to}) })
	}
	for y, events := range level {
		sweep(events, func(from, to int32) { link(vertex{from, y}, vertex{to, y}) })
	}
	var rings [][]vertex
	starts := slices.SortedFunc(maps.Keys(next), func(a, b vertex) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	for _, start := range starts {
		for len(next[start]) > 0 {
			rings = append(rings, walk(next, start))
		}
	}
	return rings
}

// event changes how the area lies along a line, from a place on.
type event struct{ at, by int32 }

// sweep gives the stretches of a line that bound the area, in their direction.
func sweep(events []event, bound func(from, to int32)) {
	slices.SortFunc(events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	sum, since := int32(0), int32(0)
	for i := 0; i < len(events); {
		at, before := events[i].at, sum
		for ; i < len(events) && events[i].at == at; i++ {
			sum += events[i].by
		}
		if sum == before {
			continue
		}
		switch {
		case before > 0:
			bound(since, at)
		case before < 0:
			bound(at, since)
		}
		since = at
	}
}

// walk follows the stretches from a corner until it is back, and takes them. Where
// two squares touch in a corner it turns left, which keeps them apart.
func walk(next map[vertex][]vertex, start vertex) []vertex {
	var ring []vertex
	at, came := start, vertex{}
	for {
		ways := next[at]
		take := 0
		if len(ways) > 1 && len(ring) > 0 {
			for i, w := range ways {
				if turnsLeft(came, at, w) {
					take = i
				}
			}
		}
		ring = append(ring, at)
		to := ways[take]
		next[at] = slices.Delete(ways, take, take+1)
		came, at = at, to
		if at == start {
			return ring
		}
	}
}

func turnsLeft(a, b, c vertex) bool {
	return int64(b.x-a.x)*int64(c.y-b.y)-int64(b.y-a.y)*int64(c.x-b.x) > 0
}
