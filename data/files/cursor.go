package files

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// A cursor reads JSON text (RFC 8259) that is in memory, strictly, but for
// this: NaN, Infinity and -Infinity are read as numerals and invalid UTF-8 is
// kept, so that the row they are in can be named. Its methods return false at a
// fault; bad and pos then say what and where.
type cursor struct {
	data  []byte
	pos   int
	bad   string
	depth int
}

// maxDepth is how deep arrays and objects may be nested.
const maxDepth = 64

func (c *cursor) fail(reason string) bool {
	if c.bad == "" {
		c.bad = reason
	}
	return false
}

// peek returns the next byte that is not white space, or 0 at the end.
func (c *cursor) peek() byte {
	for c.pos < len(c.data) {
		switch b := c.data[c.pos]; b {
		case ' ', '\t', '\r', '\n':
			c.pos++
		default:
			return b
		}
	}
	return 0
}

func (c *cursor) take(b byte) bool {
	if c.peek() == b && c.pos < len(c.data) {
		c.pos++
		return true
	}
	return false
}

// list reads a bracketed list, calling item at the start of each one.
func (c *cursor) list(open, end byte, item func() bool) bool {
	if !c.take(open) {
		return c.fail("want " + strconv.QuoteRune(rune(open)))
	}
	if c.depth++; c.depth > maxDepth {
		return c.fail("nested deeper than " + strconv.Itoa(maxDepth))
	}
	defer func() { c.depth-- }()
	if c.take(end) {
		return true
	}
	for {
		if !item() {
			return false
		}
		if c.take(end) {
			return true
		}
		if !c.take(',') {
			return c.fail("want a comma or " + strconv.QuoteRune(rune(end)))
		}
	}
}

func (c *cursor) array(item func() bool) bool { return c.list('[', ']', item) }

func (c *cursor) object(member func(name []byte) bool) bool {
	return c.list('{', '}', func() bool {
		if c.peek() != '"' {
			return c.fail("want the name of a member in quotation marks")
		}
		name, ok := c.text()
		if !ok {
			return false
		}
		if !c.take(':') {
			return c.fail("want a colon after the name of a member")
		}
		return member(name)
	})
}

// raw reads a value of any kind and returns its text.
func (c *cursor) raw() ([]byte, bool) {
	b := c.peek()
	start := c.pos
	ok := false
	switch {
	case b == '{':
		ok = c.object(func([]byte) bool { _, ok := c.raw(); return ok })
	case b == '[':
		ok = c.array(func() bool { _, ok := c.raw(); return ok })
	case b == '"':
		ok = c.skipText()
	case b == '-' || b == 'N' || b == 'I' || b >= '0' && b <= '9':
		_, ok = c.number()
	default:
		ok = c.word("null") || c.word("true") || c.word("false") || c.fail("want a value")
	}
	return c.data[start:c.pos], ok
}

func (c *cursor) word(w string) bool {
	if c.peek(); len(c.data)-c.pos >= len(w) && string(c.data[c.pos:c.pos+len(w)]) == w {
		c.pos += len(w)
		return true
	}
	return false
}

// number reads a numeral.
func (c *cursor) number() ([]byte, bool) {
	c.peek()
	start := c.pos
	if n := numeralLength(c.data[start:]); n > 0 {
		c.pos += n
		return c.data[start:c.pos], true
	}
	if c.word("NaN") || c.word("Infinity") || c.word("-Infinity") {
		return c.data[start:c.pos], true
	}
	return nil, c.fail("want a number")
}

// numeralLength returns how many bytes at the start of s are a JSON number.
func numeralLength[S ~[]byte | ~string](s S) int {
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
func (c *cursor) skipText() bool {
	for c.pos++; c.pos < len(c.data); c.pos++ {
		switch b := c.data[c.pos]; {
		case b == '"':
			c.pos++
			return true
		case b == '\\':
			c.pos++
			if !c.escape() {
				return false
			}
		case b < 0x20:
			return c.fail("a control character in a string: it must be escaped")
		}
	}
	return c.fail("a string does not end")
}

// escape checks the escape sequence whose backslash was just read; it leaves
// pos on the last byte of it.
func (c *cursor) escape() bool {
	if c.pos >= len(c.data) {
		return c.fail("a string does not end")
	}
	switch c.data[c.pos] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		if _, ok := hex4(c.data[c.pos+1:]); ok {
			c.pos += 4
			return true
		}
	}
	return c.fail("an escape sequence that JSON does not have")
}

func hex4(s []byte) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s[:4]), 16, 16)
	return rune(n), err == nil
}

// text reads a string. The bytes are those of the file when it has no escapes.
func (c *cursor) text() ([]byte, bool) {
	c.peek()
	start := c.pos + 1
	if !c.skipText() {
		return nil, false
	}
	return unescape(c.data[start : c.pos-1]), true
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
