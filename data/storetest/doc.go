// Package storetest holds what every data.Store must do, as tests that each
// implementation runs, and the records they use. It knows no implementation.
package storetest
