package cql2

import (
	"cmp"
	"slices"
	"strings"
)

// dates reports whether an argument of n is a date, so that texts are read as such.
func (c *compiler) dates(n *node) bool {
	return slices.ContainsFunc(n.args, func(a *node) bool { return c.kind(a) == temporal })
}

// compare compiles a comparison by what kinds its sides are of.
func (c *compiler) compare(dates bool, op string, a, b *node) conditions {
	ka, kb := c.kind(a), c.kind(b)
	switch {
	case ka == anything || kb == anything:
		return func(int) truth { return unknown }
	case dates:
		return c.times(op, a, b)
	case ka == text:
		return ordered(op, c.text(a), c.text(b), cmp.Compare[string])
	case ka == truthy:
		return c.alikeTruths(op, a, b)
	case c.whole(a) && c.whole(b):
		return ordered(op, c.integer(a), c.integer(b), cmp.Compare[int64])
	}
	return ordered(op, c.number(a), c.number(b), cmp.Compare[float64])
}

// kind is what a node, which was checked, stands for.
func (c *compiler) kind(n *node) kind {
	k, _ := (&checker{collection: &c.layer.Collection}).kind(n)
	return k
}

// ordered compares values that have an order.
func ordered[T any](op string, a, b values[T], compare func(T, T) int) conditions {
	less, equal, more := truthOf(strings.Contains(op, "<")), truthOf(op == "=" || op == "<=" || op == ">="), truthOf(strings.Contains(op, ">"))
	results := [3]truth{less, equal, more}
	return func(i int) truth {
		x, ok := a(i)
		if !ok {
			return unknown
		}
		y, ok := b(i)
		if !ok {
			return unknown
		}
		return results[compare(x, y)+1]
	}
}

func (c *compiler) alikeTruths(op string, a, b *node) conditions {
	x, y := c.condition(a), c.condition(b)
	equal := truthOf(op == "=")
	return func(i int) truth { return x(i) * y(i) * equal } // unknown is 0
}

// in compiles IN. A list of whole numbers is searched, not gone through: ids can
// be many.
func (c *compiler) in(n *node) conditions {
	if all := wholeNumbers(n.args[1:]); all != nil && c.whole(n.args[0]) {
		v := c.integer(n.args[0])
		return func(i int) truth {
			x, ok := v(i)
			if !ok {
				return unknown
			}
			_, found := slices.BinarySearch(all, x)
			return truthOf(found)
		}
	}
	all, dates := make([]conditions, len(n.args)-1), c.dates(n)
	for k, a := range n.args[1:] {
		all[k] = c.compare(dates, "=", n.args[0], a)
	}
	return func(i int) truth {
		result := no
		for _, one := range all {
			if result = max(result, one(i)); result == yes {
				break
			}
		}
		return result
	}
}

// wholeNumbers returns the literals in order; nil when some are none.
func wholeNumbers(list []*node) []int64 {
	all := make([]int64, len(list))
	for k, a := range list {
		v, ok := a.value.(int64)
		if !ok {
			return nil
		}
		all[k] = v
	}
	slices.Sort(all)
	return all
}
