package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// collection is one file of the bundle.
type collection struct {
	name        string
	attribution string
	license     string
	features    []feature
}

type feature struct {
	id         string
	geometry   orb.Geometry // nil: none
	properties []property
}

// property is a named value; a nil value or empty string is left out.
type property struct {
	name  string
	value any
}

// write writes the collection as DIR/NAME.geojson: one feature a line, in order
// of id, coordinates with at most six decimals.
func (c collection) write(dir string) error {
	var b bytes.Buffer
	head := [][2]string{{"type", "FeatureCollection"}, {"name", c.name}, {"attribution", c.attribution}, {"license", c.license}}
	b.WriteString("{\n")
	for _, member := range head {
		fmt.Fprintf(&b, "%q: %s,\n", member[0], text(member[1]))
	}
	b.WriteString("\"features\": [\n")
	features := slices.Clone(c.features)
	slices.SortFunc(features, func(x, y feature) int { return cmp.Compare(x.id, y.id) })
	for i, f := range features {
		if i > 0 {
			if features[i-1].id == f.id {
				return fmt.Errorf("%s: id %q twice", c.name, f.id)
			}
			b.WriteString(",\n")
		}
		if err := f.append(&b); err != nil {
			return fmt.Errorf("%s: feature %s: %w", c.name, f.id, err)
		}
	}
	b.WriteString("\n]\n}\n")
	return os.WriteFile(filepath.Join(dir, c.name+".geojson"), b.Bytes(), 0o644)
}

func (f feature) append(b *bytes.Buffer) error {
	fmt.Fprintf(b, `{"type":"Feature","id":%s,"properties":{`, text(f.id))
	first := true
	for _, p := range f.properties {
		if p.value == nil || p.value == "" {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteString(text(p.name) + ":")
		switch v := p.value.(type) {
		case string:
			b.WriteString(text(v))
		case float64:
			b.WriteString(strconv.FormatFloat(v, 'f', -1, 64))
		case int:
			b.WriteString(strconv.Itoa(v))
		case bool:
			b.WriteString(strconv.FormatBool(v))
		default:
			return fmt.Errorf("property %s has type %T", p.name, p.value)
		}
	}
	b.WriteString(`},"geometry":`)
	if err := appendGeometry(b, f.geometry); err != nil {
		return err
	}
	b.WriteByte('}')
	return nil
}

func appendGeometry(b *bytes.Buffer, g orb.Geometry) error {
	if g == nil {
		b.WriteString("null")
		return nil
	}
	fmt.Fprintf(b, `{"type":%q,"coordinates":`, g.GeoJSONType())
	switch g := g.(type) {
	case orb.Point:
		appendPoint(b, g)
	case orb.LineString:
		appendLine(b, g)
	case orb.MultiPolygon:
		appendList(b, g, func(b *bytes.Buffer, p orb.Polygon) {
			appendList(b, p, func(b *bytes.Buffer, r orb.Ring) { appendLine(b, orb.LineString(r)) })
		})
	default:
		return fmt.Errorf("cannot write a %s", g.GeoJSONType())
	}
	b.WriteByte('}')
	return nil
}

func appendList[T any](b *bytes.Buffer, list []T, one func(*bytes.Buffer, T)) {
	b.WriteByte('[')
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		one(b, v)
	}
	b.WriteByte(']')
}

func appendLine(b *bytes.Buffer, l orb.LineString) { appendList(b, l, appendPoint) }

func appendPoint(b *bytes.Buffer, p orb.Point) {
	b.WriteString("[" + coordinate(p[0]) + "," + coordinate(p[1]) + "]")
}

func coordinate(v float64) string { return strconv.FormatFloat(round(v, 6), 'f', -1, 64) }

func round(v float64, digits int) float64 {
	f := math.Pow10(digits)
	return math.Round(v*f) / f
}

// text encodes a string as JSON without escaping <, > and &.
func text(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""` // a string always encodes
	}
	return string(bytes.TrimRight(b.Bytes(), "\n"))
}
