// Package wkt reads well-known text (OGC 06-103r4, clause 7), and the SRID that
// PostGIS writes before it. Z and M are dropped and counted; curves and
// surfaces other than polygons are refused.
package wkt

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// maxDepth is how deep collections may be nested.
const maxDepth = 32

// Parse reads one geometry, nil when it is empty. Heights is how many positions
// had more than two numbers, srid 0 when the text names none. An error says at
// which byte the text ceases to be WKT.
func Parse(text string) (g orb.Geometry, srid, heights int, err error) {
	p := parser{text: text}
	if rest, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(text)), "SRID="); ok {
		number, _, found := strings.Cut(rest, ";")
		if srid, err = strconv.Atoi(strings.TrimSpace(number)); err != nil || !found || srid < 0 {
			return nil, 0, 0, fmt.Errorf("SRID=%.20s: want a number and a semicolon", number)
		}
		p.at = strings.IndexByte(text, ';') + 1
	}
	g = p.geometry(0)
	if p.space(); p.err == nil && p.at < len(p.text) {
		p.fail("more text after the geometry")
	}
	if p.err != nil {
		return nil, 0, 0, p.err
	}
	return g, srid, p.heights, nil
}

type parser struct {
	text    string
	at      int
	heights int
	err     error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("byte %d: %s", p.at, fmt.Sprintf(format, args...))
	}
}

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) take(b byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == b {
		p.at++
		return true
	}
	return false
}

// word takes letters, in upper case.
func (p *parser) word() string {
	p.space()
	start := p.at
	for p.at < len(p.text) && (p.text[p.at]|0x20) >= 'a' && (p.text[p.at]|0x20) <= 'z' {
		p.at++
	}
	return strings.ToUpper(p.text[start:p.at])
}

func (p *parser) geometry(depth int) orb.Geometry {
	kind := p.word()
	for _, suffix := range []string{"ZM", "Z", "M"} {
		if rest, ok := strings.CutSuffix(kind, suffix); ok && known(rest) {
			kind = rest
			break
		}
	}
	if !known(kind) {
		if kind == "" {
			p.fail("want the name of a geometry type")
		} else {
			p.fail("%.30q is no geometry type that is read", kind)
		}
		return nil
	}
	mark := p.at
	switch w := p.word(); w {
	case "Z", "M", "ZM":
		mark = p.at
		if p.word() == "EMPTY" {
			return nil
		}
		p.at = mark
	case "EMPTY":
		return nil
	default:
		p.at = mark
	}
	return p.body(kind, depth)
}

func known(kind string) bool {
	switch kind {
	case "POINT", "MULTIPOINT", "LINESTRING", "MULTILINESTRING", "POLYGON", "MULTIPOLYGON", "GEOMETRYCOLLECTION":
		return true
	}
	return false
}

func (p *parser) body(kind string, depth int) orb.Geometry {
	switch kind {
	case "POINT":
		if !p.take('(') {
			p.fail("want '('")
		}
		pt := p.position()
		if !p.take(')') {
			p.fail("want ')'")
		}
		return pt
	case "MULTIPOINT":
		return whole(orb.MultiPoint(list(p, func() orb.Point {
			inner := p.take('(')
			pt := p.position()
			if inner && !p.take(')') {
				p.fail("want ')'")
			}
			return pt
		})))
	case "LINESTRING":
		return whole(orb.LineString(p.path()))
	case "MULTILINESTRING":
		return whole(orb.MultiLineString(list(p, func() orb.LineString { return p.path() })))
	case "POLYGON":
		return whole(p.polygon())
	case "MULTIPOLYGON":
		return whole(orb.MultiPolygon(list(p, p.polygon)))
	}
	if depth >= maxDepth {
		p.fail("collections are nested deeper than %d", maxDepth)
		return nil
	}
	var members orb.Collection
	for _, g := range list(p, func() orb.Geometry { return p.geometry(depth + 1) }) {
		if g != nil {
			members = append(members, g)
		}
	}
	if len(members) == 0 {
		return nil
	}
	return members
}

// whole makes an empty list no geometry.
func whole[T interface {
	orb.MultiPoint | orb.LineString | orb.MultiLineString | orb.Polygon | orb.MultiPolygon
	orb.Geometry
}](g T) orb.Geometry {
	if len(g) == 0 {
		return nil
	}
	return g
}

func (p *parser) polygon() orb.Polygon {
	return orb.Polygon(list(p, func() orb.Ring { return p.path() }))
}

func (p *parser) path() []orb.Point { return list(p, p.position) }

// list reads items in parentheses, or the word EMPTY.
func list[T any](p *parser, item func() T) []T {
	if !p.take('(') {
		mark := p.at
		if p.word() == "EMPTY" {
			return nil
		}
		p.at = mark
		p.fail("want '('")
		return nil
	}
	var items []T
	for p.err == nil {
		items = append(items, item())
		if p.take(')') {
			return items
		}
		if !p.take(',') {
			p.fail("want a comma or ')'")
		}
	}
	return nil
}

// position reads two numbers, and drops up to two more.
func (p *parser) position() (pt orb.Point) {
	n := 0
	for ; p.err == nil && n < 5; n++ {
		f, ok := p.number()
		if !ok {
			break
		}
		if n < 2 {
			pt[n] = f
		}
	}
	switch {
	case p.err != nil:
	case n < 2:
		p.fail("want a position of two numbers")
	case n > 4:
		p.fail("a position of more than four numbers")
	case n > 2:
		p.heights++
	}
	return pt
}

func (p *parser) number() (float64, bool) {
	p.space()
	end := p.at
	for end < len(p.text) && strings.IndexByte("+-.0123456789eE", p.text[end]) >= 0 {
		end++
	}
	if end == p.at {
		return 0, false
	}
	f, err := strconv.ParseFloat(p.text[p.at:end], 64)
	if err != nil {
		p.fail("%.40q is not a number", p.text[p.at:end])
		return 0, false
	}
	p.at = end
	return f, true
}
