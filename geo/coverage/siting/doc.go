// Package siting chooses where to build: the maximal covering location problem
// (MCLP; Church and ReVelle 1974). Given demand with weights and candidates that
// each cover some of it, it chooses candidates within a budget so that the
// weight covered at least once is as great as it can be, and says how far from
// the best possible the answer can be at most.
//
// The way there: lazy greedy (Minoux 1978), which reaches 1−1/e of the optimum
// (Nemhauser, Wolsey and Fisher 1978); swaps of one site for another while they
// gain; then an upper bound on what any choice could reach. Small problems are
// solved exactly. The same problem always has the same answer: ties go to the
// lowest candidate, and all sums are of integers.
//
// It knows nothing of maps: demand is numbered, and what a candidate covers is a
// list of runs of that numbering. A disc on a lattice numbered row by row is a
// run a row, so that its gain is a few differences of running sums, however many
// cells lie in it.
package siting
