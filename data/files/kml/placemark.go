package kml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// placemark reads the placemark that was opened last.
func (d *document) placemark(p *Placemark) error {
	var shapes []orb.Geometry
	err := d.children(func(t xml.StartElement) error {
		switch name := t.Name.Local; name {
		case "name", "description", "address", "phoneNumber", "snippet", "Snippet":
			text, err := d.text()
			if text != "" && err == nil {
				p.Fields = append(p.Fields, Field{strings.ToLower(name), text, ""})
			}
			return err
		case "TimeStamp", "TimeSpan":
			return d.children(func(t xml.StartElement) error {
				text, err := d.text()
				p.Fields = append(p.Fields, Field{strings.ToLower(t.Name.Local), text, ""})
				return err
			})
		case "ExtendedData":
			return d.extended(p)
		default:
			return d.geometry(name, p, &shapes)
		}
	})
	p.Geometry = join(shapes)
	if p.Fault != "" {
		p.Geometry = nil
	}
	return err
}

// children calls f at each element in the one that was opened last, and passes
// over what f leaves of it.
func (d *document) children(f func(xml.StartElement) error) error {
	depth := len(d.stack)
	for len(d.stack) >= depth {
		t, err := d.inside()
		if err != nil {
			return err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if err := f(start); err != nil {
			return err
		}
		for len(d.stack) > depth {
			if _, err := d.inside(); err != nil {
				return err
			}
		}
	}
	return nil
}

// extended reads Data and SchemaData.
func (d *document) extended(p *Placemark) error {
	return d.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "Data":
			name := attribute(t, "name")
			return d.children(func(t xml.StartElement) error {
				if t.Name.Local != "value" {
					return nil
				}
				text, err := d.text()
				p.Fields = append(p.Fields, Field{name, text, ""})
				return err
			})
		case "SchemaData":
			schema := strings.TrimPrefix(attribute(t, "schemaUrl"), "#")
			return d.children(func(t xml.StartElement) error {
				text, err := d.text()
				name := attribute(t, "name")
				p.Fields = append(p.Fields, Field{name, text, d.types[schema+"\x00"+name]})
				return err
			})
		}
		return nil
	})
}

// geometry adds what an element holds to shapes. What is no geometry is passed
// over.
func (d *document) geometry(name string, p *Placemark, shapes *[]orb.Geometry) error {
	switch name {
	case "Point", "LineString", "LinearRing":
		path, err := d.coordinates(p)
		if err != nil {
			return err
		}
		switch {
		case len(path) == 0:
			p.fault("a %s without coordinates", name)
		case name == "Point" && len(path) > 1:
			p.fault("a Point of %d positions", len(path))
		case name == "Point":
			*shapes = append(*shapes, path[0])
		default:
			*shapes = append(*shapes, orb.LineString(path))
		}
	case "Polygon":
		var outer, inner []orb.Ring
		err := d.children(func(t xml.StartElement) error {
			list := &inner
			switch t.Name.Local {
			case "outerBoundaryIs":
				list = &outer
			case "innerBoundaryIs":
			default:
				return nil
			}
			return d.children(func(t xml.StartElement) error {
				if t.Name.Local != "LinearRing" {
					return nil
				}
				ring, err := d.coordinates(p)
				*list = append(*list, ring)
				return err
			})
		})
		if err != nil {
			return err
		}
		if len(outer) != 1 || len(outer[0]) == 0 {
			p.fault("a Polygon with %d outer boundaries", len(outer))
			return nil
		}
		*shapes = append(*shapes, append(orb.Polygon{outer[0]}, inner...))
	case "MultiGeometry", "MultiTrack":
		return d.children(func(t xml.StartElement) error { return d.geometry(t.Name.Local, p, shapes) })
	case "Track":
		var path orb.LineString
		err := d.children(func(t xml.StartElement) error {
			if t.Name.Local != "coord" {
				return nil
			}
			text, err := d.text()
			path = append(path, p.positions(strings.Join(strings.Fields(text), ","))...)
			return err
		})
		if len(path) > 0 {
			*shapes = append(*shapes, path)
		}
		return err
	case "Model":
		p.fault("is a three-dimensional model")
	}
	return nil
}

// coordinates reads the element of that name in the one opened last.
func (d *document) coordinates(p *Placemark) (path []orb.Point, err error) {
	err = d.children(func(t xml.StartElement) error {
		if t.Name.Local != "coordinates" {
			return nil
		}
		text, err := d.text()
		path = append(path, p.positions(text)...)
		return err
	})
	return path, err
}

func (p *Placemark) fault(format string, args ...any) {
	if p.Fault == "" {
		p.Fault = fmt.Sprintf(format, args...)
	}
}

// positions reads tuples: numbers divided by commas, tuples by white space.
// Spaces after commas, which many hands write, do not divide.
func (p *Placemark) positions(text string) []orb.Point {
	var path []orb.Point
	for _, tuple := range strings.Fields(closeCommas(text)) {
		parts := strings.Split(strings.TrimSuffix(tuple, ","), ",")
		if len(parts) < 2 || len(parts) > 3 {
			p.fault("position %.60q is not longitude, latitude and perhaps altitude", tuple)
			return path
		}
		var pt orb.Point
		for i, part := range parts {
			f, err := strconv.ParseFloat(part, 64)
			if err != nil && !errors.Is(err, strconv.ErrRange) || f-f != 0 {
				p.fault("%.60q is not a number", part)
				return path
			}
			switch {
			case i < 2:
				pt[i] = f
			case f != 0:
				p.Heights++
			}
		}
		path = append(path, pt)
	}
	return path
}

// closeCommas takes out white space beside commas.
func closeCommas(s string) string {
	if !strings.Contains(s, ", ") && !strings.Contains(s, " ,") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space, comma := false, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			space = true
		case c == ',':
			b.WriteByte(c)
			space, comma = false, true
		default:
			if space && !comma {
				b.WriteByte(' ')
			}
			b.WriteByte(c)
			space, comma = false, false
		}
	}
	return b.String()
}

// join makes one geometry of several: of one kind a multi-geometry, else a
// collection.
func join(shapes []orb.Geometry) orb.Geometry {
	if len(shapes) < 2 {
		if len(shapes) == 0 {
			return nil
		}
		return shapes[0]
	}
	var points orb.MultiPoint
	var lines orb.MultiLineString
	var areas orb.MultiPolygon
	for _, s := range shapes {
		switch s := s.(type) {
		case orb.Point:
			points = append(points, s)
		case orb.LineString:
			lines = append(lines, s)
		case orb.Polygon:
			areas = append(areas, s)
		}
	}
	switch len(shapes) {
	case len(points):
		return points
	case len(lines):
		return lines
	case len(areas):
		return areas
	}
	return orb.Collection(shapes)
}
