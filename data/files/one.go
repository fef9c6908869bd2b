package files

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files/jsontext"
	"github.com/petadesa/petadesa/geo"
)

// CodeUnknown is the code of a property that an edit has and the collection has
// not. An import lists it and goes on; an edit would lose it in silence.
const CodeUnknown = "unknown_property"

// A FeatureError says what keeps one feature out of its collection.
type FeatureError struct {
	Problems []Problem
}

func (e *FeatureError) Error() string {
	var all []string
	for _, p := range e.Problems {
		text := p.Reason
		if p.Field != "" {
			text = p.Field + ": " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// CheckFeature reads the text of one GeoJSON Feature as the record of a stored
// collection, checked and mended as the row of an import is. id is that of a
// feature that names none; source is its source if it has none. The error is a
// *FileError when the text is not JSON, and a *FeatureError when it is refused.
// Where neither text nor id says it, and no code does, the feature gets a new id.
func CheckFeature(c geo.Collection, text []byte, id, source string) (geo.Record, error) {
	r := row{place: place{number: 1}}
	in := jsontext.Cursor{Data: text}
	if !parseFeature(&in, &r, map[string]string{}) {
		return geo.Record{}, &FileError{Line: 1 + jsontext.Lines(text[:in.Pos]), Offset: int64(in.Pos), Reason: "not JSON: " + in.Bad}
	}
	var names []string
	for _, f := range c.Fields {
		names = append(names, f.Name)
	}
	for _, p := range r.properties {
		if c.FieldIndex(p.name) < 0 {
			r.flaws = append(r.flaws, refuse(p.name, CodeUnknown, "is no property of %s; it has %s", c.ID, strings.Join(names, ", ")))
		}
	}
	if r.id == nil && id != "" {
		r.id = id
	}
	if _, coded := codeLength(c.ID); r.id == nil && !coded {
		r.id = strings.ToLower(rand.Text())
	}
	schema := newSchema(c, false, nil)
	p := &pipeline{
		schema: schema, opts: &Options{Mode: data.Upsert},
		deriver: deriver{collection: &schema.collection, source: source},
	}
	rec, flaws, err := p.record(&r, true)
	if err != nil {
		return rec, err
	}
	report := Report{maxProblems: DefaultMaxProblems}
	if report.add(r.place, rec.ID, flaws) {
		return rec, &FeatureError{report.Problems}
	}
	return rec, nil
}

// MergePatch applies a JSON merge patch (RFC 7396) to a JSON text: a member of
// the patch takes the place of that of the text, null removes it, objects are
// merged. Numbers stay as they are written.
func MergePatch(text, patch []byte) ([]byte, error) {
	target, err := decodeJSON(text)
	if err != nil {
		return nil, err
	}
	change, err := decodeJSON(patch)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(merge(target, change)); err != nil {
		return nil, fmt.Errorf("merge patch: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func merge(target, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	members, ok := target.(map[string]any)
	if !ok {
		members = map[string]any{}
	}
	for name, change := range changes {
		if change == nil {
			delete(members, name)
		} else {
			members[name] = merge(members[name], change)
		}
	}
	return members
}

// decodeJSON reads one JSON text; what the decoder would put right in silence
// is an error.
func decodeJSON(text []byte) (v any, err error) {
	if !utf8.Valid(text) {
		return nil, &FileError{Reason: "not JSON: not valid UTF-8"}
	}
	if in := (jsontext.Cursor{Data: text}); !in.Whole() {
		return nil, &FileError{Line: 1 + jsontext.Lines(text[:in.Pos]), Offset: int64(in.Pos), Reason: "not JSON: " + in.Bad}
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, &FileError{Offset: d.InputOffset(), Reason: "not JSON: " + err.Error()}
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, &FileError{Offset: d.InputOffset(), Reason: "not JSON: more text after the end"}
	}
	return v, nil
}
