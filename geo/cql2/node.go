package cql2

import (
	"math"
	"time"
)

// node is an operation, property or literal. Operations have the names that
// CQL2 JSON gives them.
type node struct {
	op    string
	args  []*node
	value any // property: its name; literal: string, int64, float64, bool, span, orb.Geometry
	at    int // the character of the text at which it is, from 1; 0: there was no text
}

const (
	opProperty = "property"
	opLiteral  = "literal"
	opInterval = "interval" // args: its two ends, each a property or an instant
)

// span is an instant or interval: DATE('2025-10-01') is a whole day. An open end
// is the zero time.
type span struct {
	from, to time.Time
	days     bool // its ends are days, each named by its first moment
}

// number makes whole numbers int64 where that loses nothing, so that equal
// numbers are one value.
func number(f float64) any {
	if f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
		return int64(f)
	}
	return f
}

// appendFlat appends n to the arguments of an "and" or "or", or, when n is the
// same operation, its arguments.
func appendFlat(args []*node, op string, n *node) []*node {
	if n.op == op {
		return append(args, n.args...)
	}
	return append(args, n)
}

// properties adds the names of the properties below n to set.
func (n *node) properties(set map[string]bool) {
	if n.op == opProperty {
		set[n.value.(string)] = true
	}
	for _, a := range n.args {
		a.properties(set)
	}
}
