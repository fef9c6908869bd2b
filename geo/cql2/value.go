package cql2

import (
	"math"

	"github.com/petadesa/petadesa/geo"
)

func null[T any]() values[T] {
	return func(int) (none T, ok bool) { return none, false }
}

func always[T any](v T) values[T] {
	return func(int) (T, bool) { return v, true }
}

// text compiles a node of text, or of nothing known.
func (c *compiler) text(n *node) values[string] {
	switch n.op {
	case opLiteral:
		return always(n.value.(string))
	case opProperty:
		return c.words(n)
	}
	inner, fold := c.text(n.args[0]), foldCase
	if n.op == "accenti" {
		fold = foldAccents
	}
	if n.args[0].op == opLiteral {
		return always(fold(n.args[0].value.(string)))
	}
	return func(i int) (string, bool) {
		s, ok := inner(i)
		if !ok {
			return "", false
		}
		return fold(s), true
	}
}

func (c *compiler) words(n *node) values[string] {
	col := c.column(n)
	if col == nil {
		return null[string]()
	}
	words := col.Words()
	at := col.Word
	if c.word != nil {
		at = func(i int) int { return i }
	}
	return func(i int) (string, bool) {
		w := at(i)
		if w < 0 {
			return "", false
		}
		return words[w], true
	}
}

// whole reports whether a node is a whole number that is read, not reckoned:
// those compare exactly.
func (c *compiler) whole(n *node) bool {
	if n.op == opProperty {
		col := c.column(n)
		return col != nil && col.Field.Type == geo.Integer
	}
	_, ok := n.value.(int64)
	return ok
}

func (c *compiler) integer(n *node) values[int64] {
	if n.op == opLiteral {
		return always(n.value.(int64))
	}
	return c.column(n).Int
}

func asFloat(v any) float64 {
	if i, ok := v.(int64); ok {
		return float64(i)
	}
	return v.(float64)
}

// number compiles a node of a number, or of nothing known. What has no finite
// result, as a division by zero, is NULL.
func (c *compiler) number(n *node) values[float64] {
	switch n.op {
	case opLiteral:
		return always(asFloat(n.value))
	case opProperty:
		if col := c.column(n); col != nil {
			return col.Float
		}
		return null[float64]()
	}
	a, b, reckon := c.number(n.args[0]), c.number(n.args[1]), arithmetic(n.op)
	return func(i int) (float64, bool) {
		x, ok := a(i)
		if !ok {
			return 0, false
		}
		y, ok := b(i)
		if !ok {
			return 0, false
		}
		return finite(reckon(x, y))
	}
}

// arithmetic returns what an operator does; DIV is the whole part of the
// quotient, % what is left after it, with the sign of the dividend.
func arithmetic(op string) func(x, y float64) float64 {
	switch op {
	case "+":
		return func(x, y float64) float64 { return x + y }
	case "-":
		return func(x, y float64) float64 { return x - y }
	case "*":
		return func(x, y float64) float64 { return x * y }
	case "/":
		return func(x, y float64) float64 { return x / y }
	case "div":
		return func(x, y float64) float64 { return math.Trunc(x / y) }
	case "%":
		return math.Mod
	}
	return math.Pow
}

// times compiles a comparison or temporal function of instants and intervals.
func (c *compiler) times(op string, a, b *node) conditions {
	x, y := c.time(a), c.time(b)
	return func(i int) truth {
		s, ok := x(i)
		if !ok {
			return unknown
		}
		t, ok := y(i)
		if !ok {
			return unknown
		}
		return truthOf(s.relate(op, t))
	}
}

// time compiles a node of an instant or interval. A text that is no date is
// NULL.
func (c *compiler) time(n *node) values[span] {
	switch n.op {
	case opLiteral:
		return always(n.value.(span))
	case opInterval:
		from, to := c.time(n.args[0]), c.time(n.args[1])
		return func(i int) (span, bool) {
			a, ok := from(i)
			if !ok {
				return span{}, false
			}
			b, ok := to(i)
			if !ok {
				return span{}, false
			}
			return between(a, b)
		}
	}
	written := c.words(n)
	return func(i int) (span, bool) {
		s, ok := written(i)
		if !ok {
			return span{}, false
		}
		return parseInstant(s)
	}
}
