package files

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/petadesa/petadesa/data/files/jsontext"
)

// parseFeature reads the text of a GeoJSON Feature, or of a bare geometry, into
// r. False means that the text is not JSON; what is JSON but not a feature as
// it should be becomes a flaw of the row.
func parseFeature(c *jsontext.Cursor, r *row, names map[string]string) bool {
	if c.Peek() != '{' {
		if _, ok := c.Raw(); !ok {
			return false
		}
		r.flaws = append(r.flaws, refuse("", CodeNotFeature, "is not an object"))
		return c.End()
	}
	var kind, geometry []byte
	start := c.Pos
	seen := make(map[string]bool, 4)
	ok := c.Object(func(name []byte) (ok bool) {
		member := string(name)
		switch member {
		case "type", "id", "geometry", "properties":
			if seen[member] {
				r.flaws = append(r.flaws, refuse(member, CodeNotFeature, "is given twice"))
			}
			seen[member] = true
		}
		switch member {
		case "type":
			if c.Peek() == '"' {
				kind, ok = c.Text()
				return ok
			}
		case "id":
			r.id, ok = parseValue(c, r, "id")
			return ok
		case "geometry":
			geometry, ok = c.Raw()
			return ok
		case "properties":
			return parseProperties(c, r, names)
		}
		_, ok = c.Raw()
		return ok
	})
	if !ok || !c.End() {
		return false
	}
	switch {
	case string(kind) == "Feature":
		if geometry != nil {
			parseGeometry(geometry, r)
		}
	case isGeometryType(string(kind)):
		parseGeometry(c.Data[start:c.Pos], r)
	default:
		r.flaws = append(r.flaws, refuse("type", CodeNotFeature, `is %q, not "Feature"`, kind))
	}
	return true
}

func parseProperties(c *jsontext.Cursor, r *row, names map[string]string) bool {
	if c.Word("null") {
		return true
	}
	if c.Peek() != '{' {
		r.flaws = append(r.flaws, refuse("properties", CodeNotFeature, "are not an object"))
		_, ok := c.Raw()
		return ok
	}
	return c.Object(func(raw []byte) bool {
		name, known := names[string(raw)]
		if !known {
			name = string(raw)
			if len(names) < maxProperties {
				names[name] = name
			}
		}
		if fault := textFault(raw); fault != "" {
			r.flaws = append(r.flaws, refuse(name, CodeText, "the name of the property %s", fault))
		}
		for i := range r.properties {
			if r.properties[i].name == name {
				r.flaws = append(r.flaws, refuse(name, CodeTwice, "is given twice in one feature"))
			}
		}
		value, ok := parseValue(c, r, name)
		r.properties = append(r.properties, property{name, value})
		return ok
	})
}

// parseValue reads a property value; field names it in flaws.
func parseValue(c *jsontext.Cursor, r *row, field string) (any, bool) {
	switch c.Peek() {
	case '"':
		text, ok := c.Text()
		if !ok {
			return nil, false
		}
		if fault := textFault(text); fault != "" {
			r.flaws = append(r.flaws, refuse(field, CodeText, "%s", fault))
			return nil, true
		}
		return string(text), true
	case '{', '[':
		text, ok := c.Raw()
		if !ok {
			return nil, false
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, text); err != nil {
			r.flaws = append(r.flaws, refuse(field, CodeNotFinite, "has NaN or Infinity inside, which JSON does not have"))
			return nil, true
		}
		if fault := textFault(compact.Bytes()); fault != "" {
			r.flaws = append(r.flaws, refuse(field, CodeText, "%s", fault))
			return nil, true
		}
		return nested(compact.String()), true
	case 'n':
		return nil, c.Word("null") || c.Fail("want a value")
	case 't':
		return true, c.Word("true") || c.Fail("want a value")
	case 'f':
		return false, c.Word("false") || c.Fail("want a value")
	}
	n, ok := c.Number()
	if !ok {
		c.Bad = "want a value"
		return nil, false
	}
	if last := n[len(n)-1]; last < '0' || last > '9' {
		r.flaws = append(r.flaws, refuse(field, CodeNotFinite, "is %s, which JSON does not have", n))
		return nil, true
	}
	return numeral(n), true
}

// textFault says why a text cannot be kept: databases hold neither.
func textFault(s []byte) string {
	switch {
	case !utf8.Valid(s):
		return "is not valid UTF-8"
	case bytes.IndexByte(s, 0) >= 0:
		return "has a NUL character"
	}
	return ""
}
