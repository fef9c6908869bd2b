package files

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// parseFeature reads the text of a GeoJSON Feature, or of a bare geometry, into
// r. False means that the text is not JSON; what is JSON but not a feature as
// it should be becomes a flaw of the row.
func parseFeature(c *cursor, r *row, names map[string]string) bool {
	if c.peek() != '{' {
		if _, ok := c.raw(); !ok {
			return false
		}
		r.flaws = append(r.flaws, refuse("", CodeNotFeature, "is not an object"))
		return end(c)
	}
	var kind, geometry []byte
	start := c.pos
	seen := make(map[string]bool, 4)
	ok := c.object(func(name []byte) (ok bool) {
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
			if c.peek() == '"' {
				kind, ok = c.text()
				return ok
			}
		case "id":
			r.id, ok = parseValue(c, r, "id")
			return ok
		case "geometry":
			geometry, ok = c.raw()
			return ok
		case "properties":
			return parseProperties(c, r, names)
		}
		_, ok = c.raw()
		return ok
	})
	if !ok || !end(c) {
		return false
	}
	switch {
	case string(kind) == "Feature":
		if geometry != nil {
			parseGeometry(geometry, r)
		}
	case isGeometryType(string(kind)):
		parseGeometry(c.data[start:c.pos], r)
	default:
		r.flaws = append(r.flaws, refuse("type", CodeNotFeature, `is %q, not "Feature"`, kind))
	}
	return true
}

func end(c *cursor) bool {
	return c.peek() == 0 && c.pos == len(c.data) || c.fail("more text after the end")
}

func parseProperties(c *cursor, r *row, names map[string]string) bool {
	if c.word("null") {
		return true
	}
	if c.peek() != '{' {
		r.flaws = append(r.flaws, refuse("properties", CodeNotFeature, "are not an object"))
		_, ok := c.raw()
		return ok
	}
	return c.object(func(raw []byte) bool {
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
func parseValue(c *cursor, r *row, field string) (any, bool) {
	switch c.peek() {
	case '"':
		text, ok := c.text()
		if !ok {
			return nil, false
		}
		if fault := textFault(text); fault != "" {
			r.flaws = append(r.flaws, refuse(field, CodeText, "%s", fault))
			return nil, true
		}
		return string(text), true
	case '{', '[':
		text, ok := c.raw()
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
		return nil, c.word("null") || c.fail("want a value")
	case 't':
		return true, c.word("true") || c.fail("want a value")
	case 'f':
		return false, c.word("false") || c.fail("want a value")
	}
	n, ok := c.number()
	if !ok {
		c.bad = "want a value"
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
