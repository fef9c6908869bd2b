package export

import (
	"archive/zip"
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"unicode/utf16"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Bounds of a sheet (ECMA-376 as Excel implements it).
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
	mostText    = 32_767 // UTF-16 units in a cell
	mostExact   = 1 << 53
)

// writeXLSX writes one sheet (ECMA-376): a bold first row that stays in view, and
// cells of their type; a text is never a formula. Points have lon and lat; other
// geometry is left out, as hardly any would fit into a cell. A whole number that
// a float64 cannot hold is written as text.
func writeXLSX(_ context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) error {
	s := &sheet{names: columnNames(c, "id")}
	if c.Geometry == geo.Point {
		s.points = true
		s.names = columnNames(c, "id", "lon", "lat")
	}
	if len(s.names) > mostColumns {
		return fmt.Errorf("%d columns are more than the %d of a sheet", len(s.names), mostColumns)
	}
	for i := range s.names {
		s.letters = append(s.letters, columnLetters(i))
	}
	z := zip.NewWriter(w)
	for _, part := range workbook(c) {
		p, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(p, xmlHead+part.content); err != nil {
			return err
		}
	}
	p, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(p, 64<<10)
	if err := s.write(out, records); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return z.Close()
}

// sheet appends the rows of a worksheet.
type sheet struct {
	names, letters []string
	points         bool
	row            int // of the last one, from 1
	column         int // of the next cell, from 0
}

func (s *sheet) write(out *bufio.Writer, records iter.Seq2[geo.Record, error]) error {
	b := append([]byte(nil), xmlHead+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">`+
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`...)
	b = s.begin(b)
	for _, name := range s.names {
		var err error
		if b, err = s.text(b, name, ` s="1"`); err != nil {
			return fmt.Errorf("column %q: %w", name, err)
		}
	}
	b = append(b, "</row>"...)
	for r, err := range records {
		if err != nil {
			return err
		}
		if _, err := out.Write(b); err != nil {
			return err
		}
		if b, err = s.record(b[:0], &r); err != nil {
			return fmt.Errorf("feature %q: %w", r.ID, err)
		}
	}
	b = append(b, `</sheetData><autoFilter ref="A1:`...)
	b = append(b, s.letters[len(s.letters)-1]...)
	b = strconv.AppendInt(b, int64(s.row), 10)
	_, err := out.Write(append(b, `"/></worksheet>`...))
	return err
}

func (s *sheet) begin(b []byte) []byte {
	s.row++
	s.column = 0
	b = strconv.AppendInt(append(b, `<row r="`...), int64(s.row), 10)
	return append(b, `">`...)
}

func (s *sheet) record(b []byte, r *geo.Record) ([]byte, error) {
	b, err := s.text(s.begin(b), r.ID, "")
	if err != nil {
		return b, err
	}
	if s.points {
		if p, ok := r.Geometry.(orb.Point); ok {
			b = s.number(s.number(b, p[0]), p[1])
		} else {
			s.column += 2
		}
	}
	for _, v := range r.Values {
		switch v := v.(type) {
		case string:
			if b, err = s.text(b, v, ""); err != nil {
				return b, err
			}
		case int64:
			if v > mostExact || v < -mostExact {
				b, err = s.text(b, strconv.FormatInt(v, 10), "")
			} else {
				b = append(strconv.AppendInt(append(s.cell(b, ""), "<v>"...), v, 10), "</v></c>"...)
			}
		case float64:
			b = s.number(b, v)
		case bool:
			digit := byte('0')
			if v {
				digit = '1'
			}
			b = append(append(append(s.cell(b, ` t="b"`), "<v>"...), digit), "</v></c>"...)
		default:
			s.column++
		}
	}
	return append(b, "</row>"...), err
}

// cell begins the next cell, with further attributes.
func (s *sheet) cell(b []byte, attributes string) []byte {
	b = append(append(b, `<c r="`...), s.letters[s.column]...)
	b = append(strconv.AppendInt(b, int64(s.row), 10), '"')
	s.column++
	return append(append(b, attributes...), '>')
}

func (s *sheet) number(b []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		s.column++
		return b
	}
	b = append(s.cell(b, ""), "<v>"...)
	return append(strconv.AppendFloat(b, f, 'g', -1, 64), "</v></c>"...)
}

func (s *sheet) text(b []byte, text, attributes string) ([]byte, error) {
	if len(text) > mostText {
		units := 0
		for _, r := range text {
			units += utf16.RuneLen(r)
		}
		if units > mostText {
			return b, fmt.Errorf("column %s has a text of %d characters, more than the %d of a cell", s.names[s.column], units, mostText)
		}
	}
	b = append(s.cell(b, attributes+` t="inlineStr"`), `<is><t xml:space="preserve">`...)
	return append(appendSheetText(b, text), `</t></is></c>`...), nil
}

// columnLetters names a column, counted from 0: A to Z, AA and so on.
func columnLetters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
