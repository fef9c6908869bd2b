package files

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files/jsontext"
	"github.com/petadesa/petadesa/geo"
)

// A constant is the value that a field has in every row.
type constant struct {
	field int
	value any
}

// set makes fields constant. Those of a well-known collection must be its own,
// and the value one that the field takes.
func (s *schema) set(values map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := s.collection.FieldIndex(name)
		switch {
		case name == "" || name == "id":
			return fmt.Errorf("set %s=%s: want the name of a field", name, values[name])
		case i < 0 && !s.open:
			return fmt.Errorf("%w: set %s=%s: collection %s has no such field", data.ErrInvalid, name, values[name], s.collection.ID)
		case i < 0:
			i = s.addField(name)
			s.collection.Fields[i].Type = constantType(values[name])
			delete(s.found, name)
		}
		value, flaw := convert(s.collection.Fields[i], values[name])
		if flaw.code != "" && !flaw.repaired {
			return fmt.Errorf("%w: set %s=%s: it %s", data.ErrInvalid, name, values[name], flaw.reason)
		}
		s.constants = append(s.constants, constant{i, value})
	}
	return nil
}

func constantType(text string) geo.FieldType {
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return geo.Integer
	}
	if n := jsontext.NumeralLength(text); n > 0 && n == len(text) {
		return geo.Number
	}
	return geo.String
}

// fix puts the constants into the values of a row.
func (s *schema) fix(values []any) {
	for _, c := range s.constants {
		values[c.field] = c.value
	}
}
