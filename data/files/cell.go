package files

import (
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// convertCell is convert for the cell of a table, where being a text is no
// fault of a number.
func convertCell(f geo.Field, c cell) (any, flaw) {
	number := f.Type == geo.Integer || f.Type == geo.Number
	switch {
	case f.Type == geo.String && len(f.Enum) == 0:
		return c.text, flaw{}
	case number && c.doubt && strings.ContainsAny(c.text, ".,"):
		return nil, refuse(f.Name, CodeValue, "is %q, which can be read in two ways: its column does not tell whether points and commas are decimal or between thousands", brief(c.text))
	case number && c.number != "":
		return convert(f, numeral(c.number))
	case f.Type == geo.Boolean && c.kind == geo.Boolean:
		return strings.EqualFold(strings.TrimSpace(c.text), "true"), flaw{}
	}
	if c.number != "" && f.Type == geo.Boolean {
		return convert(f, numeral(c.number)) // 0 and 1 as false and true
	}
	return convert(f, c.text)
}
