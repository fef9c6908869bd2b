// Package quality tells how good the data of a snapshot are: what is missing,
// what contradicts, what lies where it should not, and how old it is. It is a
// function of the snapshot alone, so the command that checks a store and the
// service that shows the summary beside the map say the same.
//
// It judges and changes nothing, and knows no thresholds that a reader could not
// look up here: each is a constant with its reason. Whether single areas are
// valid is not asked: import sees to that.
package quality
