package data

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Column is a field and the name of the table column that holds it. The two
// names differ only where a database could not use the field's: when it is taken
// by the table itself, or by another field that differs in case only.
type Column struct {
	geo.Field
	Column string `json:"column"`
}

// Columns gives each field a column; known are those the table has already.
func Columns(known []Column, fields []geo.Field) []Column {
	columns := make([]Column, len(fields))
	taken := map[string]bool{}
	// What the tables themselves use, and what PostgreSQL and SQLite claim.
	for _, name := range []string{"id", "geom", "fid", "rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"} {
		taken[name] = true
	}
	for _, k := range known {
		taken[strings.ToLower(k.Column)] = true
	}
	for i, f := range fields {
		if k := slices.IndexFunc(known, func(k Column) bool { return k.Name == f.Name }); k >= 0 {
			columns[i] = Column{f, known[k].Column}
			continue
		}
		name := f.Name
		for n := 2; taken[strings.ToLower(name)]; n++ {
			suffix := fmt.Sprintf("_%d", n)
			name = strings.ToValidUTF8(f.Name[:min(len(f.Name), 63-len(suffix))], "") + suffix
		}
		taken[strings.ToLower(name)] = true
		columns[i] = Column{f, name}
	}
	return columns
}

// Fields returns the fields of columns.
func Fields(columns []Column) []geo.Field {
	fields := make([]geo.Field, len(columns))
	for i, c := range columns {
		fields[i] = c.Field
	}
	return fields
}

// EncodeColumns and DecodeColumns are how stores keep the fields of a collection.
func EncodeColumns(columns []Column) (string, error) {
	b, err := json.Marshal(columns)
	return string(b), err
}

// DecodeColumns reads what EncodeColumns wrote.
func DecodeColumns(text []byte) ([]Column, error) {
	var columns []Column
	if err := json.Unmarshal(text, &columns); err != nil {
		return nil, fmt.Errorf("%w: fields: %w", ErrInvalid, err)
	}
	return columns, nil
}

// Extend returns the columns of a stored collection with those that an Append or
// Upsert of c adds at the end. It fails when c contradicts what is stored.
func Extend(stored geo.Collection, columns []Column, c geo.Collection) ([]Column, error) {
	if stored.Geometry != c.Geometry {
		return nil, fmt.Errorf("%w: collection %s is of %s, not of %s", ErrInvalid, c.ID, stored.Geometry, c.Geometry)
	}
	fields := slices.Clone(stored.Fields)
	for _, f := range c.Fields {
		i := stored.FieldIndex(f.Name)
		if i < 0 {
			fields = append(fields, f)
		} else if stored.Fields[i].Type != f.Type {
			return nil, fmt.Errorf("%w: collection %s: field %q is of type %s, not %s", ErrInvalid, c.ID, f.Name, stored.Fields[i].Type, f.Type)
		}
	}
	if len(fields) > MaxFields {
		return nil, fmt.Errorf("%w: collection %s: %d fields, more than %d", ErrInvalid, c.ID, len(fields), MaxFields)
	}
	return Columns(columns, fields), nil
}
