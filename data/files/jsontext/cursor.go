package jsontext

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// A Cursor reads JSON text (RFC 8259) that is in memory, strictly, but for
// this: NaN, Infinity and -Infinity are read as numerals and invalid UTF-8 is
// kept, so that the row they are in can be named. Its methods return false at a
// fault; Bad and Pos then say what and where.
type Cursor struct {
	Data  []byte
	Pos   int    // of the next byte
	Bad   string // the first fault; "": none
	depth int
}

// maxDepth is how deep arrays and objects may be nested.
const maxDepth = 64

// Fail notes the first fault.
func (c *Cursor) Fail(reason string) bool {
	if c.Bad == "" {
		c.Bad = reason
	}
	return false
}

// Peek returns the next byte that is not white space, or 0 at the end.
func (c *Cursor) Peek() byte {
	for c.Pos < len(c.Data) {
		switch b := c.Data[c.Pos]; b {
		case ' ', '\t', '\r', '\n':
			c.Pos++
		default:
			return b
		}
	}
	return 0
}

// Take reads one byte, if it is the next that is not white space.
func (c *Cursor) Take(b byte) bool {
	if c.Peek() == b && c.Pos < len(c.Data) {
		c.Pos++
		return true
	}
	return false
}

// list reads a bracketed list, calling item at the start of each one.
func (c *Cursor) list(open, end byte, item func() bool) bool {
	if !c.Take(open) {
		return c.Fail("want " + strconv.QuoteRune(rune(open)))
	}
	if c.depth++; c.depth > maxDepth {
		return c.Fail("nested deeper than " + strconv.Itoa(maxDepth))
	}
	defer func() { c.depth-- }()
	if c.Take(end) {
		return true
	}
	for {
		if !item() {
			return false
		}
		if c.Take(end) {
			return true
		}
		if !c.Take(',') {
			return c.Fail("want a comma or " + strconv.QuoteRune(rune(end)))
		}
	}
}

// Array reads an array, calling item at the start of each value of it.
func (c *Cursor) Array(item func() bool) bool { return c.list('[', ']', item) }

// Object reads an object, calling member at the start of each value of it.
func (c *Cursor) Object(member func(name []byte) bool) bool {
	return c.list('{', '}', func() bool {
		if c.Peek() != '"' {
			return c.Fail("want the name of a member in quotation marks")
		}
		name, ok := c.Text()
		if !ok {
			return false
		}
		if !c.Take(':') {
			return c.Fail("want a colon after the name of a member")
		}
		return member(name)
	})
}

// Raw reads a value of any kind and returns its text.
func (c *Cursor) Raw() ([]byte, bool) {
	b := c.Peek()
	start := c.Pos
	ok := false
	switch {
	case b == '{':
		ok = c.Object(func([]byte) bool { _, ok := c.Raw(); return ok })
	case b == '[':
		ok = c.Array(func() bool { _, ok := c.Raw(); return ok })
	case b == '"':
		ok = c.skipText()
	case b == '-' || b == 'N' || b == 'I' || b >= '0' && b <= '9':
		_, ok = c.Number()
	default:
		ok = c.Word("null") || c.Word("true") || c.Word("false") || c.Fail("want a value")
	}
	return c.Data[start:c.Pos], ok
}

// End reports whether nothing but white space is left.
func (c *Cursor) End() bool {
	return c.Peek() == 0 && c.Pos == len(c.Data) || c.Fail("more text after the end")
}

// Whole reads one value and nothing after it. It bounds how deep values may be
// nested.
func (c *Cursor) Whole() bool {
	c.Peek()
	if _, ok := c.Raw(); !ok {
		return false
	}
	return c.End()
}

// Word reads true, false or null, if it is the next.
func (c *Cursor) Word(w string) bool {
	if c.Peek(); len(c.Data)-c.Pos >= len(w) && string(c.Data[c.Pos:c.Pos+len(w)]) == w {
		c.Pos += len(w)
		return true
	}
	return false
}

// Number reads a numeral.
func (c *Cursor) Number() ([]byte, bool) {
	c.Peek()
	start := c.Pos
	if n := NumeralLength(c.Data[start:]); n > 0 {
		c.Pos += n
		return c.Data[start:c.Pos], true
	}
	if c.Word("NaN") || c.Word("Infinity") || c.Word("-Infinity") {
		return c.Data[start:c.Pos], true
	}
	return nil, c.Fail("want a number")
}

// NumeralLength returns how many bytes at the start of s are a JSON number.
func NumeralLength[S ~[]byte | ~string](s S) int {
	digits := func(i int) int {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i
	}
	start := 0
	if start < len(s) && s[start] == '-' {
		start++
	}
	n := digits(start)
	if n == start || n > start+1 && s[start] == '0' {
		return 0
	}
	if n < len(s) && s[n] == '.' {
		if end := digits(n + 1); end > n+1 {
			n = end
		} else {
			return 0
		}
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		i := n + 1
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if end := digits(i); end > i {
			n = end
		} else {
			return 0
		}
	}
	return n
}

// skipText reads a string without its content.
func (c *Cursor) skipText() bool {
	for c.Pos++; c.Pos < len(c.Data); c.Pos++ {
		switch b := c.Data[c.Pos]; {
		case b == '"':
			c.Pos++
			return true
		case b == '\\':
			c.Pos++
			if !c.escape() {
				return false
			}
		case b < 0x20:
			return c.Fail("a control character in a string: it must be escaped")
		}
	}
	return c.Fail("a string does not end")
}

// escape checks the escape sequence whose backslash was just read; it leaves
// Pos on the last byte of it.
func (c *Cursor) escape() bool {
	if c.Pos >= len(c.Data) {
		return c.Fail("a string does not end")
	}
	switch c.Data[c.Pos] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		if _, ok := hex4(c.Data[c.Pos+1:]); ok {
			c.Pos += 4
			return true
		}
	}
	return c.Fail("an escape sequence that JSON does not have")
}

func hex4(s []byte) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s[:4]), 16, 16)
	return rune(n), err == nil
}

// Text reads a string. The bytes are those of the file when it has no escapes.
func (c *Cursor) Text() ([]byte, bool) {
	c.Peek()
	start := c.Pos + 1
	if !c.skipText() {
		return nil, false
	}
	return unescape(c.Data[start : c.Pos-1]), true
}

func unescape(s []byte) []byte {
	plain := true
	for _, b := range s {
		plain = plain && b != '\\'
	}
	if plain {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			out = append(out, s[i])
			continue
		}
		i++
		switch s[i] {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, _ := hex4(s[i+1:])
			i += 4
			if utf16.IsSurrogate(r) {
				var low rune
				if i+6 < len(s) && s[i+1] == '\\' && s[i+2] == 'u' {
					low, _ = hex4(s[i+3:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, s[i])
		}
	}
	return out
}
