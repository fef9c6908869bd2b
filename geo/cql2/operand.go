package cql2

import (
	"slices"
	"strings"
)

// functions are the operations that are written as calls, with the number of
// their arguments.
func functions(name string) (args int, ok bool) {
	switch {
	case name == "casei" || name == "accenti":
		return 1, true
	case slices.Contains(spatialNames(), name) || slices.Contains(temporalNames(), name):
		return 2, true
	}
	return 0, false
}

func spatialNames() []string {
	return []string{"s_intersects", "s_disjoint", "s_equals", "s_touches", "s_crosses", "s_within", "s_contains", "s_overlaps"}
}

func temporalNames() []string {
	return []string{
		"t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedby", "t_finishes",
		"t_intersects", "t_meets", "t_metby", "t_overlappedby", "t_overlaps", "t_startedby", "t_starts",
	}
}

// operand reads a literal, a property, a call, or something in parentheses.
func (p *parser) operand() (*node, error) {
	t := p.next
	switch t.kind {
	case tokenNumber:
		v, err := p.number(t.text)
		if err != nil {
			return nil, err
		}
		return p.literal(t.at, v), p.advance()
	case tokenText:
		return p.literal(t.at, t.text), p.advance()
	case tokenQuoted:
		return p.property(t)
	case tokenWord:
		return p.word(t)
	}
	if !t.sign("(") {
		return nil, p.wrong(t.at, "expected a property or a value, found %s", t)
	}
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	if err := p.advance(); err != nil {
		return nil, err
	}
	n, err := p.condition()
	if err != nil {
		return nil, err
	}
	return n, p.expect(")")
}

func (p *parser) property(t token) (*node, error) {
	n := p.node(t.at, opProperty)
	n.value = t.text
	return n, p.advance()
}

// word reads what begins with a word: true, false, a call, a geometry, an
// instant, or else a property.
func (p *parser) word(t token) (*node, error) {
	name := strings.ToLower(t.text)
	if name == "true" || name == "false" {
		return p.literal(t.at, name == "true"), p.advance()
	}
	if isReserved(name) {
		return nil, p.wrong(t.at, "expected a property or a value, found %s (a property of that name is written in double quotes)", strings.ToUpper(name))
	}
	if isGeometryWord(name) && p.geometryFollows() {
		return p.geometry(t)
	}
	if !p.callFollows() {
		return p.property(t)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	switch name {
	case "date", "timestamp":
		return p.instant(t, name)
	case "interval":
		return p.interval(t)
	}
	want, ok := functions(name)
	if !ok {
		wrong := &Error{At: t.at, Reason: "there is no function " + t.String() + " here", Allowed: []string{"casei", "accenti", "date", "timestamp", "interval"}}
		wrong.Allowed = append(append(wrong.Allowed, spatialNames()...), temporalNames()...)
		return nil, wrong
	}
	args, err := p.arguments()
	if err == nil && len(args) != want {
		return nil, p.wrong(t.at, "%s has %d arguments; it takes %d", strings.ToUpper(name), len(args), want)
	}
	return p.node(t.at, name, args...), err
}

// callFollows reports whether a parenthesis opens behind the word that is next.
func (p *parser) callFollows() bool {
	return strings.HasPrefix(strings.TrimLeft(p.text[p.at:], " \t\r\n"), "(")
}

// instant reads DATE('2025-10-01') and TIMESTAMP('2025-10-01T08:00:00Z').
func (p *parser) instant(t token, name string) (*node, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	s := p.next
	if s.kind != tokenText {
		return nil, p.wrong(s.at, "expected a text such as '2025-10-01' in %s, found %s", strings.ToUpper(name), s)
	}
	v, ok := parseInstant(s.text)
	switch {
	case !ok || v.partial() || name == "date" && !v.days:
		return nil, p.wrong(s.at, "%s is not %s", s, map[string]string{"date": "a date (2025-10-01)", "timestamp": "a time in UTC (2025-10-01T08:00:00Z)"}[name])
	case name == "timestamp" && v.days:
		return nil, p.wrong(s.at, "%s is a date; a TIMESTAMP has a time as well (2025-10-01T08:00:00Z)", s)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	return p.literal(t.at, v), p.expect(")")
}

// interval reads INTERVAL(from,to); its ends are properties, or texts that are
// dates, times or '..' for an open end.
func (p *parser) interval(t token) (*node, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	n := p.node(t.at, opInterval)
	for k := range 2 {
		if k > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
		}
		end, err := p.intervalEnd()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, end)
	}
	if err := checkInterval(n); err != nil {
		return nil, err
	}
	return n, p.expect(")")
}

func (p *parser) intervalEnd() (*node, error) {
	t := p.next
	if t.kind == tokenText && t.text == ".." {
		return p.literal(t.at, span{}), p.advance()
	}
	if t.kind == tokenText {
		v, ok := parseInstant(t.text)
		if !ok || v.partial() {
			return nil, p.wrong(t.at, "%s is not a date (2025-10-01), a time in UTC (2025-10-01T08:00:00Z) or '..'", t)
		}
		return p.literal(t.at, v), p.advance()
	}
	n, err := p.operand()
	if err == nil && n.op != opProperty && !(n.op == opLiteral && isInstant(n.value)) {
		return nil, p.wrong(t.at, "expected a date, a time, '..' or a property as end of the INTERVAL")
	}
	return n, err
}

func isInstant(v any) bool { _, ok := v.(span); return ok }
