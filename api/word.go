package api

import "github.com/petadesa/petadesa/geo"

// word returns the text of a property, "" when there is none.
func word(l *geo.Layer, name string, i int) string {
	if l == nil {
		return ""
	}
	if c := l.Column(name); c != nil {
		if s, ok := c.Value(i).(string); ok {
			return s
		}
	}
	return ""
}

// number returns the number of a property; false when there is none.
func number(l *geo.Layer, name string, i int) (float64, bool) {
	if l == nil {
		return 0, false
	}
	c := l.Column(name)
	if c == nil || c.Field.Type != geo.Number && c.Field.Type != geo.Integer {
		return 0, false
	}
	return c.Float(i)
}
