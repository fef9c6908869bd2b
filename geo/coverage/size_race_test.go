//go:build race

package coverage

// raced: the race detector looks at how goroutines meet and not at numbers, so
// it gets fewer of them; every other run has all.
const raced = true
