package siting

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Where each costs 1, buying is that of a list of costs of 1.
func TestMostIsBuy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		worth := rapid.SliceOf(rapid.Int64Range(-1, 12)).Draw(t, "worth")
		budget := rapid.Int64Range(0, 15).Draw(t, "budget")
		priced := &Problem{Costs: slices.Repeat([]int64{1}, len(worth))}
		want, those := priced.buy(worth, budget)
		got, these := (&Problem{}).buy(worth, budget)
		if len(worth) > 0 && (got != want || !slices.Equal(these, those)) {
			t.Fatalf("%d %v, want %d %v", got, these, want, those)
		}
	})
}
