package files

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/quality"
)

// A schema turns the properties of rows into the values of a collection. The
// fields of a known collection are given; those of a new one, and those that
// the caller maps to a name that is not there yet, are found as rows come.
type schema struct {
	collection geo.Collection
	open       bool              // properties without a field make one
	asked      map[string]string // field → property, by the caller

	targets   map[string][]target // by property, once it was seen
	found     map[string]finding  // fields that were not given
	ignored   []string
	mapped    []Mapping
	constants []constant
	ranks     []int // scratch: by which right each value of the row stands
}

// A target is a field that a property may fill; the least rank goes first.
type target struct {
	field int // index, or toID
	rank  int
}

const toID = -1

// Ranks of a property's right to a field; those of the aliases are from byAlias on.
const (
	byMap = iota
	byName
	byAlias
	byCut = 1 << 10
)

// A finding is the type of a field that was not given, and where it was seen.
type finding struct {
	kind  geo.FieldType // "": only missing values so far
	at    place
	shown string
}

func newSchema(c geo.Collection, open bool, asked map[string]string) *schema {
	c.Fields = slices.Clone(c.Fields)
	s := &schema{collection: c, open: open, asked: asked, targets: make(map[string][]target), found: make(map[string]finding)}
	for _, to := range slices.Sorted(maps.Keys(asked)) {
		if to != "id" && c.FieldIndex(to) < 0 {
			s.addField(to)
		}
	}
	return s
}

func (s *schema) addField(name string) int {
	s.collection.Fields = append(s.collection.Fields, geo.Field{Name: name, Type: geo.String})
	s.found[name] = finding{}
	return len(s.collection.Fields) - 1
}

// resolve finds the fields that a property fills.
func (s *schema) resolve(name string) ([]target, error) {
	if t, ok := s.targets[name]; ok {
		return t, nil
	}
	if len(s.targets) >= maxProperties {
		return nil, &FileError{Reason: fmt.Sprintf("more than %d different properties: this is not a table of features", maxProperties)}
	}
	var targets []target
	for _, to := range slices.Sorted(maps.Keys(s.asked)) {
		if s.asked[to] == name {
			targets = append(targets, target{s.collection.FieldIndex(to), byMap})
		}
	}
	folded := strings.ToLower(name)
	if len(targets) == 0 {
		if i := s.collection.FieldIndex(name); i >= 0 {
			targets = append(targets, target{i, byName})
		} else if !s.open {
			for i, f := range s.collection.Fields {
				if f.Name == folded {
					targets = append(targets, target{i, byAlias})
				} else if k := slices.Index(aliases(s.collection.ID, f.Name), folded); k >= 0 {
					targets = append(targets, target{i, byAlias + 1 + k})
				}
			}
			if len(targets) == 0 {
				targets = s.cut(folded)
			}
		}
		if folded == "id" && s.asked["id"] == "" {
			targets = append(targets, target{toID, byName})
		}
	}
	kept := s.isAsked(name) || slices.ContainsFunc(targets, func(t target) bool { return t.field != toID })
	switch {
	case s.open && !kept:
		targets = append(targets, target{s.addField(name), byName})
	case len(targets) == 0:
		s.ignored = append(s.ignored, name)
	}
	s.targets[name] = targets
	return targets, nil
}

// cut finds the one field whose name, or one of whose aliases, begins with the
// ten bytes to which a Shapefile has cut it. It goes after all whole names.
func (s *schema) cut(name string) (targets []target) {
	if len(name) != maxShapefileName {
		return nil
	}
	for i, f := range s.collection.Fields {
		for _, whole := range append(aliases(s.collection.ID, f.Name), f.Name) {
			if strings.HasPrefix(whole, name) {
				targets = append(targets, target{i, byCut})
				break
			}
		}
	}
	if len(targets) > 1 {
		return nil
	}
	return targets
}

// maxShapefileName is how many bytes dBASE has for the name of a field.
const maxShapefileName = 10

// maxProperties bounds the names that are kept of one file.
const maxProperties = 10 * data.MaxFields

func (s *schema) isAsked(property string) bool {
	for _, from := range s.asked {
		if from == property {
			return true
		}
	}
	return false
}

// values returns the values of a row, and its id when a property holds one.
func (s *schema) values(r *row) (values []any, id any, flaws []flaw, err error) {
	values = make([]any, len(s.collection.Fields), len(s.collection.Fields)+2)
	s.ranks = slices.Grow(s.ranks[:0], len(values))[:len(values)]
	idRank := byAlias
	for _, p := range r.properties {
		targets, err := s.resolve(p.name)
		if err != nil {
			return nil, nil, nil, err
		}
		for len(values) < len(s.collection.Fields) {
			values, s.ranks = append(values, nil), append(s.ranks, 0)
		}
		if p.value == nil {
			continue
		}
		for _, t := range targets {
			if t.field == toID {
				if id == nil || t.rank < idRank {
					id, idRank = p.value, t.rank
				}
				continue
			}
			if values[t.field] != nil && s.ranks[t.field] <= t.rank {
				continue
			}
			f := &s.collection.Fields[t.field]
			if flaw := s.find(f, p, r.place); flaw.code != "" {
				flaws = append(flaws, flaw)
				continue
			}
			value, flaw := convert(*f, p.value)
			if flaw.code != "" {
				flaws = append(flaws, flaw)
			}
			if x, number := asNumber(value); number && !s.open {
				if possible, known := quality.Possible(f.Name); known && !possible.Holds(x) {
					flaws = append(flaws, note(f.Name, CodeRange, "is %g, not within %g to %g", x, possible.Min, possible.Max))
				}
			}
			values[t.field], s.ranks[t.field] = value, t.rank
			if m := (Mapping{f.Name, p.name}); f.Name != p.name && !slices.Contains(s.mapped, m) {
				s.mapped = append(s.mapped, m)
			}
		}
	}
	if id != nil && idRank != byMap && r.id != nil {
		id = nil
	}
	return values, id, flaws, nil
}

// find settles the type of a field that was not given. Whole and other numbers
// go together as numbers; nothing else does.
func (s *schema) find(f *geo.Field, p property, at place) flaw {
	known, open := s.found[f.Name]
	kind := inferred(p.value)
	switch {
	case !open:
		return flaw{}
	case known.kind == "":
		f.Type = kind
		s.found[f.Name] = finding{kind, at, brief(scalarText(p.value))}
		return flaw{}
	case known.kind == kind, known.kind == geo.Number && kind == geo.Integer:
		return flaw{}
	case known.kind == geo.Integer && kind == geo.Number:
		f.Type, known.kind = geo.Number, geo.Number
		s.found[f.Name] = known
		return flaw{}
	}
	return refuse(p.name, CodeMixed, "is the %s %q here and the %s %q in %s: a property has one type",
		kind, brief(scalarText(p.value)), known.kind, known.shown, known.at)
}

// unmet names the first property that the caller maps and no row has.
func (s *schema) unmet() error {
	for _, to := range slices.Sorted(maps.Keys(s.asked)) {
		if _, seen := s.targets[s.asked[to]]; !seen {
			names := slices.Sorted(maps.Keys(s.targets))
			return fmt.Errorf("map %s=%s: no feature has the property %q; there are %s", to, s.asked[to], s.asked[to], brief(strings.Join(names, ", ")))
		}
	}
	return nil
}

func asNumber(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}
