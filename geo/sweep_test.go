package geo_test

import (
	"cmp"
	"slices"
)

// sweep calls f with each pair of items whose ranges [from, to] overlap.
func sweep[T any](items []T, from, to func(T) uint32, f func(a, b T)) {
	slices.SortFunc(items, func(a, b T) int { return cmp.Compare(from(a), from(b)) })
	var active []T
	for _, a := range items {
		active = slices.DeleteFunc(active, func(b T) bool { return to(b) < from(a) })
		for _, b := range active {
			f(a, b)
		}
		active = append(active, a)
	}
}
