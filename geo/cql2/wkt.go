package cql2

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

func isGeometryWord(name string) bool {
	return slices.Contains([]string{
		"point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection", "bbox",
	}, name)
}

// geometryFollows reports whether behind the word that is next comes what makes
// it a geometry: a parenthesis, Z or EMPTY.
func (p *parser) geometryFollows() bool {
	rest := strings.ToLower(strings.TrimLeft(p.text[p.at:], " \t\r\n"))
	word := strings.TrimLeftFunc(rest, continuesWord)
	word = rest[:len(rest)-len(word)]
	return p.callFollows() || word == "z" || word == "m" || word == "zm" || word == "empty"
}

// geometry reads well-known text, or a BBOX, in degrees, longitude first. A
// third coordinate is read and ignored.
func (p *parser) geometry(t token) (*node, error) {
	g, err := p.shape()
	if err != nil {
		return nil, err
	}
	return p.literal(t.at, g), nil
}

func (p *parser) shape() (orb.Geometry, error) {
	t := p.next
	name := strings.ToLower(t.text)
	if t.kind != tokenWord || !isGeometryWord(name) {
		return nil, p.wrong(t.at, "expected a geometry, found %s", t)
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	size := 2
	switch {
	case name == "bbox":
		return p.box(t)
	case p.next.is("z"):
		size = 3
		if err := p.advance(); err != nil {
			return nil, err
		}
	case p.next.is("m"), p.next.is("zm"):
		return nil, p.wrong(p.next.at, "measures are not supported")
	}
	if p.next.is("empty") {
		return nil, p.wrong(p.next.at, "an empty geometry has no relation to any other")
	}
	w := wkt{parser: p, size: size}
	switch name {
	case "point":
		all, err := list(p, w.position)
		if err == nil && len(all) != 1 {
			return nil, p.wrong(t.at, "a POINT has one position, not %d", len(all))
		}
		if err != nil {
			return nil, err
		}
		return all[0], nil
	case "multipoint":
		all, err := list(p, w.wrappedPosition)
		return orb.MultiPoint(all), err
	case "linestring":
		return w.line()
	case "multilinestring":
		all, err := list(p, w.line)
		return orb.MultiLineString(all), err
	case "polygon":
		return w.polygon()
	case "multipolygon":
		all, err := list(p, w.polygon)
		return orb.MultiPolygon(all), err
	}
	all, err := list(p, w.member)
	return orb.Collection(all), err
}

// list reads one or more of something, in parentheses and with commas between.
func list[T any](p *parser, one func() (T, error)) ([]T, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var all []T
	for {
		v, err := one()
		if err != nil {
			return nil, err
		}
		all = append(all, v)
		if more, err := p.found(","); err != nil {
			return nil, err
		} else if !more {
			return all, p.expect(")")
		}
	}
}

// wkt reads the parts of well-known text.
type wkt struct {
	*parser
	size int // numbers of a position
}

func (w wkt) member() (orb.Geometry, error) {
	if err := w.deeper(); err != nil {
		return nil, err
	}
	defer func() { w.depth-- }()
	if w.next.is("bbox") {
		return nil, w.wrong(w.next.at, "a BBOX cannot be in a GEOMETRYCOLLECTION")
	}
	return w.shape()
}

func (w wkt) coordinate() (float64, error) {
	t := w.next
	minus, err := w.found("-")
	if err != nil {
		return 0, err
	}
	if w.next.kind != tokenNumber {
		return 0, w.wrong(t.at, "expected a coordinate, found %s", w.next)
	}
	v, err := w.number(w.next.text)
	if err != nil {
		return 0, err
	}
	f := asFloat(v)
	if minus {
		f = -f
	}
	return f, w.advance()
}

func (w wkt) position() (orb.Point, error) {
	var c [3]float64
	at := w.next.at
	for k := range w.size {
		var err error
		if c[k], err = w.coordinate(); err != nil {
			return orb.Point{}, err
		}
	}
	if wrong := outside(c[0], c[1]); wrong != "" {
		return orb.Point{}, w.wrong(at, "%s", wrong)
	}
	return orb.Point{c[0], c[1]}, nil
}

// outside says what is wrong with a position, if anything.
func outside(lon, lat float64) string {
	switch {
	case math.Abs(lat) > 90:
		return fmt.Sprintf("the latitude %g is not within -90 to 90 (longitude comes first)", lat)
	case math.Abs(lon) > 180:
		return fmt.Sprintf("the longitude %g is not within -180 to 180", lon)
	}
	return ""
}

// wrappedPosition reads a position of a MULTIPOINT: in parentheses or not.
func (w wkt) wrappedPosition() (orb.Point, error) {
	if !w.next.sign("(") {
		return w.position()
	}
	if err := w.advance(); err != nil {
		return orb.Point{}, err
	}
	at, err := w.position()
	if err != nil {
		return at, err
	}
	return at, w.expect(")")
}

func (w wkt) line() (orb.LineString, error) {
	at := w.next.at
	all, err := list(w.parser, w.position)
	if err != nil {
		return nil, err
	}
	for _, q := range all[1:] {
		if q != all[0] {
			return all, nil
		}
	}
	return nil, w.wrong(at, "a LINESTRING has two positions at least")
}

func (w wkt) polygon() (orb.Polygon, error) {
	return list(w.parser, func() (orb.Ring, error) {
		at := w.next.at
		all, err := list(w.parser, w.position)
		switch {
		case err != nil:
			return nil, err
		case len(all) < 4:
			return nil, w.wrong(at, "a ring has four positions at least, not %d", len(all))
		case all[0] != all[len(all)-1]:
			return nil, w.wrong(at, "the ring is not closed: its last position is not its first")
		}
		return orb.Ring(all), nil
	})
}

// box reads BBOX(west,south,east,north), or the same with heights. West greater
// than east crosses the 180th meridian.
func (p *parser) box(t token) (orb.Geometry, error) {
	c, err := list(p, wkt{parser: p}.coordinate)
	switch {
	case err != nil:
		return nil, err
	case len(c) == 6:
		c = []float64{c[0], c[1], c[3], c[4]}
	case len(c) != 4:
		return nil, p.wrong(t.at, "a BBOX has 4 numbers (west,south,east,north) or 6 (with heights), not %d", len(c))
	}
	for k := 0; k < 4; k += 2 {
		if wrong := outside(c[k], c[k+1]); wrong != "" {
			return nil, p.wrong(t.at, "%s", wrong)
		}
	}
	if c[1] > c[3] {
		return nil, p.wrong(t.at, "south %g is greater than north %g", c[1], c[3])
	}
	return orb.Bound{Min: orb.Point{c[0], c[1]}, Max: orb.Point{c[2], c[3]}}, nil
}
