package files

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data"
)

// The codes of problems: what a program can go by.
const (
	CodeNotFeature = "not_a_feature" // not what GeoJSON calls a feature
	CodeText       = "bad_text"      // not UTF-8, or a NUL character
	CodeNotFinite  = "not_finite"    // NaN or infinity
	CodeTwice      = "given_twice"   // a property twice in one feature
	CodeRagged     = "ragged"        // a line of a table with more or fewer cells than its header
	CodeRange      = "out_of_range"  // a number that does not fit
	CodeMissing    = "missing"       // what the collection cannot do without
	CodeValue      = "bad_value"     // of another type than the field, or not among its values
	CodeMixed      = "mixed_types"   // a property of two types in a new collection
	CodeCode       = "bad_code"      // not a Kemendagri code, or one that contradicts another
	CodeDuplicate  = "duplicate_id"
	CodeID         = "bad_id"
	CodeGeometry   = "bad_geometry"     // cannot be read, or too few points
	CodeType       = "wrong_type"       // of geometry for the collection
	CodeUnclosed   = "unclosed_ring"    // a ring that does not end where it begins
	CodeInvalid    = "invalid_geometry" // crosses itself, and the like
	CodeSwapped    = "swapped_axes"
	CodeUnswapped  = "needless_swap" // the axes were right before they were exchanged
	CodeProjected  = "projected"     // metres without a reference system
	CodeDegrees    = "degrees"       // degrees with a projected reference system
	CodeOutside    = "outside_world"
	CodeReference  = "unknown_reference_system"

	// What is noted and kept.
	CodeSame    = "duplicate"          // a destination that another row is as well
	CodeNear    = "near_duplicate"     // the same name up to 5 km away
	CodeApart   = "conflicting_places" // the same name farther away
	CodeVillage = "unknown_village"    // a code that no village of a known regency has
	CodeBeside  = "outside_village"    // a point outside the village that its row names
	CodeFar     = "far_from_village"   // more than 20 km

	// Repairs.
	CodeEncoding    = "encoding"       // UTF-8 that was read as Windows-1252
	CodeSpike       = "spike"          // a ring that went there and back
	CodeOrientation = "orientation"    // a ring turned to RFC 7946's way
	CodeRepeated    = "repeated_point" // equal points in a row
	CodeEdge        = "edge"           // a coordinate beyond 180° or 90° by rounding only
	CodeHeight      = "height_dropped"
	CodeSingle      = "single_part"    // a MultiPoint of one point
	CodeTextNumber  = "text_as_number" // "8.4" where a number is wanted
	CodeConverted   = "converted"      // another unambiguous change of a value's type or form
	CodeTranslated  = "translated"     // a value in the words of its source
)

// A Problem is something about a row that was repaired or made it refused.
type Problem struct {
	Line     int64  `json:"line,omitempty"` // 1 is the first; 0: the format has no lines
	Feature  int    `json:"feature"`        // 1 is the first
	ID       string `json:"id,omitempty"`
	Field    string `json:"field,omitempty"`
	Code     string `json:"code"`
	Reason   string `json:"reason"`
	Repaired bool   `json:"repaired"`
	Noted    bool   `json:"noted,omitempty"` // kept as it is
}

// word is what was done about it.
func word(repaired, noted bool) string {
	switch {
	case repaired:
		return "repaired"
	case noted:
		return "noted"
	default:
		return "refused"
	}
}

func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(place{p.Line, p.Feature}.String())
	if p.ID != "" {
		fmt.Fprintf(&b, ", id %q", p.ID)
	}
	b.WriteString(": ")
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Reason)
	return b.String()
}

// Count says how often there was a problem of a code.
type Count struct {
	Code     string `json:"code"`
	Repaired bool   `json:"repaired"`
	Noted    bool   `json:"noted,omitempty"`
	Count    int    `json:"count"`
}

