package jsontext

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/petadesa/petadesa/data/files/fault"
)

// A Scanner cuts a stream of JSON text into values without holding more than
// one of them. It looks only at strings and brackets: what is inside a value is
// checked by a Cursor later.
type Scanner struct {
	r    io.Reader
	buf  []byte
	pos  int   // next byte in buf
	end  int   // bytes in buf
	base int64 // offset of buf[0] in the stream
	Line int64 // of the next byte, from 1
	err  error // why there is no more; io.EOF at the end

	Tape   []byte // what was taken
	taping bool   // whether what is taken is kept
}

// NewScanner is a scanner of a stream from its start.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, buf: make([]byte, 64<<10), Line: 1}
}

// Offset is how many bytes of the stream are before the next.
func (s *Scanner) Offset() int64 { return s.base + int64(s.pos) }

// fill reads on when the buffer is used up; false at the end or on an error.
func (s *Scanner) fill() bool {
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

// Mark passes over a UTF-8 byte order mark; of UTF-16 it says that. It is to be
// called before anything is read.
func (s *Scanner) Mark() error {
	n, err := io.ReadFull(s.r, s.buf[:3])
	if s.end = n; errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	s.err = err
	switch start := s.buf[:n]; {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		s.pos += 3
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return fault.New("the file is UTF-16: GeoJSON is UTF-8")
	}
	return nil
}

// Err is why there is no more to read; nil at the end of the stream.
func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// Next returns the next byte that is not white space, without taking it.
// 0 with ok false is the end of the stream.
func (s *Scanner) Next() (b byte, ok bool) {
	for s.fill() {
		switch b := s.buf[s.pos]; b {
		case '\n':
			s.Line++
			s.Skip()
		case ' ', '\t', '\r':
			s.Skip()
		default:
			return b, true
		}
	}
	return 0, false
}

// Take takes the next byte that is not white space if it is b.
func (s *Scanner) Take(b byte) bool {
	got, ok := s.Next()
	if ok && got == b {
		s.Skip()
		return true
	}
	return false
}

// Skip takes one byte that is in the buffer.
func (s *Scanner) Skip() {
	if s.taping {
		s.Tape = append(s.Tape, s.buf[s.pos])
	}
	s.pos++
}

// Record empties the tape and says whether to keep what is taken from now on.
func (s *Scanner) Record(on bool) { s.Tape, s.taping = s.Tape[:0], on }

// ErrTooLong says that a value is longer than was asked for.
var ErrTooLong = errors.New("too long")

// Value takes the next value onto the tape, which may grow to limit bytes: then
// ErrTooLong.
func (s *Scanner) Value(limit int64) error {
	first, ok := s.Next()
	switch {
	case !ok:
		return s.Fault("the file ends where a value is expected")
	case first == ',' || first == ':' || first == '}' || first == ']':
		return s.Fault("%q where a value is expected", first)
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
		if i := bytes.IndexByte(chunk[:n], RecordSeparator); i >= 0 {
			s.Line += Lines(chunk[:i])
			s.pos += i
			return s.Fault("the next text of the sequence begins before this one is complete")
		}
		s.Line += Lines(chunk[:n])
		if s.taping {
			s.Tape = append(s.Tape, chunk[:n]...)
		}
		s.pos += n
		if int64(len(s.Tape)) > limit {
			return ErrTooLong
		}
		if done {
			return nil
		}
	}
	if word && s.err == io.EOF {
		return nil
	}
	return s.Fault("the file ends in the middle of a value")
}

// Lines counts the ends of lines.
func Lines(text []byte) int64 { return int64(bytes.Count(text, []byte{'\n'})) }

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

// RecordSeparator is what RFC 8142 puts before each text of a sequence.
const RecordSeparator = 0x1e

// Fault is a fault of the file at the present place, or the reason why reading failed.
func (s *Scanner) Fault(format string, args ...any) error {
	if s.err != nil && s.err != io.EOF {
		return s.err
	}
	return &fault.Error{Line: s.Line, Offset: s.Offset(), Reason: fmt.Sprintf(format, args...)}
}
