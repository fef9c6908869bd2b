package sqldump

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

type kind uint8

const (
	word   kind = iota // INSERT, a name without quotes
	name               // a name in quotes
	text               // a text in quotes
	number             // without its sign
	mark               // any other character
)

type token struct {
	kind kind
	text string
	line int64
}

func (t token) is(keyword string) bool { return t.kind == word && strings.EqualFold(t.text, keyword) }
func (t token) symbol(c byte) bool     { return t.kind == mark && t.text == string(rune(c)) }

// A scanner divides a dump into tokens.
type scanner struct {
	r     *bufio.Reader
	line  int64
	limit int
	buf   []byte
}

func newScanner(r io.Reader, limit int) *scanner {
	return &scanner{r: bufio.NewReaderSize(r, 64<<10), line: 1, limit: limit}
}

func (s *scanner) fault(format string, args ...any) error {
	return &Error{s.line, fmt.Sprintf(format, args...)}
}

func (s *scanner) byte() (byte, error) {
	b, err := s.r.ReadByte()
	if err == nil && b == '\n' {
		s.line++
	}
	return b, err
}

// follows takes the next byte if it is c.
func (s *scanner) follows(c byte) bool {
	if b, err := s.r.Peek(1); err != nil || b[0] != c {
		return false
	}
	_, _ = s.byte() // it was just seen
	return true
}

// next returns the next token; io.EOF after the last.
func (s *scanner) next() (token, error) {
	for {
		b, err := s.byte()
		if err != nil {
			return token{}, err
		}
		at := s.line
		switch {
		case b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == '\f':
		case b == '#', b == '-' && s.follows('-'):
			err = s.skipLine()
		case b == '/' && s.follows('*'):
			err = s.skipComment()
		case b == '\'':
			err = s.quoted('\'', true)
			return token{text, string(s.buf), at}, err
		case b == '"' || b == '`':
			err = s.quoted(b, false)
			return token{name, string(s.buf), at}, err
		case digit(b) || b == '.' && s.digitFollows():
			err = s.run(b, numeric)
			return token{number, string(s.buf), at}, err
		case letter(b):
			err = s.run(b, func(b byte) bool { return letter(b) || digit(b) })
			return token{word, string(s.buf), at}, err
		case b == 0:
			return token{}, s.fault("a NUL character: this is no text")
		default:
			return token{mark, string(rune(b)), at}, nil
		}
		if err != nil {
			return token{}, err
		}
	}
}

func digit(b byte) bool   { return b >= '0' && b <= '9' }
func letter(b byte) bool  { return b|0x20 >= 'a' && b|0x20 <= 'z' || b == '_' || b == '$' || b >= 0x80 }
func numeric(b byte) bool { return digit(b) || b == '.' || b|0x20 == 'e' }

func (s *scanner) digitFollows() bool {
	b, err := s.r.Peek(1)
	return err == nil && digit(b[0])
}

// run reads on while the bytes are of a kind. The exponent of a number may have
// a sign.
func (s *scanner) run(first byte, of func(byte) bool) error {
	s.buf = append(s.buf[:0], first)
	isNumber := !letter(first)
	for {
		b, err := s.r.Peek(1)
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		last := s.buf[len(s.buf)-1]
		signed := isNumber && last|0x20 == 'e' && (b[0] == '-' || b[0] == '+')
		if !of(b[0]) && !signed {
			return nil
		}
		if len(s.buf) >= 1024 {
			return s.fault("a word or number of more than 1,024 characters")
		}
		_, _ = s.byte() // it was just seen
		s.buf = append(s.buf, b[0])
	}
}

// quoted reads up to the closing quote. Inside it a quote is written twice; in
// a text of MySQL a backslash also escapes. What stands after a backslash that
// escapes nothing is kept as it is, as MySQL does.
func (s *scanner) quoted(quote byte, escapes bool) error {
	s.buf = s.buf[:0]
	start := s.line
	for {
		b, err := s.byte()
		if err == nil && escapes && b == '\\' {
			if b, err = s.byte(); err == nil {
				b = unescaped(b)
			}
		} else if err == nil && b == quote && !s.follows(quote) {
			return nil
		}
		if err == io.EOF {
			return &Error{start, "a text or name in quotes does not end"}
		}
		if err != nil {
			return err
		}
		if len(s.buf) >= s.limit {
			return &Error{start, fmt.Sprintf("a value of more than %d bytes", s.limit)}
		}
		s.buf = append(s.buf, b)
	}
}

func unescaped(b byte) byte {
	switch b {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case '0':
		return 0
	case 'b':
		return '\b'
	case 'Z':
		return 26
	}
	return b
}

func (s *scanner) skipLine() error {
	for {
		if b, err := s.byte(); err != nil || b == '\n' {
			return err
		}
	}
}

func (s *scanner) skipComment() error {
	start := s.line
	for {
		b, err := s.byte()
		if err == nil && b == '*' && s.follows('/') {
			return nil
		}
		if err == io.EOF {
			return &Error{start, "a comment does not end"}
		}
		if err != nil {
			return err
		}
	}
}
