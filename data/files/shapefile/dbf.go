package shapefile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"github.com/petadesa/petadesa/data/files/fault"
)

// A dbf is a dBASE table under way.
type dbf struct {
	file     io.ReadSeeker
	in       *bufio.Reader
	head     int64 // bytes of the header
	width    int   // bytes of a row, with its mark of deletion
	count    int
	fields   []field
	names    []string
	language byte
	encoding string
	decoder  *encoding.Decoder // nil: UTF-8
	guess    bool              // what is no UTF-8 is decoded, the rest is UTF-8
	at       int64             // bytes read
	row      int
	buf      []byte
}

type field struct {
	kind     byte
	width    int
	decimals int
}

const maxFields = 2046 // of dBASE 7; level 5 has 255

func openDBF(f io.ReadSeeker, size int64) (*dbf, error) {
	var head [32]byte
	if _, err := io.ReadFull(f, head[:]); err != nil {
		return nil, fault.New("the .dbf is cut: it has %d bytes, and its header alone has 32", size)
	}
	d := &dbf{
		file: f, head: int64(binary.LittleEndian.Uint16(head[8:])), width: int(binary.LittleEndian.Uint16(head[10:])),
		language: head[29],
	}
	count := int64(binary.LittleEndian.Uint32(head[4:]))
	if d.head < 33 || d.head > size || d.width < 1 {
		return nil, fault.New("the .dbf is no dBASE table: its header claims %d bytes, its rows %d", d.head, d.width)
	}
	if need := d.head + count*int64(d.width); need > size {
		return nil, fault.New("the .dbf is cut: %d rows of %d bytes need %d bytes, and it has %d", count, d.width, need, size)
	}
	d.count = int(count)
	rest := make([]byte, d.head-32)
	if _, err := io.ReadFull(f, rest); err != nil {
		return nil, fmt.Errorf("reading the header of the .dbf: %w", err)
	}
	width := 1
	for len(rest) >= 32 && rest[0] != 0x0d {
		name, _, _ := bytes.Cut(rest[:11], []byte{0})
		c := field{kind: rest[11], width: int(rest[16]), decimals: int(rest[17])}
		if c.kind == 'C' {
			c.width, c.decimals = c.width|c.decimals<<8, 0 // as Clipper and FoxPro have long texts
		}
		if err := c.check(string(name)); err != nil {
			return nil, err
		}
		d.names, d.fields = append(d.names, strings.TrimSpace(string(name))), append(d.fields, c)
		width += c.width
		rest = rest[32:]
	}
	if width > d.width || len(d.fields) > maxFields {
		return nil, fault.New("the .dbf contradicts itself: its %d fields have %d bytes, its rows %d", len(d.fields), width, d.width)
	}
	d.buf = make([]byte, d.width)
	return d, nil
}

func (c field) check(name string) error {
	want := 0
	switch c.kind {
	case 'C', 'N', 'F', 'D', 'L':
		return nil
	case 'I':
		want = 4
	case 'B', 'O', '@', 'Y':
		want = 8
	case 'M', 'G', 'P':
		return fault.New("field %s of the .dbf is a memo, whose text is in another file that is not read", name)
	}
	if c.width != want || want == 0 {
		return fault.New("field %q of the .dbf is of type %q, which is not read", name, c.kind)
	}
	return nil
}

func (d *dbf) rewind() error {
	if _, err := d.file.Seek(d.head, io.SeekStart); err != nil {
		return err
	}
	d.in, d.at, d.row = bufio.NewReaderSize(d.file, 64<<10), d.head, 0
	return nil
}

// next reads the row of a record, and whether it is marked as deleted.
func (d *dbf) next(r *Record) (deleted bool, err error) {
	if d.row++; d.row > d.count {
		return false, fault.New("the .shp has more shapes than its .dbf has rows, %d: they do not belong together", d.count)
	}
	if _, err := io.ReadFull(d.in, d.buf); err != nil {
		return false, fmt.Errorf("reading row %d of the .dbf: %w", d.row, err)
	}
	d.at += int64(d.width)
	rest := d.buf[1:]
	for _, f := range d.fields {
		v, why := d.value(f, rest[:f.width])
		r.Values, r.Faults = append(r.Values, v), append(r.Faults, why)
		rest = rest[f.width:]
	}
	return d.buf[0] == '*', nil
}

// value reads one field, or says why it cannot be read.
func (d *dbf) value(f field, b []byte) (any, string) {
	switch f.kind {
	case 'I':
		return int64(int32(binary.LittleEndian.Uint32(b))), ""
	case 'B', 'O':
		v := math.Float64frombits(binary.LittleEndian.Uint64(b))
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Sprintf("is %v", v)
		}
		return v, ""
	case 'Y':
		return float64(int64(binary.LittleEndian.Uint64(b))) / 1e4, ""
	case '@':
		return timestamp(b), ""
	case 'C':
		return d.text(b)
	}
	s := strings.Trim(string(b), " \x00")
	if s == "" || strings.Trim(s, "*") == "" || f.kind == 'L' && s == "?" {
		return nil, ""
	}
	switch f.kind {
	case 'L':
		switch s {
		case "T", "t", "Y", "y":
			return true, ""
		case "F", "f", "N", "n":
			return false, ""
		}
		return nil, fmt.Sprintf("is %q, want T or F", s)
	case 'D':
		if s == "00000000" {
			return nil, ""
		}
		if len(s) != 8 || strings.Trim(s, "0123456789") != "" {
			return nil, fmt.Sprintf("is %q, want a date", s)
		}
		return s[:4] + "-" + s[4:6] + "-" + s[6:], ""
	}
	if f.decimals == 0 && !strings.ContainsAny(s, ".eE") {
		if n, err := strconv.ParseInt(strings.TrimPrefix(s, "+"), 10, 64); err == nil {
			return n, ""
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, fmt.Sprintf("is %q, want a number", strings.ToValidUTF8(s, "�"))
	}
	return v, ""
}

// text decodes a text without the spaces that fill its field.
func (d *dbf) text(b []byte) (any, string) {
	b = bytes.TrimRight(b, " \x00")
	switch {
	case len(b) == 0:
		return nil, ""
	case d.decoder == nil || d.guess && utf8.Valid(b):
		return string(b), ""
	}
	out, err := d.decoder.Bytes(b)
	if err != nil {
		return nil, fmt.Sprintf("cannot be decoded as %s", d.encoding)
	}
	return string(out), ""
}

// timestamp is a Julian day and milliseconds, as ISO 8601.
func timestamp(b []byte) any {
	day, ms := int64(binary.LittleEndian.Uint32(b)), int64(binary.LittleEndian.Uint32(b[4:]))
	if day == 0 {
		return nil
	}
	return unixTime((day-2440588)*86400_000 + ms)
}
