package files

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/jsontext"
)

func isGeometryType(kind string) bool {
	switch kind {
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
		return true
	}
	return false
}

// parseGeometry reads the text of a GeoJSON geometry, known to be JSON, into r.
func parseGeometry(text []byte, r *row) {
	c := jsontext.Cursor{Data: text}
	if c.Word("null") {
		return
	}
	var p positions
	g := p.geometry(text)
	if p.flaw.reason != "" {
		r.flaws = append(r.flaws, p.flaw)
		return
	}
	if p.texts > 0 {
		r.flaws = append(r.flaws, repair("geometry", CodeTextNumber, "%s given as text", plural(p.texts, "coordinate")))
	}
	if p.heights > 0 {
		r.flaws = append(r.flaws, repair("geometry", CodeHeight, "%s had more than longitude and latitude, which was dropped", plural(p.heights, "position")))
	}
	r.geometry = g
}

// geometry reads a geometry object; members of a collection are read alike.
func (p *positions) geometry(text []byte) orb.Geometry {
	c := jsontext.Cursor{Data: text}
	var kind string
	var coordinates, geometries []byte
	if c.Peek() == '{' {
		c.Object(func(name []byte) bool {
			if string(name) == "type" && c.Peek() == '"' {
				t, ok := c.Text()
				kind = string(t)
				return ok
			}
			value, ok := c.Raw()
			switch string(name) {
			case "coordinates":
				coordinates = value
			case "geometries":
				geometries = value
			}
			return ok
		})
	}
	switch {
	case !isGeometryType(kind):
		p.fault("is not a GeoJSON geometry")
	case kind == "GeometryCollection":
		return p.collection(geometries)
	case coordinates == nil:
		p.fault("a %s without coordinates", kind)
	default:
		p.Cursor = jsontext.Cursor{Data: coordinates}
		return p.read(kind)
	}
	return nil
}

func (p *positions) collection(text []byte) orb.Geometry {
	var members orb.Collection
	c := jsontext.Cursor{Data: text}
	ok := c.Array(func() bool {
		member, ok := c.Raw()
		members = append(members, p.geometry(member))
		return ok && p.flaw.reason == ""
	})
	if !ok || len(members) == 0 {
		p.fault("a GeometryCollection without geometries")
	}
	return members
}

// positions reads nested arrays of positions; what is wrong with them is its
// flaw.
type positions struct {
	jsontext.Cursor
	flaw           flaw
	texts, heights int
}

func (p *positions) fault(format string, args ...any) bool {
	if p.flaw.reason == "" {
		p.flaw = refuse("geometry", CodeGeometry, format, args...)
	}
	return false
}

func (p *positions) read(kind string) orb.Geometry {
	switch kind {
	case "Point":
		pt, _ := p.position()
		return pt
	case "MultiPoint":
		return orb.MultiPoint(p.line())
	case "LineString":
		return orb.LineString(p.line())
	case "MultiLineString":
		return orb.MultiLineString(nest(p, func() orb.LineString { return p.line() }))
	case "Polygon":
		return p.polygon()
	default:
		return orb.MultiPolygon(nest(p, p.polygon))
	}
}

func (p *positions) polygon() orb.Polygon {
	return orb.Polygon(nest(p, func() orb.Ring { return p.line() }))
}

func (p *positions) line() []orb.Point {
	return nest(p, func() orb.Point { pt, _ := p.position(); return pt })
}

// nest reads an array of items that are arrays themselves.
func nest[T any](p *positions, item func() T) []T {
	var items []T
	if p.Peek() != '[' {
		p.fault("the coordinates are not nested as the type wants")
		return nil
	}
	ok := p.Array(func() bool {
		if p.Peek() != '[' {
			return p.fault("the coordinates are not nested as the type wants")
		}
		items = append(items, item())
		return p.flaw.reason == ""
	})
	if ok && len(items) == 0 {
		p.fault("is empty")
	}
	return items
}

func (p *positions) position() (pt orb.Point, ok bool) {
	n := 0
	if p.Peek() != '[' {
		return pt, p.fault("the coordinates are not nested as the type wants")
	}
	ok = p.Array(func() bool {
		f, ok := p.coordinate()
		if ok && n < 2 {
			pt[n] = f
		}
		n++
		return ok
	})
	switch {
	case !ok:
		return pt, false
	case n == 0:
		return pt, p.fault("is empty")
	case n == 1:
		return pt, p.fault("a position with one number only")
	case n > 2:
		p.heights++
	}
	return pt, true
}

func (p *positions) coordinate() (float64, bool) {
	switch b := p.Peek(); {
	case b == '[':
		return 0, p.fault("the coordinates are nested deeper than the type wants")
	case b == '"':
		text, _ := p.Text()
		if n := jsontext.NumeralLength(text); n == 0 || n != len(text) {
			return 0, p.fault("coordinate %q is not a number", brief(string(text)))
		}
		p.texts++
		return p.float(text)
	case b != '-' && b != 'N' && b != 'I' && (b < '0' || b > '9'):
		text, _ := p.Raw()
		return 0, p.fault("coordinate %s is not a number", brief(string(text)))
	}
	n, _ := p.Number()
	if last := n[len(n)-1]; last < '0' || last > '9' {
		p.fault("coordinate %s: JSON has no such number", n)
		p.flaw.code = CodeNotFinite
		return 0, false
	}
	return p.float(n)
}

func (p *positions) float(text []byte) (float64, bool) {
	f, ok := parseFloat(text)
	if !ok {
		p.fault("coordinate %s is too large for a 64-bit number", text)
		p.flaw.code = CodeRange
	}
	return f, ok
}

// parseFloat reads a numeral as the nearest float64. Up to 15 digits and 22
// places it is one exact division (W. Clinger, How to Read Floating Point
// Numbers Accurately, 1990), which most coordinates are; else strconv does it.
func parseFloat(s []byte) (float64, bool) {
	i, negative := 0, false
	if len(s) > 0 && s[0] == '-' {
		i, negative = 1, true
	}
	var mantissa uint64
	digits, places, point := 0, 0, false
	for ; i < len(s); i++ {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
			mantissa = mantissa*10 + uint64(b-'0')
			if mantissa > 0 {
				digits++
			}
			if point {
				places++
			}
		case b == '.':
			point = true
		default:
			digits = 99
		}
		if digits > 15 || places > 22 {
			f, err := strconv.ParseFloat(string(s), 64)
			return f, err == nil
		}
	}
	f := float64(mantissa) / math.Pow10(places)
	if negative {
		f = -f
	}
	return f, true
}
