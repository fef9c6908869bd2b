package files

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/petadesa/petadesa/data"
)

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	format := r.Format
	if format != "" {
		format += ", "
	}
	fmt.Fprintf(&b, "%s → %s (%s%s): %s read, %d repaired, %d refused; %s\n",
		r.Source, r.Collection, format, r.Mode, plural(r.Read, "row"), r.Repaired, r.Refused, r.outcome())
	for _, f := range r.Found {
		fmt.Fprintf(&b, "  in the file: %s × %d\n", f.What, f.Count)
	}
	if r.Outside > 0 {
		fmt.Fprintf(&b, "  outside the region that was asked for, left out: %s\n", plural(r.Outside, "row"))
	}
	for _, m := range r.Mapped {
		fmt.Fprintf(&b, "  %s taken from %q\n", m.Field, m.From)
	}
	for _, d := range r.Derived {
		fmt.Fprintf(&b, "  %s of %s from %s\n", d.Field, plural(d.Count, "row"), d.From)
	}
	if len(r.Ignored) > 0 {
		fmt.Fprintf(&b, "  not kept, as the collection has no such field: %s\n", strings.Join(r.Ignored, ", "))
	}
	if r.Overlaps != nil {
		fmt.Fprintf(&b, "  overlaps: %s\n", r.Overlaps)
	}
	if r.Gaps != nil {
		fmt.Fprintf(&b, "  gaps: %s\n", r.Gaps)
	}
	if r.Cleaned != nil {
		r.Cleaned.writeText(&b)
	}
	for _, c := range r.Counts {
		fmt.Fprintf(&b, "  %s: %s × %d\n", word(c.Repaired, c.Noted), c.Code, c.Count)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "%s %s\n", word(p.Repaired, p.Noted), p)
	}
	if r.Omitted > 0 {
		fmt.Fprintf(&b, "and %s not listed\n", plural(r.Omitted, "more problem"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) outcome() string {
	switch {
	case r.DryRun:
		return "a dry run: nothing changed"
	case r.Stored == 0:
		return "nothing changed"
	default:
		return fmt.Sprintf("%d stored", r.Stored)
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// A RefusedError says that rows of a file were refused and nothing was changed.
// It is data.ErrInvalid.
type RefusedError struct {
	Report *Report
}

func (e *RefusedError) Error() string {
	r := e.Report
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d of %s refused, nothing changed", r.Source, r.Refused, plural(r.Read, "row"))
	for _, hint := range []struct{ code, text string }{
		{CodeSwapped, "the axes are swapped, latitude before longitude: --swap-axes exchanges them"},
		{CodeProjected, "the coordinates are not degrees: name their reference system with --crs EPSG:n"},
	} {
		if n := r.count(hint.code); 2*n > r.Read {
			fmt.Fprintf(&b, "; %s", hint.text)
		}
	}
	if len(r.Problems) > 0 && !r.Problems[0].Repaired {
		fmt.Fprintf(&b, "; first: %s", r.Problems[0])
	}
	return b.String()
}

// Unwrap makes it data.ErrInvalid.
func (e *RefusedError) Unwrap() error { return data.ErrInvalid }

// ErrChanged says that a file was changed while it was being imported.
var ErrChanged = errors.New("the file changed while it was read")
