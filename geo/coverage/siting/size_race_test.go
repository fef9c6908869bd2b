//go:build race

package siting

// raced: under the race detector, which looks at how goroutines meet and not at
// numbers, only small published instances are solved exactly; every other run solves all.
const raced = true
