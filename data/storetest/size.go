//go:build !race

package storetest

// large is how many records testLarge writes.
const large = 50_000
