package sqldump

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// A Row is what one parenthesis of an INSERT holds. It is the receiver's only
// until the next one.
type Row struct {
	Table   string   // without a schema's name
	Columns []string // empty: the statement does not name them
	Values  []Value
	Line    int64 // where the row begins; 1 is the first
}

// A Value is a text, a number as it is written, or NULL.
type Value struct {
	Text string
	Kind Kind
}

// Kind is what a Value is.
type Kind uint8

// The kinds of values.
const (
	Null Kind = iota
	Number
	Text
)

// Limits bound what a dump may ask of memory.
type Limits struct {
	Value   int // bytes of one value; default 32 MiB
	Columns int // of one row; default 500
}

// An Error is where a dump cannot be read, and why.
type Error struct {
	Line   int64
	Reason string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// Rows gives the rows that the dump inserts, in order. An error, an *Error or
// one of r, ends them.
func Rows(r io.Reader, limits Limits) iter.Seq2[*Row, error] {
	if limits.Value <= 0 {
		limits.Value = 32 << 20
	}
	if limits.Columns <= 0 {
		limits.Columns = 500
	}
	return func(yield func(*Row, error) bool) {
		p := parser{scanner: newScanner(r, limits.Value), limits: limits, yield: yield}
		if err := p.statements(); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

var errStopped = errors.New("the receiver wants no more")

type parser struct {
	*scanner
	limits Limits
	yield  func(*Row, error) bool
	row    Row
}

// statements reads to the end of the dump.
func (p *parser) statements() error {
	for {
		t, err := p.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case t.is("insert"), t.is("replace"):
			err = p.insert()
		default:
			err = p.passOver(t)
		}
		if err == io.EOF {
			err = p.fault("the dump ends in the middle of a statement")
		}
		if err != nil {
			return err
		}
	}
}

// passOver reads up to the end of a statement that began with t. A dump may
// end with one.
func (p *parser) passOver(t token) (err error) {
	for !t.symbol(';') {
		if t, err = p.next(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// insert reads a statement after its first word.
func (p *parser) insert() error {
	t, err := p.next()
	for ; err == nil && !t.is("into"); t, err = p.next() {
		if t.kind != word { // INSERT IGNORE INTO, INSERT OR REPLACE INTO
			return p.fault("INSERT without INTO")
		}
	}
	if err == nil {
		t, err = p.next()
	}
	for ; err == nil; t, err = p.next() {
		if t.kind != word && t.kind != name {
			return p.fault("INSERT INTO without the name of a table")
		}
		p.row.Table = t.text
		if t, err = p.next(); err != nil || !t.symbol('.') {
			break
		}
	}
	if err != nil {
		return err
	}
	p.row.Columns = p.row.Columns[:0]
	if t.symbol('(') {
		if err := p.columns(); err != nil {
			return err
		}
		if t, err = p.next(); err != nil {
			return err
		}
	}
	if !t.is("values") && !t.is("value") {
		return p.fault("INSERT of something other than VALUES")
	}
	for {
		if err := p.values(); err != nil {
			return err
		}
		if !p.yield(&p.row, nil) {
			return errStopped
		}
		switch t, err = p.next(); {
		case err == io.EOF:
			return nil // the last statement may lack its semicolon
		case err != nil:
			return err
		case t.symbol(';'):
			return nil
		case t.symbol(','):
		default:
			return p.passOver(t) // ON DUPLICATE KEY UPDATE, ON CONFLICT, RETURNING
		}
	}
}

// columns reads names up to the closing parenthesis.
func (p *parser) columns() error {
	for {
		t, err := p.next()
		if err != nil {
			return err
		}
		if t.kind != word && t.kind != name {
			return p.fault("want the name of a column")
		}
		if len(p.row.Columns) >= p.limits.Columns {
			return p.fault("more than %d columns", p.limits.Columns)
		}
		p.row.Columns = append(p.row.Columns, strings.ToLower(t.text))
		if t, err = p.next(); err != nil {
			return err
		}
		switch {
		case t.symbol(')'):
			return nil
		case !t.symbol(','):
			return p.fault("want a comma or ')' after a column")
		}
	}
}

// values reads the parenthesis of one row.
func (p *parser) values() error {
	t, err := p.next()
	if err != nil {
		return err
	}
	if !t.symbol('(') {
		return p.fault("want '(' before the values of a row")
	}
	p.row.Line, p.row.Values = t.line, p.row.Values[:0]
	for {
		v, err := p.value()
		if err != nil {
			return err
		}
		if len(p.row.Values) >= p.limits.Columns {
			return p.fault("more than %d values in a row", p.limits.Columns)
		}
		p.row.Values = append(p.row.Values, v)
		t, err := p.next()
		switch {
		case err != nil:
			return err
		case t.symbol(')'):
			if n := len(p.row.Columns); n > 0 && n != len(p.row.Values) {
				return p.fault("%d values for %d columns", len(p.row.Values), n)
			}
			return nil
		case !t.symbol(','):
			return p.fault("want a comma or ')' after a value")
		}
	}
}

func (p *parser) value() (Value, error) {
	t, err := p.next()
	sign := ""
	if err == nil && (t.symbol('-') || t.symbol('+')) {
		sign = strings.TrimPrefix(t.text, "+")
		if t, err = p.next(); err == nil && t.kind != number {
			return Value{}, p.fault("want a number after the sign")
		}
	}
	switch {
	case err != nil:
		return Value{}, err
	case t.kind == text:
		return Value{t.text, Text}, nil
	case t.kind == number:
		return Value{sign + t.text, Number}, nil
	case t.is("null"):
		return Value{}, nil
	case t.is("true"):
		return Value{"1", Number}, nil
	case t.is("false"):
		return Value{"0", Number}, nil
	}
	return Value{}, p.fault("%q is not a text, a number or NULL", short(t.text))
}

func short(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}
