package delimited

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/tabular"
)

// A parser cuts text into the cells of records.
type parser struct {
	r         *bufio.Reader
	delimiter byte
	limit     int   // bytes of one record
	line      int64 // of the next byte
	text      []byte
	ends      []int
	quoted    []bool
}

// maxCells bounds the cells of one record.
const maxCells = 20_000

func newParser(r io.Reader, delimiter byte, limit int) *parser {
	return &parser{r: bufio.NewReaderSize(r, 64<<10), delimiter: delimiter, limit: limit, line: 1}
}

// next reads the next record that is not blank into r; io.EOF at the end.
func (p *parser) next(r *tabular.Record) error {
	for {
		err := p.record(r)
		if err != nil || len(p.ends) > 1 || len(p.text) > 0 || p.quoted[0] {
			return err
		}
	}
}

func (p *parser) record(r *tabular.Record) error {
	p.text, p.ends, p.quoted = p.text[:0], p.ends[:0], p.quoted[:0]
	if _, err := p.r.Peek(1); err != nil {
		return err
	}
	r.Line = p.line
	for {
		more, err := p.cell(r.Line)
		if err != nil {
			return err
		}
		if len(p.ends) > maxCells {
			return fault.At(r.Line, "more than %d cells in one line: this is no table of features", maxCells)
		}
		if !more {
			break
		}
	}
	all := string(p.text)
	r.Cells, r.Quoted = r.Cells[:0], append(r.Quoted[:0], p.quoted...)
	start := 0
	for _, end := range p.ends {
		r.Cells = append(r.Cells, all[start:end])
		start = end
	}
	return nil
}

// cell reads one cell and what ends it; more tells that another follows.
func (p *parser) cell(first int64) (more bool, err error) {
	b, err := p.r.ReadByte()
	if err == nil && b == '"' {
		if err := p.quotation(first); err != nil {
			return false, err
		}
		p.quoted, p.ends = append(p.quoted, true), append(p.ends, len(p.text))
		return p.afterQuotation()
	}
	p.quoted = append(p.quoted, false)
	for ; err == nil; b, err = p.r.ReadByte() {
		switch b {
		case p.delimiter:
			p.ends = append(p.ends, len(p.text))
			return true, nil
		case '\n', '\r':
			p.newline(b)
			p.ends = append(p.ends, len(p.text))
			return false, nil
		}
		if err := p.add(b, first); err != nil {
			return false, err
		}
	}
	p.ends = append(p.ends, len(p.text))
	return false, atEnd(err)
}

func (p *parser) add(b byte, first int64) error {
	if len(p.text) >= p.limit {
		return fault.At(first, "the line is longer than %d bytes, the limit for one", p.limit)
	}
	p.text = append(p.text, b)
	return nil
}

// newline counts a line that b ends; a carriage return takes a line feed along.
func (p *parser) newline(b byte) {
	p.line++
	if b == '\r' {
		if next, err := p.r.Peek(1); err == nil && next[0] == '\n' {
			_, _ = p.r.Discard(1) // it is in the buffer
		}
	}
}

// quotation reads to the closing quotation mark; a doubled one is part of it.
func (p *parser) quotation(first int64) error {
	begun := p.line
	for {
		b, err := p.r.ReadByte()
		if err == io.EOF {
			return fault.At(begun, "a quotation mark is opened here and never closed")
		}
		if err != nil {
			return err
		}
		switch b {
		case '"':
			next, err := p.r.Peek(1)
			if err != nil || next[0] != '"' {
				return nil
			}
			_, _ = p.r.Discard(1) // it is in the buffer
		case '\n':
			p.line++
		case '\r':
			if next, err := p.r.Peek(1); err != nil || next[0] != '\n' {
				p.line++
			}
		}
		if err := p.add(b, first); err != nil {
			var f *fault.Error
			if errors.As(err, &f) {
				f.Reason = strings.Replace(f.Reason, "the line", "a line with a quotation that begins on line "+itoa(begun), 1)
			}
			return err
		}
	}
}

func (p *parser) afterQuotation() (more bool, err error) {
	for {
		b, err := p.r.ReadByte()
		switch {
		case err != nil:
			return false, atEnd(err)
		case b == p.delimiter:
			return true, nil
		case b == '\n' || b == '\r':
			p.newline(b)
			return false, nil
		case b != ' ':
			return false, fault.At(p.line, "%q follows a closing quotation mark: want the delimiter %q or the end of the line (a quotation mark within quotation marks is written twice)", b, p.delimiter)
		}
	}
}

func atEnd(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
