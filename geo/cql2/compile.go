package cql2

import (
	"math"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// truth is what a condition is of a feature. NOT is the change of sign, AND the
// least, OR the greatest.
type truth int8

const (
	no      truth = -1
	unknown truth = 0
	yes     truth = 1
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// The values that nodes have for the feature at a position; false says NULL.
type (
	conditions    func(i int) truth
	values[T any] func(i int) (T, bool)
)

// Compile makes a test of the features of the layer, by position. The filter
// must have passed Check with the collection of the layer, alone or among
// others; else Compile fails as Check does. The test is for one goroutine at a
// time.
func (f *Filter) Compile(l *geo.Layer) (func(i int) bool, error) {
	c := checker{collections: []*geo.Collection{&l.Collection}, collection: &l.Collection}
	if err := c.condition(f.root); err != nil {
		return nil, err
	}
	test := (&compiler{layer: l}).condition(f.root)
	return func(i int) bool { return test(i) == yes }, nil
}

// compiler makes functions of nodes. With word set it makes them of positions
// among the distinct words of that column, -1 for NULL, instead of features.
type compiler struct {
	layer *geo.Layer
	word  *geo.Column
}

// condition compiles a condition. One without properties is decided at once; one
// that depends on a single column of text once for each word.
func (c *compiler) condition(n *node) conditions {
	if c.word != nil || n.op == opProperty || n.op == opLiteral {
		return c.operation(n)
	}
	names := map[string]bool{}
	n.properties(names)
	if len(names) == 0 {
		always := c.operation(n)(0)
		return func(int) truth { return always }
	}
	for name := range names {
		if col := c.layer.Column(name); len(names) == 1 && col != nil && col.Field.Type == geo.String {
			return perWord(col, (&compiler{layer: c.layer, word: col}).operation(n))
		}
	}
	return c.operation(n)
}

// perWord asks once for each word, when it is first needed.
func perWord(col *geo.Column, ask conditions) conditions {
	const unasked truth = 2
	known := make([]truth, len(col.Words())+1)
	for w := range known {
		known[w] = unasked
	}
	return func(i int) truth {
		w := col.Word(i)
		if known[w+1] == unasked {
			known[w+1] = ask(w)
		}
		return known[w+1]
	}
}

func (c *compiler) operation(n *node) conditions {
	switch op := n.op; {
	case op == opLiteral:
		always := truthOf(n.value.(bool))
		return func(int) truth { return always }
	case op == opProperty:
		return c.boolean(n)
	case op == "not":
		not := c.condition(n.args[0])
		return func(i int) truth { return -not(i) }
	case op == "and":
		return c.chain(n, no)
	case op == "or":
		return c.chain(n, yes)
	case op == "isNull":
		return c.isNull(n.args[0])
	case op == "between":
		dates := c.dates(n)
		return both(c.compare(dates, ">=", n.args[0], n.args[1]), c.compare(dates, "<=", n.args[0], n.args[2]))
	case op == "in":
		return c.in(n)
	case op == "like":
		return c.like(n)
	case strings.HasPrefix(op, "s_"):
		return c.spatial(n)
	case strings.HasPrefix(op, "t_"):
		return c.times(op, n.args[0], n.args[1])
	}
	return c.compare(c.dates(n), n.op, n.args[0], n.args[1])
}

// boolean reads a property of type boolean.
func (c *compiler) boolean(n *node) conditions {
	col := c.column(n)
	if col == nil {
		return func(int) truth { return unknown }
	}
	return func(i int) truth {
		if b, ok := col.Value(i).(bool); ok {
			return truthOf(b)
		}
		return unknown
	}
}

func (c *compiler) column(n *node) *geo.Column { return c.layer.Column(n.value.(string)) }

// chain compiles AND, which is decided by one that is false, and OR, by one that
// is true.
func (c *compiler) chain(n *node, decides truth) conditions {
	all := make([]conditions, len(n.args))
	for k, a := range n.args {
		all[k] = c.condition(a)
	}
	return func(i int) truth {
		result := -decides
		for _, one := range all {
			switch one(i) {
			case decides:
				return decides
			case unknown:
				result = unknown
			}
		}
		return result
	}
}

func both(a, b conditions) conditions {
	return func(i int) truth { return min(a(i), b(i)) }
}

func (c *compiler) like(n *node) conditions {
	s := c.text(n.args[0])
	p, _ := c.text(n.args[1])(0)
	fits := newPattern(p)
	return func(i int) truth {
		v, ok := s(i)
		if !ok {
			return unknown
		}
		return truthOf(fits.matches(v))
	}
}

func (c *compiler) isNull(n *node) conditions {
	switch c.kind(n) {
	case anything:
		return func(int) truth { return yes }
	case truthy:
		is := c.condition(n)
		return func(i int) truth { return truthOf(is(i) == unknown) }
	case text:
		return missing(c.text(n))
	case numeric:
		return missing(c.number(n))
	case geometric:
		return missing(c.geometry(n))
	}
	return missing(c.time(n))
}

func missing[T any](v values[T]) conditions {
	return func(i int) truth {
		_, ok := v(i)
		return truthOf(!ok)
	}
}

func finite(f float64) (float64, bool) { return f, !math.IsNaN(f) && !math.IsInf(f, 0) }
