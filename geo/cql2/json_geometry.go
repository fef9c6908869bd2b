package cql2

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/paulmach/orb"
)

// geometryFromJSON reads a GeoJSON geometry.
func geometryFromJSON(o map[string]any, path string, depth int) (*node, error) {
	name, _ := o["type"].(string)
	if name != "GeometryCollection" {
		if !isGeometryWord(strings.ToLower(name)) || name == "BBOX" {
			return nil, wrongJSON(path, "%.60q is no type of geometry", name)
		}
		return geometryFromText(name, o["coordinates"], path)
	}
	members, ok := o["geometries"].([]any)
	if !ok || len(members) == 0 {
		return nil, wrongJSON(path, "a GeometryCollection without geometries")
	}
	var all orb.Collection
	for i, m := range members {
		at := fmt.Sprintf("%s/geometries/%d", path, i)
		member, ok := m.(map[string]any)
		if !ok || depth >= MaxDepth {
			return nil, wrongJSON(at, "expected a geometry")
		}
		n, err := geometryFromJSON(member, at, depth+1)
		if err != nil {
			return nil, err
		}
		all = append(all, n.value.(orb.Geometry))
	}
	return &node{op: opLiteral, value: all}, nil
}

// geometryFromText reads coordinates as the well-known text that they would be,
// so that the same rules hold for both.
func geometryFromText(name string, coordinates any, path string) (*node, error) {
	var b strings.Builder
	heights := name != "BBOX" && writeCoordinates(&b, coordinates, 0)
	written := b.String()
	switch {
	case name == "BBOX":
		var numbers []string
		list, _ := coordinates.([]any)
		for _, v := range list {
			n, ok := v.(json.Number)
			if !ok {
				n = "?"
			}
			numbers = append(numbers, n.String())
		}
		written = "(" + strings.Join(numbers, ",") + ")"
	case name == "Point":
		written = "(" + written + ")"
	}
	if heights {
		written = " Z" + written
	}
	p := parser{text: name + written}
	err := p.advance()
	if err == nil {
		var g orb.Geometry
		if g, err = p.shape(); err == nil && p.next.kind == tokenEnd {
			return &node{op: opLiteral, value: g}, nil
		}
	}
	reason := "what follows it means nothing"
	if wrong := (*Error)(nil); errors.As(err, &wrong) {
		reason = wrong.Reason
	}
	return nil, wrongJSON(path, "the %s cannot be read: %s", name, reason)
}

// writeCoordinates writes nested lists of numbers; it tells whether the first
// position has a height.
func writeCoordinates(b *strings.Builder, v any, depth int) (heights bool) {
	list, ok := v.([]any)
	if !ok || len(list) == 0 || depth > 5 {
		b.WriteString("?")
		return false
	}
	if _, position := list[0].(json.Number); position {
		for i, c := range list {
			if i > 0 {
				b.WriteByte(' ')
			}
			if n, ok := c.(json.Number); ok {
				b.WriteString(n.String())
			} else {
				b.WriteByte('?')
			}
		}
		return len(list) == 3
	}
	b.WriteByte('(')
	for i, c := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		h := writeCoordinates(b, c, depth+1)
		heights = heights || i == 0 && h
	}
	b.WriteByte(')')
	return heights
}
