// Package reports is what citizens say of the signal where they are: what may be
// said, when it is confirmed, and what of it may be published.
//
// A report has a cell of the lattice, not a position, an hour, not a time, and
// instead of a person a hash that means nothing on another day. Nothing of a cell is
// published of fewer than k reporters.
//
// The package keeps nothing and knows no HTTP. It refuses reports from where the
// regency is not.
package reports
