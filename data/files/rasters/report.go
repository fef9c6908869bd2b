package rasters

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/petadesa/petadesa/data"
)

// Report tells what an import of a raster did, or would do.
type Report struct {
	Raster  string    `json:"raster"`
	Sources []Source  `json:"sources"`
	Mode    data.Mode `json:"mode"`
	DryRun  bool      `json:"dry_run"`
	Stored  bool      `json:"stored"`

	BBox   [4]float64 `json:"bbox"` // of the cells that were looked at: west, south, east, north
	Method string     `json:"method"`
	Unit   string     `json:"unit"`
	Cells  int64      `json:"cells"` // with a value
	Empty  int64      `json:"empty"` // without one
	Blocks int64      `json:"blocks"`
	Least  float64    `json:"least"`
	Most   float64    `json:"most"`
	Sum    float64    `json:"sum"`
}

// Source is a file that was read.
type Source struct {
	Name   string `json:"name"`
	Format string `json:"format"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// count takes the values of a block.
func (r *Report) count(values []float32, cells int) {
	known := int64(0)
	for _, v := range values {
		if v != v {
			continue
		}
		f := float64(v)
		if r.Cells+known == 0 {
			r.Least, r.Most = f, f
		}
		known++
		r.Least, r.Most, r.Sum = min(r.Least, f), max(r.Most, f), r.Sum+f
	}
	r.Cells += known
	r.Empty += int64(cells) - known
	if known > 0 {
		r.Blocks++
	}
}

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	var names []string
	for _, s := range r.Sources {
		names = append(names, fmt.Sprintf("%s (%s)", s.Name, s.Format))
	}
	outcome := "nothing changed"
	switch {
	case r.DryRun:
		outcome = "a dry run: nothing changed"
	case r.Stored:
		outcome = fmt.Sprintf("%d cells stored in %d blocks", r.Cells, r.Blocks)
	}
	fmt.Fprintf(&b, "%s → %s (%s): %d cells with a value, %d without; %s\n", strings.Join(names, ", "), r.Raster, r.Mode, r.Cells, r.Empty, outcome)
	fmt.Fprintf(&b, "  from %.4f to %.4f° east, %.4f to %.4f° north\n", r.BBox[0], r.BBox[2], r.BBox[1], r.BBox[3])
	fmt.Fprintf(&b, "  %s\n", r.Method)
	if r.Cells > 0 {
		fmt.Fprintf(&b, "  least %.6g %s, greatest %.6g %s", r.Least, r.Unit, r.Most, r.Unit)
		if r.Unit == "persons" {
			fmt.Fprintf(&b, ", together %.0f", r.Sum)
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteJSON writes the report as one indented JSON object.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
