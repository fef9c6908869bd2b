// Package routing finds ways on the roads of a snapshot: routes with their
// alternatives, what can be reached in a time, and times to many places.
//
// Roads come as they are drawn: lines that cross without a common vertex, ends
// that stop short of the road they join. Build nodes them into a Network: lines
// are joined where they meet, bridges and tunnels only at their vertices. A
// Metric then prices the edges of the network for a vehicle, in whole
// milliseconds, so that costs add up without rounding and any two ways of
// finding a route agree to the last digit.
//
// Queries run on a customizable contraction hierarchy (Dibbelt, Strasser and
// Wagner 2016): the order of the nodes is found once for a network, by nested
// dissection; each metric, and so each vehicle and each wish for signal, is then
// prepared in a fraction of the time.
//
// It knows roads, not signal: who wants a way with signal gives a factor for each
// edge.
package routing
