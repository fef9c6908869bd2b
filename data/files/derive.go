package files

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Kemendagri codes: province, regency, district, village.
var (
	dotted   = regexp.MustCompile(`^\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?$`)
	undotted = regexp.MustCompile(`^\d{4}(\d{2}(\d{4})?)?$`)
)

// codeForm returns a Kemendagri code as it is written with points.
func codeForm(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if undotted.MatchString(s) {
		parts := []string{s[:2], s[2:4]}
		if len(s) > 4 {
			parts = append(parts, s[4:6])
		}
		if len(s) > 6 {
			parts = append(parts, s[6:])
		}
		s = strings.Join(parts, ".")
	}
	return s, dotted.MatchString(s)
}

// codeLength is how long the codes of a collection are that takes its ids from
// them: of villages, districts and, for context, regions of any level.
func codeLength(collection string) (length int, coded bool) {
	switch collection {
	case "villages":
		return len("35.07.29.2002"), true
	case "districts":
		return len("35.07.29"), true
	case "neighbours":
		return 0, true
	}
	return 0, false
}

// A deriver fills in what follows from the rest of a record of a well-known
// collection.
type deriver struct {
	collection *geo.Collection
	source     string
	filled     []Derived // of the last record
}

// derive changes the record and returns what is wrong or was repaired.
func (d *deriver) derive(rec *geo.Record, id any) (flaws []flaw) {
	field := func(name string) *any {
		if i := d.collection.FieldIndex(name); i >= 0 && i < len(rec.Values) {
			return &rec.Values[i]
		}
		return new(any)
	}
	fill := func(name, from string, value any) {
		if p := field(name); *p == nil && d.collection.FieldIndex(name) >= 0 {
			*p = value
			d.filled = append(d.filled, Derived{name, from, 1})
		}
	}
	d.filled = d.filled[:0]
	fill("source", "the name of the file", d.source)
	length, coded := codeLength(d.collection.ID)
	if !coded {
		return nil
	}
	code, flaw := d.code(*field("code"), id, length)
	if flaw.code != "" {
		flaws = append(flaws, flaw)
	}
	if code != "" {
		*field("code"), rec.ID = code, code
	}
	if rec.Geometry != nil {
		// To the square metre, so that the figure is the same on any machine.
		fill("area_km2", "the geometry", math.Round(geo.Area(rec.Geometry))/1e6)
	}
	if d.collection.ID != "villages" || code == "" {
		return flaws
	}
	district := field("district_code")
	if s, ok := (*district).(string); ok {
		if form, ok := codeForm(s); ok {
			*district = form
		}
		if *district != code[:8] {
			flaws = append(flaws, refuse("district_code", CodeCode, "is %q, but the village's code %s lies in %s", brief(s), code, code[:8]))
		}
	}
	fill("district_code", "code", code[:8])
	switch code[9] {
	case '1':
		fill("kind", "code", "kelurahan")
	case '2':
		fill("kind", "code", "desa")
	}
	return flaws
}

// code is the record's code in its proper form, from the property or the id.
func (d *deriver) code(value, id any, length int) (string, flaw) {
	given := scalarText(value)
	if given == "" {
		given = scalarText(id)
	}
	if given == "" {
		return "", refuse("code", CodeMissing, "is missing: it is what the feature is known by")
	}
	code, ok := codeForm(given)
	switch {
	case !ok || length > 0 && len(code) != length:
		example := "35.07.29.2002"[:max(length, len("35.07"))]
		return "", refuse("code", CodeCode, "is %q, want a Kemendagri code like %s", brief(given), example)
	case code != given:
		return code, repair("code", CodeConverted, "%q is written %s", given, code)
	}
	return code, flaw{}
}

// idText is the id that a value of the file stands for.
func idText(v any) (string, error) {
	switch v.(type) {
	case string, numeral, int64, cell:
		return scalarText(v), nil
	}
	return "", fmt.Errorf("is %q, want a text or a number", brief(scalarText(v)))
}
