package quality

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
)

// WriteJSON writes the report as one indented JSON object.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

// WriteText writes the report for a terminal.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "snapshot %s: %s features in %d collections, %s problems\n", r.Snapshot, thousands(r.Features), len(r.Collections), thousands(r.Problems))
	for i := range r.Collections {
		r.Collections[i].writeText(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *Collection) writeText(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s: %s features", c.ID, thousands(c.Features))
	if c.Derived {
		b.WriteString(", derived")
	}
	if c.Placeless > 0 {
		fmt.Fprintf(b, ", %s without geometry", thousands(c.Placeless))
	}
	b.WriteByte('\n')
	for _, line := range []struct {
		title  string
		values []Tally
	}{{"sources", c.Sources}, {"quality", c.Quality}} {
		if len(line.values) > 0 {
			fmt.Fprintf(b, "  %s: %s\n", line.title, tallies(line.values))
		}
	}
	if c.Dates != nil {
		fmt.Fprintf(b, "  dates of sources: %s to %s, %s without\n", c.Dates.Earliest, c.Dates.Latest, thousands(c.Dates.Missing))
	}
	if len(c.Missing) > 0 {
		var all []string
		for _, m := range c.Missing {
			all = append(all, fmt.Sprintf("%s %s", m.Field, share(m.Count, c.Features)))
		}
		fmt.Fprintf(b, "  without a value: %s\n", strings.Join(all, ", "))
	}
	if o := c.Overlaps; o != nil {
		fmt.Fprintf(b, "  overlaps: %s pairs, %s m²\n", thousands(o.Pairs), thousands(int(o.AreaM2+0.5)))
		examples(b, o.Largest)
	}
	if g := c.Gaps; g != nil {
		fmt.Fprintf(b, "  gaps: %s slivers, %s m²; %d wide, %.3f km²\n", thousands(g.Slivers), thousands(int(g.SliverM2+0.5)), g.Wide, g.WideM2/1e6)
		examples(b, g.Largest)
	}
	if n := c.Network; n != nil {
		fmt.Fprintf(b, "  network: %s components, %.1f km, %.1f km in the largest\n", thousands(n.Components), n.LengthKM, n.LargestKM)
		for k, p := range n.Parts {
			fmt.Fprintf(b, "    %d: %.1f km, %s roads, at %.5f %.5f (%s)\n", k+1, p.LengthKM, thousands(p.Roads), p.At[1], p.At[0], strings.TrimSpace(p.Example.ID+" "+p.Example.Name))
		}
	}
	for _, p := range c.Problems {
		fmt.Fprintf(b, "  %s × %s\n", p.Code, thousands(p.Count))
		examples(b, p.Examples)
	}
}

func examples(b *strings.Builder, all []Example) {
	for _, e := range all {
		fmt.Fprintf(b, "    %s\n", e)
	}
}

func (e Example) String() string {
	return strings.Join(strings.Fields(e.ID+" "+e.Name), " ") + ": " + e.Detail
}

func tallies(all []Tally) string {
	var parts []string
	for _, t := range all {
		parts = append(parts, t.Value+" ("+thousands(t.Count)+")")
	}
	return strings.Join(parts, "; ")
}

func share(n, of int) string {
	return fmt.Sprintf("%s (%.0f %%)", thousands(n), 100*float64(n)/float64(max(1, of)))
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

//go:embed report.html
var reportHTML string

// WriteHTML writes the report as a page of its own, styled by the sheet at an
// address, or by itself when that is empty.
func (r *Report) WriteHTML(w io.Writer, stylesheet string) error {
	page, err := template.New("report").Funcs(template.FuncMap{"thousands": thousands, "share": share, "tallies": tallies, "round": func(f float64) string { return thousands(int(f + 0.5)) }}).Parse(reportHTML)
	if err != nil {
		return fmt.Errorf("the page of the quality report: %w", err)
	}
	return page.Execute(w, struct {
		*Report
		Stylesheet string
	}{r, stylesheet})
}
