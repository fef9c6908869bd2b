//go:build race

package storetest

// large is fewer records than else: the race detector makes SQLite, which is
// compiled to Go, many times slower, and size brings no races.
const large = 3_000
