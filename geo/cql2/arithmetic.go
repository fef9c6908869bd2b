package cql2

import (
	"math"
	"strconv"
)

func (p *parser) sum() (*node, error) { return p.operators(p.product, "+", "-") }

func (p *parser) product() (*node, error) { return p.operators(p.power, "*", "/", "%", "div") }

// operators reads one or more operands with one of the operators between, which
// bind to the left.
func (p *parser) operators(one func() (*node, error), ops ...string) (*node, error) {
	a, err := one()
	if err != nil {
		return nil, err
	}
	for length := 1; ; length++ {
		op, at := "", p.next.at
		for _, o := range ops {
			if p.next.sign(o) || p.next.is(o) {
				op = o
			}
		}
		if op == "" {
			return a, nil
		}
		if length >= MaxDepth {
			return nil, p.wrong(at, "more than %d operands in a row", MaxDepth)
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		b, err := one()
		if err != nil {
			return nil, err
		}
		a = p.node(at, op, a, b)
	}
}

func (p *parser) power() (*node, error) {
	a, err := p.signed()
	if err != nil || !p.next.sign("^") {
		return a, err
	}
	at := p.next.at
	if err := p.advance(); err != nil {
		return nil, err
	}
	b, err := p.signed()
	if err == nil && p.next.sign("^") {
		return nil, p.wrong(p.next.at, "a power of a power needs parentheses")
	}
	return p.node(at, "^", a, b), err
}

// signed reads an operand that may have a minus, which is part of a number and
// else a product with -1.
func (p *parser) signed() (*node, error) {
	at := p.next.at
	minus, err := p.found("-")
	if err != nil {
		return nil, err
	}
	if !minus {
		plus, err := p.found("+")
		if err == nil && plus && p.next.kind != tokenNumber {
			return nil, p.wrong(p.next.at, "expected a number after +, found %s", p.next)
		}
		if err != nil {
			return nil, err
		}
		return p.operand()
	}
	if p.next.kind == tokenNumber {
		v, err := p.number("-" + p.next.text)
		if err != nil {
			return nil, err
		}
		return p.literal(at, v), p.advance()
	}
	n, err := p.operand()
	return p.node(at, "*", p.literal(at, int64(-1)), n), err
}

// number reads digits: int64 when it is a whole number of that range.
func (p *parser) number(s string) (any, error) {
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) {
		return nil, p.wrong(p.next.at, "%.40q is not a number that can be reckoned with", s)
	}
	return number(f), nil
}
