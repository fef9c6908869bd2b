package tabular

import (
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// A Survey learns from all cells of a table what its columns hold. It keeps
// counts, not cells.
type Survey struct {
	columns  []tally
	quoted   int // cells in quotation marks
	unquoted int
}

type tally struct {
	filled, quoted int
	forms          [truthForm + 1]int
}

// NewSurvey is one of a table with n columns.
func NewSurvey(n int) *Survey { return &Survey{columns: make([]tally, n)} }

// Add counts a record's cells.
func (s *Survey) Add(r *Record) {
	for i := range min(len(r.Cells), len(s.columns)) {
		cell := strings.TrimSpace(r.Cells[i])
		if cell == "" {
			continue
		}
		t := &s.columns[i]
		t.filled++
		t.forms[formOf(cell)]++
		if r.Quoted != nil && r.Quoted[i] {
			t.quoted++
			s.quoted++
		} else {
			s.unquoted++
		}
	}
}

// A Column is what a survey found.
type Column struct {
	Type   geo.FieldType
	Comma  bool // numbers have a decimal comma, and points between thousands
	Doubt  bool // numbers like 1.234 in a table with decimal commas, or 1,234: one of two
	Filled int  // cells that are not empty
}

// Columns returns what each column holds, and whether the table writes decimal
// commas. Where a table puts some cells in quotation marks and others not, the
// numbers among those are meant as texts.
func (s *Survey) Columns() (columns []Column, commas bool) {
	for _, t := range s.columns {
		commas = commas || t.numeric() == t.filled && t.filled > 0 && t.forms[pointForm] == 0 && (t.forms[commaForm] > 0 || t.forms[groupedForm] > 0 && t.forms[commaForm]+t.forms[groupComma] > 0)
	}
	for _, t := range s.columns {
		columns = append(columns, t.column(commas, s.quoted > 0 && s.unquoted > 0))
	}
	return columns, commas
}

func (t *tally) numeric() int {
	return t.filled - t.forms[textForm] - t.forms[truthForm]
}

func (t *tally) column(commas, marked bool) Column {
	f := &t.forms
	c := Column{Type: geo.String, Filled: t.filled}
	dotted := f[pointForm] + f[groupPoint]
	comma := f[commaForm] + f[groupComma]
	switch {
	case t.filled == 0, marked && t.quoted > 0 && comma+f[groupedForm] == 0:
	case f[wholeForm] == t.filled:
		c.Type = geo.Integer
	case f[truthForm] == t.filled:
		c.Type = geo.Boolean
	case t.numeric() != t.filled, f[numeralForm] > 0 && comma+f[groupedForm] > 0:
	case comma == 0 && f[groupedForm] == 0 && (!commas || f[pointForm] > 0 || f[groupPoint] == 0):
		c.Type = geo.Number
	case commas && dotted == 0, commas && f[pointForm] == 0 && comma+f[groupedForm] > 0:
		c.Type, c.Comma = geo.Number, true
	default:
		c.Doubt = true
	}
	return c
}

// Number returns a number of the column as a JSON numeral.
func (c *Column) Number(cell string) string {
	cell = strings.TrimSpace(cell)
	if c.Comma {
		cell = strings.ReplaceAll(strings.ReplaceAll(cell, ".", ""), ",", ".")
	}
	return cell
}
