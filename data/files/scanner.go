package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// A scanner cuts a stream of JSON text into values without holding more than
// one of them. It looks only at strings and brackets: what is inside a value is
// checked by a cursor later.
type scanner struct {
	r    io.Reader
	buf  []byte
	pos  int   // next byte in buf
	end  int   // bytes in buf
	base int64 // offset of buf[0] in the stream
	line int64 // of the next byte, from 1
	err  error // why there is no more; io.EOF at the end

	taping bool   // whether what is taken is kept
	tape   []byte // what was taken
}

func newScanner(r io.Reader) *scanner {
	return &scanner{r: r, buf: make([]byte, 64<<10), line: 1}
}

func (s *scanner) offset() int64 { return s.base + int64(s.pos) }

// fill reads on when the buffer is used up; false at the end or on an error.
func (s *scanner) fill() bool {
	if s.pos < s.end {
		return true
	}
	for s.err == nil {
		s.base += int64(s.end)
		s.pos, s.end = 0, 0
		var n int
		n, s.err = s.r.Read(s.buf)
		if n > 0 {
			s.end = n
			return true
		}
	}
	return false
}

// next returns the next byte that is not white space, without taking it.
// 0 with ok false is the end of the stream.
func (s *scanner) next() (b byte, ok bool) {
	for s.fill() {
		switch b := s.buf[s.pos]; b {
		case '\n':
			s.line++
			s.skip()
		case ' ', '\t', '\r':
			s.skip()
		default:
			return b, true
		}
	}
	return 0, false
}

// take takes the next byte that is not white space if it is b.
func (s *scanner) take(b byte) bool {
	got, ok := s.next()
	if ok && got == b {
		s.skip()
		return true
	}
	return false
}

// skip takes one byte that is in the buffer.
func (s *scanner) skip() {
	if s.taping {
		s.tape = append(s.tape, s.buf[s.pos])
	}
	s.pos++
}

// record empties the tape and says whether to keep what is taken from now on.
func (s *scanner) record(on bool) { s.tape, s.taping = s.tape[:0], on }

var errTooLong = errors.New("too long")

// value takes the next value onto the tape, which may grow to limit bytes: then
// errTooLong.
func (s *scanner) value(limit int64) error {
	first, ok := s.next()
	switch {
	case !ok:
		return s.fault("the file ends where a value is expected")
	case first == ',' || first == ':' || first == '}' || first == ']':
		return s.fault("%q where a value is expected", first)
	}
	word := first != '{' && first != '[' && first != '"'
	var within nesting
	for s.fill() {
		chunk := s.buf[s.pos:s.end]
		n, done := 0, false
		if word {
			n, done = endOfWord(chunk)
		} else {
			n, done = within.end(chunk)
		}
		if i := bytes.IndexByte(chunk[:n], recordSeparator); i >= 0 {
			s.line += lines(chunk[:i])
			s.pos += i
			return s.fault("the next text of the sequence begins before this one is complete")
		}
		s.line += lines(chunk[:n])
		if s.taping {
			s.tape = append(s.tape, chunk[:n]...)
		}
		s.pos += n
		if int64(len(s.tape)) > limit {
			return errTooLong
		}
		if done {
			return nil
		}
	}
	if word && s.err == io.EOF {
		return nil
	}
	return s.fault("the file ends in the middle of a value")
}

func lines(text []byte) int64 { return int64(bytes.Count(text, []byte{'\n'})) }

// nesting follows strings and brackets to the end of a value.
type nesting struct {
	depth           int
	quoted, escaped bool
}

// end returns how much of the chunk belongs to the value, and whether that is
// the last of it.
func (n *nesting) end(chunk []byte) (length int, done bool) {
	for i := 0; i < len(chunk); i++ {
		switch b := chunk[i]; {
		case n.escaped:
			n.escaped = false
		case n.quoted:
			if b == '\\' {
				n.escaped = true
			} else if b == '"' {
				n.quoted = false
				if n.depth == 0 {
					return i + 1, true
				}
			}
		case b == '"':
			n.quoted = true
		case b == '{' || b == '[':
			n.depth++
		case b == '}' || b == ']':
			if n.depth--; n.depth == 0 {
				return i + 1, true
			}
		}
	}
	return len(chunk), false
}

// endOfWord is the same for a number, true, false or null.
func endOfWord(chunk []byte) (length int, done bool) {
	i := bytes.IndexAny(chunk, ",:}]{[\" \t\r\n")
	if i < 0 {
		return len(chunk), false
	}
	return i, true
}

const recordSeparator = 0x1e // RFC 8142 puts one before each text

// fault is a FileError at the present place, or the reason why reading failed.
func (s *scanner) fault(format string, args ...any) error {
	if s.err != nil && s.err != io.EOF {
		return s.err
	}
	return &FileError{Line: s.line, Offset: s.offset(), Reason: fmt.Sprintf(format, args...)}
}
