package cql2

import (
	"fmt"
	"strings"
)

// parser reads a filter by recursive descent. The grammar is that of the
// standard (annex B) with one simplification: what a value is, is not decided
// while reading but by Check, so that parentheses may hold anything.
type parser struct {
	text       string
	at         int // byte behind the token next
	characters int // how many there are before it
	next       token
	depth      int
}

func (p *parser) wrong(at int, format string, args ...any) error {
	return &Error{At: at, Reason: fmt.Sprintf(format, args...)}
}

func (p *parser) advance() (err error) {
	p.next, err = p.scan()
	return err
}

// node makes a node that stands at a character of the text.
func (p *parser) node(at int, op string, args ...*node) *node {
	return &node{op: op, args: args, at: at}
}

func (p *parser) literal(at int, value any) *node {
	n := p.node(at, opLiteral)
	n.value = value
	return n
}

// expect passes over a sign that has to be there.
func (p *parser) expect(sign string) error {
	if !p.next.sign(sign) {
		return p.wrong(p.next.at, "expected %q, found %s", sign, p.next)
	}
	return p.advance()
}

// found passes over a sign or keyword if it is there.
func (p *parser) found(s string) (bool, error) {
	if p.next.sign(s) || p.next.is(s) {
		return true, p.advance()
	}
	return false, nil
}

func (p *parser) whole() (*node, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.next.kind == tokenEnd {
		return nil, p.wrong(p.next.at, "the filter is empty")
	}
	n, err := p.condition()
	if err == nil && p.next.kind != tokenEnd {
		return nil, p.wrong(p.next.at, "expected the end or an operator, found %s", p.next)
	}
	return n, err
}

// deeper counts how deep the reader is.
func (p *parser) deeper() error {
	if p.depth++; p.depth > MaxDepth {
		return p.wrong(p.next.at, "more than %d levels of nesting", MaxDepth)
	}
	return nil
}

func (p *parser) condition() (*node, error) {
	return p.chain("or", func() (*node, error) { return p.chain("and", p.negation) })
}

// chain reads one or more of something with a keyword between.
func (p *parser) chain(keyword string, one func() (*node, error)) (*node, error) {
	first, err := one()
	if err != nil || !p.next.is(keyword) {
		return first, err
	}
	all := p.node(first.at, keyword, appendFlat(nil, keyword, first)...)
	for {
		more, err := p.found(keyword)
		if err != nil || !more {
			return all, err
		}
		n, err := one()
		if err != nil {
			return nil, err
		}
		all.args = appendFlat(all.args, keyword, n)
	}
}

func (p *parser) negation() (*node, error) {
	at := p.next.at
	if not, err := p.found("not"); err != nil || !not {
		if err != nil {
			return nil, err
		}
		return p.comparison()
	}
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	n, err := p.negation()
	return p.node(at, "not", n), err
}

// comparison reads a value and what is said of it, if anything is.
func (p *parser) comparison() (*node, error) {
	a, err := p.sum()
	if err != nil {
		return nil, err
	}
	at := p.next.at
	if p.next.kind == tokenSign && strings.Contains(" = <> < <= > >= ", " "+p.next.text+" ") {
		op := p.next.text
		if err := p.advance(); err != nil {
			return nil, err
		}
		b, err := p.sum()
		return p.node(at, op, a, b), err
	}
	if is, err := p.found("is"); err != nil || is {
		if err != nil {
			return nil, err
		}
		return p.isNull(a, at)
	}
	not, err := p.found("not")
	if err != nil {
		return nil, err
	}
	n, err := p.advanced(a)
	switch {
	case err != nil:
		return nil, err
	case n == nil && not:
		return nil, p.wrong(p.next.at, "expected LIKE, BETWEEN or IN after NOT, found %s", p.next)
	case n == nil:
		return a, nil
	case not:
		return p.node(at, "not", n), nil
	}
	return n, nil
}

func (p *parser) isNull(a *node, at int) (*node, error) {
	not, err := p.found("not")
	if err != nil {
		return nil, err
	}
	if !p.next.is("null") {
		return nil, p.wrong(p.next.at, "expected NULL, found %s", p.next)
	}
	n := p.node(at, "isNull", a)
	if not {
		n = p.node(at, "not", n)
	}
	return n, p.advance()
}

// advanced reads LIKE, BETWEEN or IN with what follows; nil if none is there.
func (p *parser) advanced(a *node) (*node, error) {
	at := p.next.at
	for _, op := range []string{"like", "between", "in"} {
		if there, err := p.found(op); err != nil {
			return nil, err
		} else if !there {
			continue
		}
		n := p.node(at, op, a)
		if op == "in" {
			if !p.next.sign("(") {
				return nil, p.wrong(p.next.at, "expected a list in parentheses after IN, found %s", p.next)
			}
			list, err := p.arguments()
			n.args = append(n.args, list...)
			return n, err
		}
		b, err := p.sum()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, b)
		if op == "between" {
			if !p.next.is("and") {
				return nil, p.wrong(p.next.at, "expected AND and the upper end of BETWEEN, found %s", p.next)
			}
			if err := p.advance(); err != nil {
				return nil, err
			}
			if b, err = p.sum(); err != nil {
				return nil, err
			}
			n.args = append(n.args, b)
		}
		return n, nil
	}
	return nil, nil
}

// arguments reads a list of values in parentheses.
func (p *parser) arguments() ([]*node, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var list []*node
	for {
		n, err := p.condition()
		if err != nil {
			return nil, err
		}
		list = append(list, n)
		if more, err := p.found(","); err != nil {
			return nil, err
		} else if !more {
			return list, p.expect(")")
		}
	}
}
