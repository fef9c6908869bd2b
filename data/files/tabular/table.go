// Package tabular understands tables of features whatever file they are in: what
// the columns are called, which of them say where a row is, and which hold
// numbers. It reads no file itself, and it changes no cell: what could be read
// in two ways stays a text, or is said to be ambiguous.
package tabular

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/petadesa/petadesa/data/files/fault"
)

// A Record is one line of a table. It is the receiver's until the next one.
type Record struct {
	Line   int64    // on which it begins; 1 is the first
	Cells  []string // as in the file, without quotation marks
	Quoted []bool   // which cells were in quotation marks; nil: the format has none
	Read   int64    // bytes of the file read so far
}

// Blank reports whether there is nothing in the record.
func (r *Record) Blank() bool {
	return !slices.ContainsFunc(r.Cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// A Header is the line with the names of the columns.
type Header struct {
	Line   int64
	Names  []string // unique, never empty
	Quoted bool     // all of them were in quotation marks
}

// NewHeader makes the names of the columns of a table's first line, or says
// why it is no such line. A column without a name is called column_N; a second
// one of the same name gets a number.
func NewHeader(r *Record, most int) (*Header, error) {
	for len(r.Cells) > 1 && strings.TrimSpace(r.Cells[len(r.Cells)-1]) == "" {
		r.Cells = r.Cells[:len(r.Cells)-1] // as spreadsheets leave behind
	}
	if len(r.Cells) > most {
		return nil, fault.At(r.Line, "%d columns, more than %d: this is not a table of features", len(r.Cells), most)
	}
	h := &Header{Line: r.Line, Quoted: len(r.Quoted) > 0 && !slices.Contains(r.Quoted, false)}
	numbers := 0
	for i, cell := range r.Cells {
		name := strings.Join(strings.Fields(cell), " ")
		switch {
		case !utf8.ValidString(name) || strings.ContainsRune(name, 0):
			return nil, fault.At(r.Line, "the name of column %d is not text", i+1)
		case isNumber(name) && strings.ContainsAny(name, ".,"), LooksLikeGeometry(name):
			return nil, headless(r, cell)
		case isNumber(name):
			numbers++
		case name == "":
			name = fmt.Sprintf("column_%d", i+1)
		}
		unique := name
		for n := 2; slices.Contains(h.Names, unique); n++ {
			unique = fmt.Sprintf("%s_%d", name, n)
		}
		h.Names = append(h.Names, unique)
	}
	if 2*numbers > len(h.Names) {
		return nil, headless(r, r.Cells[slices.IndexFunc(r.Cells, isNumber)])
	}
	return h, nil
}

func headless(r *Record, cell string) error {
	if len(cell) > 60 {
		cell = strings.ToValidUTF8(cell[:60], "") + "…"
	}
	return fault.At(r.Line, "the first line has a value, %q, where the names of the columns should be: put a line with their names above it", cell)
}

// LooksLikeGeometry reports whether a text begins as WKT, a GeoJSON geometry or
// WKB in hexadecimal does.
func LooksLikeGeometry(s string) bool {
	s = strings.ToUpper(strings.TrimSpace(s[:min(len(s), 64)]))
	if rest, ok := strings.CutPrefix(s, "SRID="); ok {
		_, s, _ = strings.Cut(rest, ";")
	}
	for _, kind := range []string{"POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"} {
		if rest, ok := strings.CutPrefix(s, kind); ok {
			rest = strings.TrimLeft(rest, " ZM")
			return strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "EMPTY")
		}
	}
	return IsHexWKB(s) || strings.HasPrefix(s, `{`) && strings.Contains(s, `"TYPE"`)
}

// IsHexWKB reports whether a text begins as well-known binary in hexadecimal
// does: PostGIS writes it.
func IsHexWKB(s string) bool {
	return len(s) >= 18 && (s[:4] == "0101" || s[:4] == "0102" || s[:4] == "0103" || s[:4] == "0104" || s[:4] == "0105" || s[:4] == "0106" || s[:4] == "0107" || s[:2] == "00" && s[2:8] == "000000") &&
		strings.Trim(s[:18], "0123456789abcdefABCDEF") == ""
}