// A Report tells what an import did, or why it did nothing.
type Report struct {
	Collection string    `json:"collection"`
	Source     string    `json:"source"`
	Format     string    `json:"format"`
	SHA256     string    `json:"sha256"`
	Bytes      int64     `json:"bytes"`
	Mode       data.Mode `json:"mode"`
	DryRun     bool      `json:"dry_run"`

	Read     int `json:"read"`              // rows in the file
	Stored   int `json:"stored"`            // rows now in the store: 0 when nothing was changed
	Repaired int `json:"repaired"`          // rows with at least one repair
	Refused  int `json:"refused"`           // rows with at least one problem that is not repaired
	Noted    int `json:"noted,omitempty"`   // rows kept as they are, with something doubtful about them
	Outside  int `json:"outside,omitempty"` // rows outside the region that was asked for

	Found  []Found `json:"found,omitempty"`  // what the file holds and what of it makes no rows
	Merged int     `json:"merged,omitempty"` // rows merged into others

	Counts   []Count   `json:"counts"`             // of all problems
	Problems []Problem `json:"problems"`           // the first of them: refusals before repairs
	Omitted  int       `json:"omitted"`            // problems not listed
	Derived  []Derived `json:"derived,omitempty"`  // fields the file lacks, and where their values come from
	Mapped   []Mapping `json:"mapped,omitempty"`   // fields taken from properties of another name
	Ignored  []string  `json:"ignored,omitempty"`  // properties of the file that the collection has no field for
	Overlaps *Overlaps `json:"overlaps,omitempty"` // of areas that should not overlap
	Gaps     *Gaps     `json:"gaps,omitempty"`     // between them
	Cleaned  *Cleaned  `json:"cleaned,omitempty"`  // what it took to make a coverage of them

	maxProblems int
	repairs     []Problem
}

// Found counts what a format has besides rows.
type Found struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// Derived counts the values of a field that were derived.
type Derived struct {
	Field string `json:"field"`
	From  string `json:"from"`
	Count int    `json:"count"`
}

// Mapping says which property a field was taken from.
type Mapping struct {
	Field string `json:"field"`
	From  string `json:"from"`
}

// add takes the flaws of one row and reports whether it is refused.
func (r *Report) add(at place, id string, flaws []flaw) (refused bool) {
	repaired, noted := false, false
	id = brief(id)
	for _, f := range flaws {
		repaired = repaired || f.repaired
		noted = noted || f.noted
		refused = refused || !f.repaired && !f.noted
		i := slices.IndexFunc(r.Counts, func(c Count) bool { return c.Code == f.code && c.Repaired == f.repaired && c.Noted == f.noted })
		if i < 0 {
			i = len(r.Counts)
			r.Counts = append(r.Counts, Count{Code: f.code, Repaired: f.repaired, Noted: f.noted})
		}
		r.Counts[i].Count++
		list := &r.Problems
		if f.repaired || f.noted {
			list = &r.repairs
		}
		if len(*list) >= r.maxProblems {
			r.Omitted++
			continue
		}
		*list = append(*list, Problem{at.line, at.number, id, f.field, f.code, brief(f.reason), f.repaired, f.noted})
	}
	r.Read++
	switch {
	case refused:
		r.Refused++
	case repaired:
		r.Repaired++
	}
	if noted && !refused {
		r.Noted++
	}
	return refused
}

// note adds what was found to be doubtful about a row that was added before.
func (r *Report) note(at place, id string, f flaw) {
	before, read, repaired, refused := r.Noted, r.Read, r.Repaired, r.Refused
	r.add(at, id, []flaw{f})
	r.Noted, r.Read, r.Repaired, r.Refused = before+1, read, repaired, refused
}

// derive counts derived values.
func (r *Report) derive(values []Derived) {
	for _, v := range values {
		i := slices.IndexFunc(r.Derived, func(d Derived) bool { return d.Field == v.Field && d.From == v.From })
		if i < 0 {
			r.Derived = append(r.Derived, v)
		} else {
			r.Derived[i].Count += v.Count
		}
	}
}

// settle puts the lists in their final order.
func (r *Report) settle() {
	slices.SortStableFunc(r.repairs, func(a, b Problem) int { return cmp.Compare(fmt.Sprint(b.Noted), fmt.Sprint(a.Noted)) }) // noted first
	room := max(0, r.maxProblems-len(r.Problems))
	if len(r.repairs) > room {
		r.Omitted += len(r.repairs) - room
		r.repairs = r.repairs[:room]
	}
	r.Problems = append(r.Problems, r.repairs...)
	r.repairs = nil
	slices.SortFunc(r.Counts, func(a, b Count) int {
		if a.Repaired != b.Repaired {
			return cmp.Compare(fmt.Sprint(a.Repaired), fmt.Sprint(b.Repaired))
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
}

func (r *Report) count(code string) int {
	for _, c := range r.Counts {
		if c.Code == code && !c.Repaired {
			return c.Count
		}
	}
	return 0
}

// WriteJSON writes the report as one indented JSON object.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

// brief keeps a text from the file from filling a report.
func brief(s string) string {
	const most = 400
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
